package org.embassage.gateway.witness;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.LedgerTree;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.port.Round;
import org.embassage.gateway.witness.WitnessClient.Outcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits our newest checkpoint to the neutral witnesses and keeps their cosignatures. If one of them holds a checkpoint of
 * ours that our ledger does not continue, everything stops. One that cannot be reached stops nothing.
 */
public final class SubmitToWitnesses implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(SubmitToWitnesses.class);

    private final List<WitnessClient> witnesses;
    private final Witnessing witnessing;
    private final Journal journal;
    private final Ledgerbook ledgerbook;
    private final Clock clock;
    private final Map<String, Long> holds = new HashMap<>();

    public SubmitToWitnesses(
            List<WitnessClient> witnesses, Witnessing witnessing, Journal journal, Ledgerbook ledgerbook, Clock clock) {
        this.witnesses = List.copyOf(witnesses);
        this.witnessing = witnessing;
        this.journal = journal;
        this.ledgerbook = ledgerbook;
        this.clock = clock;
    }

    /** The notes of ours that the witnesses hold; a witness that cannot be reached is warned of. */
    public List<String> held() {
        List<String> notes = new ArrayList<>();
        for (WitnessClient witness : witnesses) {
            try {
                witness.held(witnessing.tree().origin()).ifPresent(notes::add);
            } catch (IOException unreachable) {
                LOG.warn("witness={} event=WitnessUnreachable", witness.key().name());
            }
        }
        return notes;
    }

    @Override
    public boolean run() {
        Optional<HeldNote> own = witnessing.heads().own();
        if (own.isPresent()) {
            witnesses.forEach(witness -> submit(witness, own.get()));
        }
        return false;
    }

    private void submit(WitnessClient witness, HeldNote own) {
        String name = witness.key().name();
        try {
            long known = holds.computeIfAbsent(name, this::cosigned);
            if (known >= own.size()) {
                return;
            }
            Outcome outcome = submit(witness, own, known);
            if (outcome instanceof Outcome.Holds other && other.size() <= own.size()) {
                holds.put(name, other.size());
                outcome = submit(witness, own, other.size());
            }
            if (outcome instanceof Outcome.Cosigned cosigned) {
                keep(witness, own, cosigned.note());
            } else {
                LOG.warn("witness={} event=WitnessRefused answer={}", name, outcome);
                judge(witness, name);
            }
        } catch (IOException unreachable) {
            LOG.warn("witness={} event=WitnessUnreachable", name);
        }
    }

    private Outcome submit(WitnessClient witness, HeldNote own, long known) throws IOException {
        LedgerTree tree = witnessing.tree();
        return witness.submit(known, tree.consistencyProof(known, own.size()), own.note());
    }

    private long cosigned(String name) {
        return ledgerbook
                .newestCosignature(witnessing.tree().origin(), name)
                .map(Cosignature::size)
                .orElse(0L);
    }

    private void keep(WitnessClient witness, HeldNote own, SignedNote note) {
        SignedNote.Line line = witness.key().line(note).orElseThrow();
        Instant at = witness.key().cosigned(note).orElseThrow();
        var unused = journal.commit(StepOutcome.of(
                new Fact.CosignatureKept(witnessing.tree().origin(), own.size(), line.name(), at, line.text())));
        holds.put(line.name(), own.size());
        LOG.info("witness={} event=CosignatureKept size={}", line.name(), own.size());
    }

    /** A refusal may mean that it holds what we lost. */
    private void judge(WitnessClient witness, String name) throws IOException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Optional<String> note = witness.held(witnessing.tree().origin());
        if (note.isPresent()) {
            var unused = witnessing.history().judge(note.get(), name, now);
        }
    }
}
