package org.embassage.gateway.evidence;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Ledgerbook.KeptAnswer;
import org.embassage.exchange.ledger.CosignedNotes;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;

/**
 * What this gateway and its peers witnessed of each other's ledgers, for a bundle: notes with their cosignatures, the proofs
 * by which peers' ledgers were found to continue, their answers to our challenges, and what accuses them.
 */
public final class WitnessMaterial {

    private static final int ACCUSING = 64;
    private static final int ANSWERS = 16;
    /** Own checkpoints that a peer may show in a bundle of the same hour; docs/formats/dispute.md, "Exported at different times". */
    private static final int RECENT = 24;

    private final Ledgerbook ledgerbook;
    private final PeerDirectory peers;
    private final CosignedNotes cosigned;
    private final Optional<HeldNote> newest;
    private final Optional<HeldNote> newestCosigned;

    private final Beside beside;

    /** Our own newest checkpoints are those of now, however late the rest is read. */
    public WitnessMaterial(Ledgerbook ledgerbook, PeerDirectory peers) {
        this(ledgerbook, peers, Beside.NOTHING);
    }

    /** @param beside bundles whose checkpoints are to be joined to those that we know */
    WitnessMaterial(Ledgerbook ledgerbook, PeerDirectory peers, Beside beside) {
        this.beside = beside;
        this.ledgerbook = ledgerbook;
        this.peers = peers;
        this.cosigned = new CosignedNotes(ledgerbook);
        this.newestCosigned = newestCosigned();
        this.newest = ledgerbook.newestCheckpoint();
    }

    /** Our newest checkpoint. */
    Optional<HeldNote> newest() {
        return newest;
    }

    /** The size of our newest checkpoint that a peer or a witness cosigned; 0 if none did. */
    public long witnessed() {
        return newestCosigned.map(HeldNote::size).orElse(0L);
    }

    private Optional<HeldNote> newestCosigned() {
        return NoteVerifier.parse(peers.self().ledgerKey())
                .flatMap(key -> ledgerbook.newestCosignature(key.name()))
                .map(Cosignature::size)
                .flatMap(ledgerbook::checkpoint)
                .map(note -> new HeldNote(note.size(), note.at(), cosigned.with(note.note()), true));
    }

    /**
     * Puts in what is about our own ledger and about those of the gateways that the receipts name; what other peers did says
     * nothing about these. To be called after the receipts, and before the own ledger's continuity.
     */
    public void add(BundleWriter writer) {
        GatewayId self = peers.self().id();
        newestCosigned.ifPresent(note -> writer.note(self, note.note()));
        newest.ifPresent(note -> writer.note(self, cosigned.with(note.note())));
        newest.ifPresent(last -> ledgerbook.checkpoints(RECENT).stream()
                .filter(note -> note.size() < last.size())
                .forEach(note -> writer.note(self, cosigned.with(note.note()))));
        SortedSet<GatewayId> named = writer.gateways();
        List<Peer> concerned =
                peers.all().stream().filter(peer -> named.contains(peer.id())).toList();
        for (Peer peer : concerned) {
            NoteVerifier.parse(peer.ledgerKey()).ifPresent(key -> add(writer, self, peer.id(), key.name()));
        }
    }

    private void add(BundleWriter writer, GatewayId self, GatewayId peer, String origin) {
        ledgerbook.answers(peer, ANSWERS).stream()
                .filter(answer -> answer.consistent() && joined(peer, answer))
                .findFirst()
                .ifPresent(answer -> writer.answer(self, peer, answer.note(), answer.opening()));
        ledgerbook.answers(peer, ACCUSING).stream()
                .filter(answer -> !answer.consistent())
                .forEach(answer -> writer.answer(self, peer, answer.note(), answer.opening()));
        ledgerbook.peerNotes(peer, ACCUSING).stream()
                .filter(note -> !note.consistent())
                .forEach(note -> accusing(writer, self, peer, note));
        for (String text : ledgerbook.restorebook().peerEpochs()) {
            EpochBeginning.parse(text)
                    .filter(epoch -> EpochBeginning.gatewayOf(epoch.origin()).equals(Optional.of(peer.value())))
                    .ifPresent(epoch -> {
                        writer.epoch(epoch);
                        join(writer, self, peer, epoch.follows());
                    });
        }
        join(writer, self, peer, origin);
    }

    /**
     * Whether we hold the checkpoint that was asked about. One that only a neutral witness had been shown is joined to nothing
     * that we can prove: the peer's word that its ledger continues it is no proof.
     */
    private boolean joined(GatewayId peer, KeptAnswer answer) {
        return ChallengeOpening.parse(answer.opening())
                .flatMap(ChallengeOpening::note)
                .flatMap(Checkpoint::unverified)
                .map(asked -> ledgerbook.peerNote(peer, asked.size()).isPresent())
                .orElse(true);
    }

    /** With the note of the same size that was held, if there is one: the two are proof. */
    private void accusing(BundleWriter writer, GatewayId self, GatewayId peer, HeldNote note) {
        writer.note(self, note.note());
        ledgerbook.peerNote(peer, note.size()).ifPresent(held -> writer.note(self, cosigned.with(held.note())));
    }

    /** The held checkpoints from the smallest to the greatest that the bundle speaks of, each with its proof. */
    private void join(BundleWriter writer, GatewayId self, GatewayId peer, String origin) {
        Optional<HeldNote> newest = ledgerbook.newestPeerNote(peer);
        boolean current =
                newest.map(note -> note.note().startsWith(origin + "\n")).orElse(false);
        SortedSet<Long> spoken = new TreeSet<>(writer.sizes(origin));
        spoken.addAll(beside.sizes(origin));
        if (spoken.isEmpty()) {
            newest.filter(note -> current).ifPresent(note -> writer.note(self, cosigned.with(note.note())));
            return;
        }
        List<ConsistencyProof> proofs = ledgerbook.continuity(origin, spoken.first(), spoken.last());
        for (ConsistencyProof proof : proofs) {
            writer.consistency(proof);
            spoken.add(proof.from());
            spoken.add(proof.to());
        }
        spoken.forEach(size -> ledgerbook
                .peerNote(peer, origin, size)
                .ifPresent(held -> writer.note(self, cosigned.with(held.note()))));
    }
}
