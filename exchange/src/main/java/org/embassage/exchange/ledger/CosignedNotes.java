package org.embassage.exchange.ledger;

import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;

/** Puts notes and the cosignatures that came for them together again. Thread-safe. */
public final class CosignedNotes {

    private final Ledgerbook ledgerbook;

    public CosignedNotes(Ledgerbook ledgerbook) {
        this.ledgerbook = ledgerbook;
    }

    /** The note with every cosignature line that is kept for it. */
    public String with(String note) {
        Optional<SignedNote> signed = SignedNote.parse(note);
        Optional<Checkpoint> checkpoint = Checkpoint.unverified(note);
        if (signed.isEmpty() || checkpoint.isEmpty()) {
            return note;
        }
        SignedNote whole = signed.get();
        List<Cosignature> kept = ledgerbook.cosignatures(
                checkpoint.get().origin(), checkpoint.get().size() - 1, SignedNote.MAX_SIGNATURES);
        for (Cosignature cosignature : kept) {
            Optional<SignedNote.Line> line =
                    SignedNote.Line.parse(cosignature.line().strip());
            if (cosignature.size() == checkpoint.get().size()
                    && line.isPresent()
                    && whole.signatures().size() < SignedNote.MAX_SIGNATURES) {
                whole = whole.with(line.get());
            }
        }
        return whole.toString();
    }
}
