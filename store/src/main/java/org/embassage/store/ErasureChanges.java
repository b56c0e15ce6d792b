package org.embassage.store;

import static org.embassage.store.Values.text;

import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/**
 * How erasing is written. First what was erased is noted, then keys and bytes are deleted; {@link StepWriter} writes keys and
 * contents last.
 */
final class ErasureChanges {

    /** Quarantined items that hold content; all others are kept as proof. */
    static final String HOLDS_CONTENT = "(id LIKE 'message-%' OR id LIKE 'bundle-%' OR id LIKE 'record-%'"
            + " OR id LIKE 'drop-%' OR id LIKE 'handover-%')";

    private static final Change RETAIN = Change.of(
            "retain_until",
            "INSERT INTO retain_until (exchange_id, peer, until_at) VALUES (?, ?, ?)"
                    + " ON CONFLICT (exchange_id, peer) DO NOTHING");
    private static final Change RETAINED =
            Change.of("retain_until", "DELETE FROM retain_until WHERE exchange_id = ? AND peer = ?");
    private static final Change SENT = Change.orConflict(
            Kind.STATE_MOVED,
            "exchange",
            "UPDATE exchange SET erased_at = ? WHERE id = ? AND closed = 1 AND erased_at IS NULL");
    private static final Change RECEIVED = Change.orConflict(
            Kind.STATE_MOVED,
            "inbox",
            "UPDATE inbox SET erased_at = ? WHERE exchange_id = ? AND peer = ?"
                    + " AND state IN ('HANDED_OVER', 'HANDOVER_FAILED') AND erased_at IS NULL");
    private static final Change COPY = Change.orConflict(
            Kind.STATE_MOVED,
            "drop_taken",
            "UPDATE drop_taken SET erased_at = ? WHERE id = ? AND closed_at IS NOT NULL AND erased_at IS NULL");
    private static final Change ITEM = Change.orConflict(
            Kind.STATE_MOVED,
            "quarantine",
            "UPDATE quarantine SET erased_at = ?, detail = NULL WHERE id = ? AND erased_at IS NULL AND "
                    + HOLDS_CONTENT);
    private static final Change MESSAGE_ENDS = Change.of(
            "outbox", "UPDATE outbox SET ended_at = ? WHERE exchange_id = ? AND kind = 'MESSAGE' AND ended_at IS NULL");
    private static final String NOTE = "INSERT INTO erasure (at, reason, evidence_id, at_once, exchange_id,"
            + " drop_id, quarantine_id, content_id, epoch) SELECT ?, ?, ?, ?, ?, ?, ";
    private static final String NOTED = " FROM content c LEFT JOIN content_key k ON k.id = c.key_id ";
    private static final Change NOTE_ONE = Change.of(
            "erasure",
            NOTE + "?, c.id, COALESCE(k.epoch, '-')" + NOTED + "WHERE c.id = ? ON CONFLICT (content_id) DO NOTHING");
    private static final Change NOTE_MESSAGES = Change.of(
            "erasure",
            NOTE + "?, c.id, COALESCE(k.epoch, '-')" + NOTED
                    + "WHERE c.id IN (SELECT content_id FROM outbox WHERE exchange_id = ? AND kind = 'MESSAGE')"
                    + " ON CONFLICT (content_id) DO NOTHING");
    private static final Change NOTE_ITEMS = Change.of(
            "erasure",
            NOTE + "q.id, c.id, COALESCE(k.epoch, '-') FROM quarantine q JOIN content c ON c.id = 'quarantine/' || q.id"
                    + " LEFT JOIN content_key k ON k.id = c.key_id WHERE q.exchange_id = ? AND "
                    + HOLDS_CONTENT.replace("id LIKE", "q.id LIKE") + " ON CONFLICT (content_id) DO NOTHING");
    private static final Change ITEMS = Change.of(
            "quarantine",
            "UPDATE quarantine SET erased_at = ?, detail = NULL WHERE exchange_id = ? AND erased_at IS NULL AND "
                    + HOLDS_CONTENT);
    private static final Change KEYS = Change.of(
            "content_key",
            "DELETE FROM content_key WHERE id IN (SELECT content_id FROM erasure WHERE evidence_id = ?)");
    private static final Change CONTENTS = Change.of(
            "content", "DELETE FROM content WHERE id IN (SELECT content_id FROM erasure WHERE evidence_id = ?)");
    private static final Change DESTROYED =
            Change.of("epoch", "UPDATE epoch SET destroyed_at = ? WHERE name = ? AND retired_at IS NOT NULL");

    private ErasureChanges() {}

    static void retain(Fact.RetentionKnown fact, StepPlan plan) {
        plan.add(RETAIN, fact.exchange(), fact.peer(), fact.until());
    }

    static void destroyed(Fact.EpochDestroyed fact, StepPlan plan) {
        plan.add(DESTROYED, fact.at(), fact.name());
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void erased(Fact.ContentErased fact, StepPlan plan) {
        Erasable of = fact.of();
        if (of instanceof Erasable.Sent sent) {
            plan.add(SENT, fact.at(), sent.exchange());
            plan.add(MESSAGE_ENDS, fact.at(), sent.exchange());
            plan.add(RETAINED, sent.exchange(), sent.recipient());
            note(NOTE_MESSAGES, fact, plan, Optional.of(sent.exchange()), Optional.empty(), sent.exchange());
            items(fact, plan, sent.exchange());
        } else if (of instanceof Erasable.Received received) {
            plan.add(RECEIVED, fact.at(), received.exchange(), received.peer());
            plan.add(RETAINED, received.exchange(), received.peer());
            note(
                    NOTE_ONE,
                    fact,
                    plan,
                    Optional.of(received.exchange()),
                    Optional.empty(),
                    ContentIds.inbox(received.peer(), received.exchange()));
            items(fact, plan, received.exchange());
        } else if (of instanceof Erasable.DropCopy copy) {
            plan.add(COPY, fact.at(), copy.drop());
            note(NOTE_ONE, fact, plan, Optional.empty(), Optional.of(copy.drop()), ContentIds.drop(copy.drop()));
        } else if (of instanceof Erasable.Item item) {
            plan.add(ITEM, fact.at(), item.quarantineId());
            plan.add(
                    NOTE_ONE,
                    fact.at(),
                    fact.reason(),
                    fact.evidence(),
                    fact.atOnce(),
                    text(Optional.empty()),
                    text(Optional.empty()),
                    item.quarantineId(),
                    ContentIds.quarantine(item.quarantineId()));
        }
        plan.add(KEYS, fact.evidence());
        plan.add(CONTENTS, fact.evidence());
    }

    private static void note(
            Change change,
            Fact.ContentErased fact,
            StepPlan plan,
            Optional<ExchangeId> exchange,
            Optional<DropId> drop,
            Object content) {
        plan.add(
                change,
                fact.at(),
                fact.reason(),
                fact.evidence(),
                fact.atOnce(),
                text(exchange),
                text(drop),
                text(Optional.empty()),
                content);
    }

    private static void items(Fact.ContentErased fact, StepPlan plan, ExchangeId exchange) {
        plan.add(ITEMS, fact.at(), exchange);
        plan.add(
                NOTE_ITEMS,
                fact.at(),
                fact.reason(),
                fact.evidence(),
                fact.atOnce(),
                text(Optional.of(exchange)),
                text(Optional.empty()),
                exchange);
    }
}
