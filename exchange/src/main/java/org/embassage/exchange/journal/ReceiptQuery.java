package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.DropId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;

/**
 * Which receipts are wanted; every condition that is there must hold. Receipts come in the order of their leaves, so that
 * the next page begins one after the last leaf of the one before.
 *
 * @param from event time, included
 * @param until event time, excluded
 * @param agreement its id, as the receipt's terms name it
 * @param peer the gateway on the other side, of receipts issued and received
 * @param drop of which the submission is, in receipts that we issued
 * @param events any of them; all if empty
 * @param fromLeaf index of the receipt's leaf in our ledger, included
 * @param limit at most so many
 */
public record ReceiptQuery(
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<String> agreement,
        Optional<GatewayId> peer,
        Optional<DropId> drop,
        Set<EvidenceEvent> events,
        long fromLeaf,
        int limit) {

    public ReceiptQuery {
        events = Set.copyOf(events);
    }

    /** The first so many receipts of all. */
    public static ReceiptQuery first(int limit) {
        return new ReceiptQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                0,
                limit);
    }

    /** Those whose event time lies in the period. */
    public ReceiptQuery within(Instant included, Instant excluded) {
        return new ReceiptQuery(
                Optional.of(included), Optional.of(excluded), agreement, peer, drop, events, fromLeaf, limit);
    }

    /** Those that name the agreement. */
    public ReceiptQuery under(String agreementId) {
        return new ReceiptQuery(from, until, Optional.of(agreementId), peer, drop, events, fromLeaf, limit);
    }

    /** Those issued for or received from the peer. */
    public ReceiptQuery with(GatewayId other) {
        return new ReceiptQuery(from, until, agreement, Optional.of(other), drop, events, fromLeaf, limit);
    }

    /** Those about submissions of the drop, and about the drop. */
    public ReceiptQuery of(DropId taken) {
        return new ReceiptQuery(from, until, agreement, peer, Optional.of(taken), events, fromLeaf, limit);
    }

    /** Those of these events. */
    public ReceiptQuery saying(EvidenceEvent... any) {
        return new ReceiptQuery(from, until, agreement, peer, drop, Set.of(any), fromLeaf, limit);
    }

    /** Those whose leaf comes after this one. */
    public ReceiptQuery after(long leafIndex) {
        return new ReceiptQuery(from, until, agreement, peer, drop, events, leafIndex + 1, limit);
    }
}
