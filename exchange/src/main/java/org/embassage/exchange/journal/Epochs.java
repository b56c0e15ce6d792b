package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Moves content keys from one epoch to another, so that the old epoch's key can be destroyed. Every method may be repeated
 * after a crash. Thread-safe.
 */
public interface Epochs {

    /**
     * Does one part of ending an epoch while no other process on the same database does one: two that changed the key source
     * at once could lose a key that contents were just stored under.
     *
     * @param part what is to be done; its writes go by the other methods and the journal
     * @return what it returned; false, and nothing done, if another process is at it
     */
    boolean alone(BooleanSupplier part);

    /** Notes when an epoch was first seen current. Changes nothing if it is noted. */
    void begun(String name, Instant at);

    /**
     * Wraps keys of these epochs anew under the current one, in one durable commit. Each is unwrapped again and compared
     * before it is written.
     *
     * @return how many; fewer than {@code limit} if none are left
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE, STORE_DAMAGED, STORE_UNAVAILABLE; then none was changed
     */
    int rewrap(Set<String> from, int limit);

    /**
     * From now on the database accepts no key under the epoch.
     *
     * @return false, and nothing changed, if a key still lies under it
     */
    boolean retire(String name, Instant at);

    /** Overwrites what deleted rows left in the database's own files, as far as the database can. */
    void scrub();
}
