package org.embassage.store;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepOutcome;

/** Makes a step ready for its transaction. Thread-safe. */
final class Planner {

    private static final Map<Class<?>, BiConsumer<Fact, StepPlan>> WRITERS = writers();

    private final ContentVault vault;
    private final SharedKey shared;

    Planner(ContentVault vault, SharedKey shared) {
        this.vault = vault;
        this.shared = shared;
    }

    StepPlan plan(StepOutcome step) {
        StepPlan plan = new StepPlan(vault, shared);
        for (Fact fact : step.facts()) {
            writer(fact).accept(fact, plan);
        }
        return plan;
    }

    /** The kinds of facts that can be written. */
    static Map<Class<?>, BiConsumer<Fact, StepPlan>> known() {
        return WRITERS;
    }

    private static BiConsumer<Fact, StepPlan> writer(Fact fact) {
        BiConsumer<Fact, StepPlan> writer = WRITERS.get(fact.getClass());
        if (writer == null) {
            throw new IllegalStateException(
                    "the store cannot write a " + fact.getClass().getSimpleName());
        }
        return writer;
    }

    private static Map<Class<?>, BiConsumer<Fact, StepPlan>> writers() {
        Map<Class<?>, BiConsumer<Fact, StepPlan>> all = new HashMap<>();
        on(all, Fact.DropOpened.class, DropChanges::opened);
        on(all, Fact.DropAdvanced.class, DropChanges::advanced);
        on(all, Fact.DropClosed.class, DropChanges::closed);
        on(all, Fact.ResultNoted.class, DropChanges::noted);
        on(all, Fact.IntakeClaimed.class, DropChanges::claimed);
        on(all, Fact.ExchangeOpened.class, ExchangeChanges::opened);
        on(all, Fact.ExchangeMoved.class, ExchangeChanges::moved);
        on(all, Fact.OutboxPut.class, OutboxChanges::put);
        on(all, Fact.OutboxAttempted.class, OutboxChanges::attempted);
        on(all, Fact.OutboxEnded.class, OutboxChanges::ended);
        on(all, Fact.MessageEnded.class, OutboxChanges::messageEnded);
        on(all, Fact.ExchangeDue.class, OutboxChanges::exchangeDue);
        on(all, Fact.OutboxReleased.class, OutboxChanges::released);
        on(all, Fact.OutboxTried.class, OutboxChanges::tried);
        on(all, Fact.LinkChanged.class, OutboxChanges::link);
        on(all, Fact.LaneMoved.class, OutboxChanges::moved);
        on(all, Fact.LaneReturned.class, OutboxChanges::returned);
        on(all, Fact.LaneDue.class, OutboxChanges::due);
        on(all, Fact.PouchPacked.class, PouchChanges::packed);
        on(all, Fact.PouchTaken.class, PouchChanges::taken);
        on(all, Fact.PouchConfirmed.class, PouchChanges::confirmed);
        on(all, Fact.MessageDue.class, OutboxChanges::messageDue);
        on(all, Fact.InboxPut.class, InboxChanges::put);
        on(all, Fact.InboxMoved.class, InboxChanges::moved);
        on(all, Fact.InboxRefused.class, InboxChanges::refused);
        on(all, Fact.ReceiptKept.class, EvidenceChanges::receipt);
        on(all, Fact.LeafAppended.class, EvidenceChanges::leaf);
        on(all, Fact.SequenceVoided.class, EvidenceChanges::voided);
        on(all, Fact.ProofKept.class, EvidenceChanges::proof);
        on(all, Fact.ProofHeld.class, EvidenceChanges::waiting);
        on(all, Fact.ProofRefused.class, EvidenceChanges::refused);
        on(all, Fact.CheckpointSigned.class, EvidenceChanges::checkpoint);
        on(all, Fact.PeerNoteHeld.class, EvidenceChanges::peerNote);
        on(all, Fact.TimeStampingSet.class, TimeChanges::set);
        on(all, Fact.ReceiptStamped.class, TimeChanges::receipt);
        on(all, Fact.CheckpointStamped.class, TimeChanges::checkpoint);
        on(all, Fact.StatusKept.class, TimeChanges::status);

        on(all, Fact.PeerLedgerContinued.class, WitnessChanges::continued);
        on(all, Fact.CosignatureKept.class, WitnessChanges::cosigned);
        on(all, Fact.AnswerKept.class, WitnessChanges::answered);
        on(all, Fact.OwnNoteShown.class, WitnessChanges::shown);
        on(all, Fact.TrafficStopped.class, WitnessChanges::stopped);
        on(all, Fact.TrafficResumed.class, WitnessChanges::resumed);
        on(all, Fact.RetentionKnown.class, ErasureChanges::retain);
        on(all, Fact.ContentErased.class, ErasureChanges::erased);
        on(all, Fact.EpochDestroyed.class, ErasureChanges::destroyed);
        on(all, Fact.Quarantined.class, TroubleChanges::quarantined);
        on(all, Fact.QuarantineDecided.class, TroubleChanges::decided);
        on(all, Fact.ReleaseGiven.class, TroubleChanges::released);
        on(all, Fact.OrderDone.class, TroubleChanges::ordered);
        on(all, Fact.BackupTaken.class, RestoreChanges::backup);
        on(all, Fact.PutBack.class, RestoreChanges::putBack);
        on(all, Fact.HoldingTold.class, RestoreChanges::holding);
        on(all, Fact.EpochBegun.class, RestoreChanges::begun);
        on(all, Fact.PeerEpochAccepted.class, RestoreChanges::accepted);
        on(all, Fact.RecoveryTold.class, RestoreChanges::told);
        on(all, Fact.Recovered.class, RestoreChanges::recovered);
        return Map.copyOf(all);
    }

    private static <F extends Fact> void on(
            Map<Class<?>, BiConsumer<Fact, StepPlan>> all, Class<F> kind, BiConsumer<F, StepPlan> writer) {
        all.put(kind, (fact, plan) -> writer.accept(kind.cast(fact), plan));
    }
}
