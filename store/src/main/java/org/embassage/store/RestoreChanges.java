package org.embassage.store;

import static org.embassage.store.Values.text;

import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Fact;

/** How copies of the store are written down, and how a ledger goes on after one was put back. */
final class RestoreChanges {

    private static final Change BACKUP = Change.insert("backup", "id, at, name, keys");
    private static final Change PUT_BACK = Change.insert("store_copy", "backup, at, size");
    private static final Change HOLDING = Change.of(
            "holding",
            "INSERT INTO holding (peer, at, note) VALUES (?, ?, ?)"
                    + " ON CONFLICT (peer) DO UPDATE SET at = excluded.at, note = excluded.note");
    /** Leaves come last in a commit, so that the head still says where this step's first one will be. */
    private static final Change BEGUN = Change.of(
            "ledger_epoch",
            "INSERT INTO ledger_epoch (origin, first_idx, at, beginning)"
                    + " SELECT ?, size, ?, ? FROM ledger_head WHERE id = 1");

    private static final Change NOTHING_HELD = Change.of("holding", "DELETE FROM holding");
    private static final Change CLOSED_BEFORE =
            Change.of("recovery", "UPDATE recovery SET recovered_at = ? WHERE recovered_at IS NULL");
    private static final Change RECOVERY = Change.insert("recovery", "origin, peer, since_at, order_id");
    private static final Change ACCEPTED = Change.of(
            "peer_epoch",
            "INSERT INTO peer_epoch (peer, origin, at, beginning) VALUES (?, ?, ?, ?)"
                    + " ON CONFLICT (peer, origin) DO NOTHING");
    private static final Change TOLD =
            Change.of("recovery", "UPDATE recovery SET summary = ? WHERE origin = ? AND peer = ?");
    private static final Change UNCERTAIN = Change.of(
            "uncertain",
            "INSERT INTO uncertain (exchange_id, peer) VALUES (?, ?) ON CONFLICT (exchange_id, peer) DO NOTHING");
    private static final Change RECOVERED = Change.of(
            "recovery", "UPDATE recovery SET recovered_at = ? WHERE origin = ? AND peer = ? AND recovered_at IS NULL");

    private RestoreChanges() {}

    static void backup(Fact.BackupTaken fact, StepPlan plan) {
        plan.add(BACKUP, fact.backup(), fact.at(), fact.name(), fact.keys());
    }

    static void putBack(Fact.PutBack fact, StepPlan plan) {
        plan.add(PUT_BACK, fact.backup(), fact.at(), fact.size());
    }

    static void holding(Fact.HoldingTold fact, StepPlan plan) {
        plan.add(HOLDING, fact.peer(), fact.at(), text(fact.note()));
    }

    static void begun(Fact.EpochBegun fact, StepPlan plan) {
        plan.add(BEGUN, fact.origin(), fact.at(), fact.beginning());
        plan.add(NOTHING_HELD);
        plan.add(CLOSED_BEFORE, fact.at());
        for (GatewayId peer : fact.peers()) {
            plan.add(RECOVERY, fact.origin(), peer, fact.at(), fact.order());
        }
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void accepted(Fact.PeerEpochAccepted fact, StepPlan plan) {
        plan.add(ACCEPTED, fact.peer(), fact.origin(), fact.at(), fact.beginning());
    }

    static void told(Fact.RecoveryTold fact, StepPlan plan) {
        plan.add(TOLD, fact.summary(), fact.origin(), fact.peer());
        for (ExchangeId exchange : fact.uncertain()) {
            plan.add(UNCERTAIN, exchange, fact.peer());
        }
    }

    static void recovered(Fact.Recovered fact, StepPlan plan) {
        plan.add(RECOVERED, fact.at(), fact.origin(), fact.peer());
        plan.leaf(fact.leaf(), Optional.empty());
    }
}
