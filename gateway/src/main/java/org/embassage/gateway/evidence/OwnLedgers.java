package org.embassage.gateway.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Epoch;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.ledger.CosignedNotes;

/** All epochs of this gateway's ledger, each built anew from its stored leaves. Not thread-safe. */
public final class OwnLedgers {

    private final List<InEpoch> epochs = new ArrayList<>();
    private final Ledgerbook ledgerbook;
    private final CosignedNotes cosigned;
    private final Beside beside;

    /**
     * @param newest our newest checkpoint that is to be shown
     * @param beside bundles whose checkpoints of ours are to be shown too
     */
    OwnLedgers(Ledgerbook ledgerbook, Optional<HeldNote> newest, Beside beside) {
        this.ledgerbook = ledgerbook;
        this.beside = beside;
        this.cosigned = new CosignedNotes(ledgerbook);
        for (Epoch epoch : ledgerbook.epochs()) {
            Ledgerbook book = ledgerbook.of(epoch);
            boolean last = epoch.end() == Long.MAX_VALUE;
            epochs.add(new InEpoch(
                    epoch.first(),
                    book,
                    OwnLedger.build(book, done -> {}),
                    last ? newest : book.newestCheckpoint(),
                    epoch.beginning()));
        }
    }

    /**
     * One epoch.
     *
     * @param first where it begins in the one row of all leaves
     * @param newest its newest checkpoint
     * @param beginning how it followed another
     */
    record InEpoch(
            long first, Ledgerbook book, OwnLedger ledger, Optional<HeldNote> newest, Optional<String> beginning) {

        /** Behind the last leaf that a checkpoint covers, in the one row of all leaves. */
        long covered() {
            return newest.map(note -> first + note.size()).orElse(first);
        }
    }

    /** The epoch of a leaf. @param index in the one row of all leaves */
    InEpoch at(long index) {
        InEpoch found = epochs.get(0);
        for (InEpoch epoch : epochs) {
            if (epoch.first() <= index) {
                found = epoch;
            }
        }
        return found;
    }

    /** Proves that a leaf is under the newest checkpoint of its epoch; nothing if none covers it. */
    Optional<String> proof(long index) {
        InEpoch epoch = at(index);
        return index < epoch.covered()
                ? epoch.newest()
                        .map(note -> epoch.ledger()
                                .proof(index - epoch.first(), note)
                                .text())
                : Optional.empty();
    }

    /** How many leaves there are in all. */
    long size() {
        InEpoch last = epochs.get(epochs.size() - 1);
        return last.first() + last.ledger().size();
    }

    /** Proves that the checkpoints of each epoch that a bundle speaks of continue each other; after everything else. */
    void add(BundleWriter writer) {
        for (InEpoch epoch : epochs) {
            epoch.beginning().flatMap(EpochBeginning::parse).ifPresent(writer::epoch);
        }
        for (InEpoch epoch : epochs) {
            String origin = epoch.ledger().origin();
            GatewayId self = self(origin);
            beside.sizes(origin).stream()
                    .filter(size -> size < epoch.newest().map(HeldNote::size).orElse(0L))
                    .flatMap(size -> epoch.book().checkpoint(size).stream())
                    .forEach(note -> writer.note(self, cosigned.with(note.note())));
            if (epoch != epochs.get(epochs.size() - 1) && !writer.sizes(origin).isEmpty()) {
                closed(writer, epoch, self, origin);
            }
            writer.continuity(origin, epoch.ledger().tree());
        }
    }

    /** What was lost of a closed epoch is known by what peers sent back: checkpoints of ours, and their proofs. */
    private void closed(BundleWriter writer, InEpoch epoch, GatewayId self, String origin) {
        SortedSet<Long> spoken = writer.sizes(origin);
        List<ConsistencyProof> proofs = ledgerbook.continuity(origin, 0, spoken.last());
        SortedSet<Long> joined = new TreeSet<>(spoken);
        for (ConsistencyProof proof : proofs) {
            if (proof.to() > spoken.first()) {
                writer.consistency(proof);
                joined.add(proof.from());
                joined.add(proof.to());
            }
        }
        for (long size : joined) {
            Optional<HeldNote> own = epoch.book().checkpoint(size);
            own.or(() -> ledgerbook.peerNote(self, origin, size))
                    .ifPresent(note -> writer.note(self, cosigned.with(note.note())));
        }
    }

    private static GatewayId self(String origin) {
        return new GatewayId(origin.substring(0, origin.indexOf('/')));
    }
}
