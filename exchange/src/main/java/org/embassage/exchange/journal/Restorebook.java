package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/**
 * Reads what is known of copies of this store: which were made, whether this is one, and how far the gateway and its peers
 * have come in putting together what a copy lacks. Thread-safe.
 */
public interface Restorebook {

    /** The backup from which this store was put back, as long as its ledger has not begun a new epoch since. */
    Optional<Copy> copied();

    /** What peers said that they hold of our ledger, since this store was put back; ordered by peer. */
    List<Told> told();

    /** Peers with whom what was lost is still being put together; ordered by peer. */
    List<Recovering> recovering();

    /** What a peer said about this exchange of its: it carried it to us, and had no answer when we were put back. */
    boolean uncertain(GatewayId peer, ExchangeId exchange);

    /** The statement by which the peer's newest epoch began, if it ever began one. */
    Optional<String> peerEpoch(GatewayId peer);

    /** All statements by which epochs of peers began, oldest first. */
    List<String> peerEpochs();

    /** Backups that were made of this store, newest first. */
    List<Backup> backups(int limit);

    /**
     * @param backup its id
     * @param at when it was taken, UTC
     * @param size of the one row of all leaves then
     */
    record Copy(String backup, Instant at, long size) {}

    /** @param note our newest checkpoint that the peer holds; nothing if it holds none */
    record Told(GatewayId peer, Instant at, Optional<String> note) {}

    /**
     * @param origin of our new epoch
     * @param since when it began
     * @param order the act by which it began
     * @param summary what the peer said that it sent back, once it did; as text
     */
    record Recovering(GatewayId peer, String origin, Instant since, EvidenceId order, Optional<String> summary) {}

    /**
     * A backup that was made.
     *
     * @param id a UUID
     * @param at UTC
     * @param name of its file, without the folder
     * @param keys whether it has keys too
     */
    record Backup(String id, Instant at, String name, boolean keys) {}
}
