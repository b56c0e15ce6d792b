package org.embassage.store;

import java.util.Base64;
import java.util.stream.Collectors;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How what witnesses and peers say of ledgers is written, and whether traffic with a peer is stopped. */
final class WitnessChanges {

    private static final Change CONTINUED = Change.insertOrConflict(
            Kind.NOTE_MOVED, "peer_continuity", "origin, from_size", "origin, from_size, to_size, at, path");
    private static final Change COSIGNED = Change.of(
            "cosignature",
            "INSERT INTO cosignature (origin, size, cosigner, at, line) VALUES (?, ?, ?, ?, ?)"
                    + " ON CONFLICT (origin, size, cosigner) DO NOTHING");
    private static final Change ANSWERED = Change.insert("ledger_answer", "peer, size, at, note, opening, consistent");
    private static final Change SHOWN = Change.insert("shown_note", "shown_by, size, at, note");
    private static final Change TRAFFIC = Change.insert("traffic", "peer, stopped, at, cause, evidence");

    private WitnessChanges() {}

    static void continued(Fact.PeerLedgerContinued fact, StepPlan plan) {
        String path = fact.path().stream()
                .map(hash -> Base64.getEncoder().encodeToString(hash.bytes()))
                .collect(Collectors.joining("\n"));
        plan.add(CONTINUED, fact.origin(), fact.from(), fact.to(), fact.at(), path);
    }

    static void cosigned(Fact.CosignatureKept fact, StepPlan plan) {
        plan.add(COSIGNED, fact.origin(), fact.size(), fact.cosigner(), fact.at(), fact.line());
    }

    static void answered(Fact.AnswerKept fact, StepPlan plan) {
        plan.add(ANSWERED, fact.peer(), fact.size(), fact.at(), fact.note(), fact.opening(), fact.consistent());
    }

    static void shown(Fact.OwnNoteShown fact, StepPlan plan) {
        plan.add(SHOWN, fact.shownBy(), fact.size(), fact.at(), fact.note());
    }

    static void stopped(Fact.TrafficStopped fact, StepPlan plan) {
        plan.add(TRAFFIC, fact.peer(), true, fact.at(), fact.cause(), fact.evidence());
    }

    static void resumed(Fact.TrafficResumed fact, StepPlan plan) {
        plan.add(TRAFFIC, fact.peer(), false, fact.at(), "", fact.evidence());
    }
}
