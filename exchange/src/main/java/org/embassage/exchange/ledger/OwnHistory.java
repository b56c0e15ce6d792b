package org.embassage.exchange.ledger;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook.ShownNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.AlarmFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds notes with our own signature, which others show us, against our ledger. One that our ledger does not continue means
 * that it was rolled back or rewritten: then everything stops, and the note is kept in a file and in the store. Thread-safe.
 */
public final class OwnHistory {

    /** The kind of the files in the alarm folder. */
    public static final String SHOWN = "own-ledger";

    private static final Logger LOG = LoggerFactory.getLogger(OwnHistory.class);

    private final NoteVerifier own;
    private final LedgerTree tree;
    private final Journal journal;
    private final AlarmFolder alarms;
    private final Standstill standstill;

    public OwnHistory(NoteVerifier own, LedgerTree tree, Journal journal, AlarmFolder alarms, Standstill standstill) {
        this.own = own;
        this.tree = tree;
        this.journal = journal;
        this.alarms = alarms;
        this.standstill = standstill;
    }

    /**
     * Judges a note at work.
     *
     * @param shownBy a gateway or a neutral witness
     * @return whether our ledger continues it; a note that we did not sign accuses nobody and is not continued either
     */
    public boolean judge(String note, String shownBy, Instant now) {
        Optional<Checkpoint> checkpoint = Checkpoint.verified(note, own);
        if (checkpoint.isEmpty()) {
            return false;
        }
        if (tree.continues(checkpoint.get())) {
            return true;
        }
        standstill.stop(FaultCode.LEDGER_ROLLED_BACK);
        LOG.error(
                "ALARM fault={} shown-by={} size={} ours={}: everything is stopped",
                FaultCode.LEDGER_ROLLED_BACK.code(),
                shownBy,
                checkpoint.get().size(),
                tree.size());
        alarms.keep(SHOWN, note);
        try {
            var unused = journal.commit(StepOutcome.of(
                    new Fact.OwnNoteShown(shownBy, checkpoint.get().size(), now, note)));
        } catch (Broken store) {
            LOG.error(
                    "event=OwnNoteShown fault={}: it is in the alarm folder",
                    store.fault().code());
        }
        return false;
    }

    /**
     * Judges at start all notes that were ever shown.
     *
     * @param stored from the store
     * @throws Broken LEDGER_ROLLED_BACK if our ledger does not continue one of them
     */
    public void mustContinue(Iterable<ShownNote> stored) {
        for (ShownNote shown : stored) {
            mustContinue(shown.note());
        }
        alarms.kept(SHOWN).forEach(this::mustContinue);
    }

    /** @throws Broken LEDGER_ROLLED_BACK if we signed it and our ledger does not continue it */
    public void mustContinue(String note) {
        boolean cut = Checkpoint.verified(note, own)
                .map(checkpoint -> !tree.continues(checkpoint))
                .orElse(false);
        if (cut) {
            alarms.keep(SHOWN, note);
            throw new Broken(FaultCode.LEDGER_ROLLED_BACK);
        }
    }
}
