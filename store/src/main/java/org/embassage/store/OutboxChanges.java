package org.embassage.store;

import static org.embassage.store.Values.text;

import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.wire.ItemKind;

/** How facts about the outbox are written. */
final class OutboxChanges {

    private static final Change PUT = Change.insert(
            "outbox",
            "id, peer, kind, transport, priority, exchange_id, receipt_id, content_id, attempts, queued_at, next_at,"
                    + " carried");
    private static final Change ATTEMPTED = Change.of(
            "outbox",
            "UPDATE outbox SET attempts = attempts + 1, tried_at = ?,"
                    + " carried_at = CASE WHEN carried = 0 AND ? = 1 THEN ? ELSE carried_at END,"
                    + " carried = carried + ?, next_at = ? WHERE id = ?");
    private static final Change ENDED =
            Change.of("outbox", "UPDATE outbox SET ended_at = ? WHERE id = ? AND ended_at IS NULL");
    private static final Change MESSAGE_ENDED = Change.of(
            "outbox", "UPDATE outbox SET ended_at = ? WHERE exchange_id = ? AND kind = 'MESSAGE' AND ended_at IS NULL");

    private static final Change RELEASED =
            Change.of("outbox", "UPDATE outbox SET next_at = ? WHERE id = ? AND ended_at IS NULL");
    private static final Change TRIED =
            Change.of("outbox", "UPDATE outbox SET attempts = attempts + 1, tried_at = ? WHERE id = ?");
    private static final String MOVE = "UPDATE outbox SET home = COALESCE(home, transport), transport = ?, next_at = ?"
            + " WHERE peer = ? AND transport = ? AND ended_at IS NULL AND ";
    private static final Change MOVED_BESIDE = Change.of("outbox", MOVE + "(kind <> 'MESSAGE' OR home = ?)");
    private static final Change MOVED_MESSAGES = Change.of(
            "outbox",
            MOVE + "kind = 'MESSAGE' AND exchange_id IN (SELECT id FROM exchange WHERE closed = 0 AND recipient = ?"
                    + " AND agreement_id = ? AND agreement_version = ? AND agreement_digest = ? AND clause = ?)");
    private static final Change RETURNED = Change.of(
            "outbox",
            "UPDATE outbox SET transport = home WHERE peer = ? AND home = ? AND transport <> home AND ended_at IS NULL");
    private static final Change DUE = Change.of(
            "outbox",
            "UPDATE outbox SET next_at = ? WHERE peer = ? AND transport = ? AND ended_at IS NULL AND carried = 0"
                    + " AND next_at > ?");
    private static final Change EXCHANGE_DUE =
            Change.of("outbox", "UPDATE outbox SET next_at = ? WHERE exchange_id = ? AND ended_at IS NULL");
    private static final Change LINK = Change.of(
            "link",
            "INSERT INTO link (peer, transport, is_open, since, failures, next_try) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (peer, transport) DO UPDATE SET is_open = excluded.is_open, since = excluded.since,"
                    + " failures = excluded.failures, next_try = excluded.next_try");
    private static final Change MESSAGE_DUE = Change.of(
            "outbox", "UPDATE outbox SET next_at = ? WHERE exchange_id = ? AND kind = 'MESSAGE' AND ended_at IS NULL");

    private OutboxChanges() {}

    static void released(Fact.OutboxReleased fact, StepPlan plan) {
        plan.add(RELEASED, fact.nextAttempt(), fact.outboxId());
    }

    static void tried(Fact.OutboxTried fact, StepPlan plan) {
        plan.add(TRIED, fact.at(), fact.outboxId());
    }

    static void moved(Fact.LaneMoved fact, StepPlan plan) {
        if (fact.of().isEmpty()) {
            plan.add(MOVED_BESIDE, fact.to(), fact.at(), fact.peer(), fact.from(), fact.to());
            return;
        }
        Register.Lane lane = fact.of().get();
        plan.add(
                MOVED_MESSAGES,
                fact.to(),
                fact.at(),
                fact.peer(),
                fact.from(),
                fact.peer(),
                lane.agreement().id(),
                lane.agreement().version(),
                lane.agreement().digest(),
                lane.clause());
    }

    static void returned(Fact.LaneReturned fact, StepPlan plan) {
        plan.add(RETURNED, fact.peer(), fact.home());
    }

    static void due(Fact.LaneDue fact, StepPlan plan) {
        plan.add(DUE, fact.at(), fact.peer(), fact.transport(), fact.at());
    }

    static void exchangeDue(Fact.ExchangeDue fact, StepPlan plan) {
        plan.add(EXCHANGE_DUE, fact.at(), fact.exchange());
    }

    static void link(Fact.LinkChanged fact, StepPlan plan) {
        LinkState link = fact.link();
        plan.add(LINK, link.peer(), link.transport(), link.open(), link.since(), link.failures(), link.nextTry());
    }

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
                0);
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
        plan.add(ATTEMPTED, fact.at(), fact.carried(), fact.at(), fact.carried(), fact.nextAttempt(), fact.outboxId());
    }

    static void ended(Fact.OutboxEnded fact, StepPlan plan) {
        plan.add(ENDED, fact.at(), fact.outboxId());
    }

    static void messageDue(Fact.MessageDue fact, StepPlan plan) {
        plan.add(MESSAGE_DUE, fact.at(), fact.exchange());
    }

    static void messageEnded(Fact.MessageEnded fact, StepPlan plan) {
        plan.add(MESSAGE_ENDED, fact.at(), fact.exchange());
    }
}
