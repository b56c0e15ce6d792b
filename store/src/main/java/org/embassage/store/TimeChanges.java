package org.embassage.store;

import java.util.Optional;
import org.embassage.exchange.journal.Fact;

/** How tokens, certificates and revocation lists are written. What is there already stays as it is. */
final class TimeChanges {

    private static final Change SET = Change.insert("time_stamping", "mode, from_idx, at");
    private static final Change RECEIPT = Change.of(
            "receipt_token",
            "INSERT INTO receipt_token (leaf_idx, at, token) VALUES (?, ?, ?) ON CONFLICT (leaf_idx) DO NOTHING");
    private static final Change CHECKPOINT = Change.of(
            "checkpoint_token",
            "INSERT INTO checkpoint_token (size, note, at, token) VALUES (?, ?, ?, ?) ON CONFLICT (size) DO NOTHING");
    private static final Change STATUS = Change.of(
            "kept_status",
            "INSERT INTO kept_status (digest, kind, at, body) VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO NOTHING");

    private TimeChanges() {}

    static void set(Fact.TimeStampingSet fact, StepPlan plan) {
        plan.add(SET, fact.mode(), fact.from(), fact.at());
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void receipt(Fact.ReceiptStamped fact, StepPlan plan) {
        plan.add(RECEIPT, fact.leafIndex(), fact.at(), fact.token().octets());
    }

    static void checkpoint(Fact.CheckpointStamped fact, StepPlan plan) {
        plan.add(CHECKPOINT, fact.size(), fact.note(), fact.at(), fact.token().octets());
    }

    static void status(Fact.StatusKept fact, StepPlan plan) {
        plan.add(
                STATUS,
                fact.octets().digest(),
                fact.kind(),
                fact.at(),
                fact.octets().octets());
    }
}
