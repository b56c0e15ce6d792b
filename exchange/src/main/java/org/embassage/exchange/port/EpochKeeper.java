package org.embassage.exchange.port;

import java.util.List;

/**
 * A key source whose epoch keys can be changed: erasure becomes final when the epoch's key is destroyed. Thread-safe; one
 * process at a time may change it.
 */
public interface EpochKeeper extends KeySource {

    /** The names of all epochs whose key is there, oldest first; the last is current. */
    List<String> epochs();

    /**
     * Makes a random key for a new epoch, which is current from then on. On return it is durable, and was read back. If the
     * epoch is there already nothing changes.
     *
     * @param name sorts after all others, as {@code 20261125} or {@code 20261125-02}
     * @throws IllegalArgumentException if it does not
     * @throws org.embassage.exchange.fault.Broken KEYS_NOT_WRITABLE; then whoever looks finds the old keys or the old and
     *     the new ones
     */
    EpochKey beginEpoch(String name);

    /**
     * Destroys the key of an epoch: nothing that the source keeps opens it any more, and what held it was overwritten as far
     * as the medium allows. Copies that others made are out of reach. Must be called again after a failure or a crash; if the
     * key is gone already, only what is left of it is removed.
     *
     * @throws IllegalArgumentException if the epoch is current
     * @throws org.embassage.exchange.fault.Broken KEYS_NOT_WRITABLE
     */
    void destroyEpoch(String name);
}
