package org.embassage.exchange.peer;

import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;

/** The peers whose cards are loaded and verified. Thread-safe. */
public interface PeerDirectory {

    /** This gateway's own card. */
    Peer self();

    /** The peer, or nothing if it is unknown, its card is not verified, or it is this gateway itself. */
    Optional<Peer> find(GatewayId id);

    /** All peers, without this gateway, ordered by id. */
    List<Peer> all();
}
