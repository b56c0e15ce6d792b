package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;

/** Reads the ledger. Thread-safe. */
public interface Ledgerbook {

    /** How many leaves are committed. */
    long size();

    /** The RFC 6962 leaf hashes from index {@code from}, at most {@code limit}, in order. */
    List<byte[]> leafHashes(long from, int limit);

    /** The leaves' texts from index {@code from}, at most {@code limit}, in order. */
    List<String> leaves(long from, int limit);

    /** Our newest checkpoint. */
    Optional<HeldNote> newestCheckpoint();

    /** Our checkpoints, newest first. */
    List<HeldNote> checkpoints(int limit);

    /** The newest consistent checkpoint of a peer. */
    Optional<HeldNote> newestPeerNote(GatewayId peer);

    /** The peer's checkpoints that are kept, newest first, consistent or not. */
    List<HeldNote> peerNotes(GatewayId peer, int limit);

    /** @param note a C2SP signed note */
    record HeldNote(long size, Instant at, String note, boolean consistent) {}
}
