package org.embassage.store;

import java.util.Optional;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How facts about pouches are written. */
final class PouchChanges {

    private static final Change PACKED = Change.insertOrConflict(
            Kind.POUCH_KNOWN, "pouch", "peer, number", "peer, number, at, manifest, bundles, octets, items");
    private static final Change ITEM = Change.insert("pouch_item", "outbox_id, peer, number");
    private static final Change MAY_BE_THERE = Change.of(
            "outbox",
            "UPDATE outbox SET carried_at = COALESCE(carried_at, ?), tried_at = COALESCE(tried_at, ?),"
                    + " carried = carried + 1 WHERE id = ?"
                    + " AND ended_at IS NULL");
    private static final Change TAKEN = Change.insert("pouch_taken", "peer, number, at, manifest, whole");
    private static final String THIS_ONE = " WHERE peer = ? AND number = ? AND manifest = ?";
    private static final Change CONFIRMED =
            Change.of("pouch", "UPDATE pouch SET confirmed_at = ?" + THIS_ONE + " AND confirmed_at IS NULL");
    private static final Change ENDED = Change.of(
            "outbox",
            "UPDATE outbox SET ended_at = ? WHERE ended_at IS NULL AND kind <> 'MESSAGE' AND id IN (SELECT i.outbox_id"
                    + " FROM pouch_item i JOIN pouch p ON p.peer = i.peer AND p.number = i.number"
                    + " WHERE p.peer = ? AND p.number = ? AND p.manifest = ?)");

    private PouchChanges() {}

    static void packed(Fact.PouchPacked fact, StepPlan plan) {
        plan.add(
                PACKED,
                fact.peer(),
                fact.number(),
                fact.at(),
                fact.manifest(),
                fact.bundles(),
                fact.octets(),
                fact.outboxIds().size());
        for (String outboxId : fact.outboxIds()) {
            plan.add(ITEM, outboxId, fact.peer(), fact.number());
            plan.add(MAY_BE_THERE, fact.at(), fact.at(), outboxId);
        }
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void taken(Fact.PouchTaken fact, StepPlan plan) {
        plan.add(TAKEN, fact.peer(), fact.number(), fact.at(), fact.manifest(), fact.whole());
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void confirmed(Fact.PouchConfirmed fact, StepPlan plan) {
        plan.add(CONFIRMED, fact.at(), fact.peer(), fact.number(), fact.manifest());
        plan.add(ENDED, fact.at(), fact.peer(), fact.number(), fact.manifest());
    }
}
