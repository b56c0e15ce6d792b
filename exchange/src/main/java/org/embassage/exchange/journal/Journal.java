package org.embassage.exchange.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * The one write port. Inbox, outbox, ledger leaves, receipts and quarantine change here and nowhere else.
 *
 * <p>MUST: return only after the commit is durable (fsync). MUST: keep every byte content encrypted under a key of its
 * own, wrapped by the epoch key. MUST NOT: let a connection or transaction leak to the caller. Thread-safe.
 */
public interface Journal {

    /**
     * Commits all steps in one transaction, each in a savepoint of its own: a step that conflicts changes nothing and
     * never fails the others. Ledger indexes are assigned in the order of steps and of the leaves in each.
     *
     * @return one result for each step, in order
     * @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE; then nothing was committed
     */
    List<StepResult> commit(List<StepOutcome> steps);

    /** Commits one step. */
    default StepResult commit(StepOutcome step) {
        return commit(List.of(step)).get(0);
    }

    /**
     * Reserves sequence numbers to a peer, in a commit of its own.
     *
     * @return the first of {@code count} numbers that no one else will get
     */
    long reserveSequence(GatewayId peer, int count);

    /** No lease, and no pause of an outbox entry that never arrived, is longer. */
    Duration LONGEST_UNCARRIED = Duration.ofMinutes(2);

    /** No pause of an outbox entry that arrived and is not answered is longer. */
    Duration LONGEST_CARRIED = Duration.ofHours(6);

    /**
     * Takes due outbox entries for sending, most urgent and then oldest first. No other caller gets them before
     * {@code leaseUntil} unless they are put back by an {@link Fact.OutboxAttempted}.
     *
     * <p>No entry waits for a clock that ran ahead and was set back: one whose next attempt no pause explains is due. A pause
     * is at most {@link #LONGEST_UNCARRIED} for what was never carried, and {@link #LONGEST_CARRIED} from the last attempt
     * for what was.
     *
     * @param now entries whose next attempt is not after it are due
     * @param limit at most so many
     */
    List<OutboxEntry> lease(GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit);

    /** The same, but what has waited longest first, however urgent. */
    default List<OutboxEntry> leaseOldest(
            GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit) {
        return lease(peer, transport, now, leaseUntil, limit);
    }
}
