package org.embassage.exchange.port;

import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;

/** Carries dispatch bundles to a peer over one transport. Thread-safe; one call per peer at a time. */
public interface Carrier {

    Transport transport();

    /**
     * Returns when the bundle is durable on the peer's side of the transport: the broker committed it, or the file
     * was renamed to its final name. The same bundle may be carried again after any doubt.
     *
     * @param bundle the encoded bundle (docs/formats/dispatch-bundle.md)
     * @throws org.embassage.exchange.fault.Broken PEER_UNREACHABLE, to be tried again
     */
    void carry(GatewayId peer, byte[] bundle);

    /**
     * The same, and the transport lets what is more urgent overtake on its way, where it can.
     *
     * @param priority of all that is in the bundle; a hint only, which the recipient never believes
     * @throws org.embassage.exchange.fault.Broken PEER_UNREACHABLE, to be tried again
     */
    default void carry(GatewayId peer, Priority priority, byte[] bundle) {
        carry(peer, bundle);
    }

    /** How many bytes of items this transport likes in one bundle; a single larger item goes alone. */
    default int bundleBytes() {
        return 1 << 20;
    }

    /** How a bundle travels. */
    enum Transport {
        JMS,
        SFTP,
        /** On a removable medium. Nothing waits for it alone: what came by it is answered by any transport that works. */
        POUCH
    }
}
