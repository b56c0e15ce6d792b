package org.embassage.exchange.port;

/**
 * What the edge calls when a transport has brought a bundle. Thread-safe. Never throws for bad input: whatever is wrong
 * with an item is recorded, quarantined and answered.
 */
public interface Reception {

    /**
     * Judges each item of the bundle alone and commits the outcomes of many at once. Only after it returns may the transport be
     * acknowledged. The same bundle, over whichever transport, may come again and has no second effect.
     *
     * @throws org.embassage.exchange.fault.Broken our side failed; do not acknowledge, let it come again
     */
    void accept(Arrival arrival);
}
