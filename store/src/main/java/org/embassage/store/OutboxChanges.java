package org.embassage.store;

import static org.embassage.store.Values.text;

import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.wire.ItemKind;

/** How facts about the outbox are written. */
final class OutboxChanges {

    private static final Change PUT = Change.insert(
            "outbox",
            "id, peer, kind, transport, priority, exchange_id, receipt_id, content_id, attempts, queued_at, next_at,"
                    + " carried");
    private static final Change ATTEMPTED = Change.of(
            "outbox",
            "UPDATE outbox SET attempts = attempts + 1, tried_at = ?, carried = CASE WHEN carried = 1 THEN 1 ELSE ? END,"
                    + " next_at = ? WHERE id = ?");
    private static final Change ENDED =
            Change.of("outbox", "UPDATE outbox SET ended_at = ? WHERE id = ? AND ended_at IS NULL");
    private static final Change MESSAGE_ENDED = Change.of(
            "outbox", "UPDATE outbox SET ended_at = ? WHERE exchange_id = ? AND kind = 'MESSAGE' AND ended_at IS NULL");

    private OutboxChanges() {}

    static void put(Fact.OutboxPut fact, StepPlan plan) {
        OutboxEntry entry = fact.entry();
        plan.add(
                PUT,
                entry.id(),
                entry.peer(),
                entry.kind(),
                entry.transport(),
                entry.priority().ordinal(),
                text(entry.exchange()),
                text(entry.receipt()),
                keep(entry, plan),
                entry.attempts(),
                entry.queued(),
                entry.nextAttempt(),
                false);
    }

    /** Keeps the item's bytes, unless the step keeps them already as a receipt. */
    private static String keep(OutboxEntry entry, StepPlan plan) {
        String own = ContentIds.outbox(entry.id());
        if (entry.kind() == ItemKind.MESSAGE) {
            plan.keep(own, entry.content());
            return own;
        }
        boolean kept = entry.receipt()
                .filter(receipt -> plan.keepsReceipt(receipt, entry.content().octets()))
                .isPresent();
        if (kept) {
            return entry.receipt().map(ContentIds::receipt).orElse(own);
        }
        plan.keepShared(own, entry.content().octets());
        return own;
    }

    static void attempted(Fact.OutboxAttempted fact, StepPlan plan) {
        plan.add(ATTEMPTED, fact.at(), fact.carried(), fact.nextAttempt(), fact.outboxId());
    }

    static void ended(Fact.OutboxEnded fact, StepPlan plan) {
        plan.add(ENDED, fact.at(), fact.outboxId());
    }

    static void messageEnded(Fact.MessageEnded fact, StepPlan plan) {
        plan.add(MESSAGE_ENDED, fact.at(), fact.exchange());
    }
}
