package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.bundle.ShownNotes;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Epoch;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;

/**
 * Bundles of other gateways that an export will be laid beside: to every checkpoint of our ledger that they show it brings the
 * proof that only we can make. Nothing in them is believed.
 */
public final class Beside {

    /** An export that stands alone. */
    public static final Beside NOTHING = new Beside(List.of());

    private final List<String> notes;

    private Beside(List<String> notes) {
        this.notes = List.copyOf(notes);
    }

    /** @throws Stop if a file cannot be read or is no bundle */
    public static Beside of(List<Path> files) {
        List<String> notes = new ArrayList<>();
        for (Path file : files) {
            notes.addAll(ShownNotes.of(bundle(file)));
        }
        return new Beside(notes);
    }

    private static EvidenceBundle bundle(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Stop(ExitCode.NOT_FOUND, "there is no file " + file, "name a bundle of the other gateway");
            }
            Optional<EvidenceBundle> read = Files.size(file) > EvidenceBundle.MAX_BYTES
                    ? Optional.empty()
                    : EvidenceBundle.read(Files.readAllBytes(file));
            return read.orElseThrow(
                    () -> new Stop(
                            ExitCode.REFUSED,
                            "the file is no evidence bundle, or was changed: " + file,
                            "name a bundle that the other gateway exported; `embassage verify` says what is wrong with this one"));
        } catch (IOException unreadable) {
            throw new Stop(ExitCode.FINDING, "the file cannot be read: " + file, "see its permissions");
        }
    }

    /** The sizes of the checkpoints of a ledger that are shown. */
    SortedSet<Long> sizes(String origin) {
        SortedSet<Long> sizes = new TreeSet<>();
        notes.stream()
                .flatMap(note -> Checkpoint.unverified(note).stream())
                .filter(checkpoint -> checkpoint.origin().equals(origin) && checkpoint.size() > 0)
                .forEach(checkpoint -> sizes.add(checkpoint.size()));
        return sizes;
    }

    /**
     * Checkpoints that are shown, were signed with the key of our newest epoch, and are not ours: whoever signed them has the
     * key, or our store is not the one that it was.
     *
     * @return one sentence each
     */
    public List<String> foreign(Ledgerbook ledgerbook, PeerDirectory peers) {
        List<Epoch> epochs = ledgerbook.epochs();
        Optional<NoteVerifier> key = NoteVerifier.parse(peers.self().ledgerKey());
        if (epochs.isEmpty() || key.isEmpty()) {
            return List.of();
        }
        return notes.stream()
                .flatMap(note -> Checkpoint.verified(note, key.get()).stream())
                .filter(checkpoint -> checkpoint.size() > 0)
                .filter(checkpoint -> ledgerbook
                        .checkpoint(checkpoint.size())
                        .map(HeldNote::note)
                        .flatMap(Checkpoint::unverified)
                        .map(own -> !own.equals(checkpoint))
                        .orElse(true))
                .map(checkpoint -> "the checkpoint of size " + checkpoint.size() + " of " + checkpoint.origin()
                        + " has this gateway's signature and is not in its store")
                .distinct()
                .toList();
    }
}
