package org.embassage.gateway.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerTiles;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.ledger.CosignedNotes;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Round;

/**
 * The ledger as plain files that an auditor can copy (c2sp.org/tlog-tiles): {@code checkpoint}, {@code tile/…}, entries below
 * {@code tile/entries/…}, and notes of ours and of peers with their cosignatures below {@code notes/<GATEWAY>/…}. Only what is
 * new is written. One instance for each folder; not thread-safe.
 */
public final class LedgerFiles implements Round {

    private static final int NOTES = 64;

    private final Path folder;
    private final Ledgerbook ledgerbook;
    private final PeerDirectory peers;
    private final CosignedNotes cosigned;
    private final int most;
    private long written;

    /** Of each ledger the newest notes only; those of before were written when they were new. */
    public LedgerFiles(Path folder, Ledgerbook ledgerbook, PeerDirectory peers) {
        this(folder, ledgerbook, peers, NOTES);
    }

    private LedgerFiles(Path folder, Ledgerbook ledgerbook, PeerDirectory peers, int most) {
        this.most = most;
        this.folder = folder;
        this.ledgerbook = ledgerbook;
        this.peers = peers;
        this.cosigned = new CosignedNotes(ledgerbook);
    }

    /** Into a folder that has nothing of it yet: every note. */
    public static LedgerFiles whole(Path folder, Ledgerbook ledgerbook, PeerDirectory peers) {
        return new LedgerFiles(folder, ledgerbook, peers, Integer.MAX_VALUE);
    }

    /** @throws Broken STORE_UNAVAILABLE if the folder cannot be written */
    @Override
    public boolean run() {
        try {
            write();
            return false;
        } catch (IOException full) {
            throw new Broken(FaultCode.STORE_UNAVAILABLE, full);
        }
    }

    /** Writes all that is new since this instance wrote last. */
    public void write() throws IOException {
        Optional<HeldNote> newest = ledgerbook.newestCheckpoint();
        if (newest.isEmpty()) {
            return;
        }
        if (newest.get().size() > written) {
            tiles(newest.get().size());
            written = newest.get().size();
        }
        notes();
        SafeFiles.write(
                folder.resolve("checkpoint"), octets(cosigned.with(newest.get().note())));
    }

    /** Where the files of the book's epoch lie: the first in the folder itself, each later one in a folder of its own. */
    public static Path folder(Path folder, Ledgerbook ledgerbook) {
        List<Ledgerbook.Epoch> epochs = ledgerbook.epochs();
        long number = epochs.stream()
                .filter(epoch -> epoch.first() <= ledgerbook.first())
                .count();
        return number < 2 ? folder : folder.resolve("epoch-" + number);
    }

    /** The checkpoint that is on disk, if there is one; of a ledger that was put back it is larger than the ledger. */
    public static Optional<String> checkpoint(Path folder) {
        Path file = folder.resolve("checkpoint");
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private void tiles(long size) throws IOException {
        LedgerTiles tiles = new LedgerTiles(ledgerbook::leafHashes, ledgerbook::leaves);
        for (LedgerTiles.Resource resource : tiles.between(written, size)) {
            Path file = folder.resolve(resource.path());
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent() == null ? folder : file.getParent());
                Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
                Files.write(hidden, resource.octets());
                Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private void notes() throws IOException {
        for (Peer peer : peers.all()) {
            List<HeldNote> held = ledgerbook.peerNotes(peer.id(), most);
            for (HeldNote note : held) {
                note(peer.id(), note.note());
            }
        }
        for (HeldNote note : ledgerbook.checkpoints(most)) {
            note(peers.self().id(), note.note());
        }
    }

    private void note(GatewayId ledger, String plain) throws IOException {
        String note = cosigned.with(plain);
        Optional<Checkpoint> checkpoint = Checkpoint.unverified(plain);
        if (checkpoint.isEmpty()) {
            return;
        }
        String hex = Digest.sha256(octets(plain)).hex().substring(0, 8);
        Path file = folder.resolve("notes")
                .resolve(ledger.value())
                .resolve(checkpoint.get().size() + "." + hex + ".note");
        boolean same = Files.exists(file) && Files.size(file) == octets(note).length;
        if (!same) {
            SafeFiles.write(file, octets(note));
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
