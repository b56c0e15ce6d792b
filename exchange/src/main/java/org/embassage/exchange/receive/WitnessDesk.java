package org.embassage.exchange.receive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.evidence.ledger.Misbehaviour;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.ledger.CosignedNotes;
import org.embassage.exchange.ledger.Traffic;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.wire.ItemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Witnesses the peers' ledgers. A checkpoint is held only after its proof of consistency with the one held before, and
 * cosigned only after it is durably held. A failed proof, two roots of one size, or a smaller size in the answer to a fresh
 * challenge is an alarm: traffic with the peer stops, and both notes are kept as proof that anybody can check. Thread-safe.
 */
final class WitnessDesk {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessDesk.class);
    private static final int ATTEMPTS = 8;
    private static final String PEER_FILES = "peer-";

    private final PeerDirectory peers;
    private final Journal journal;
    private final Ledgerbook ledgerbook;
    private final LedgerHeads heads;
    private final Witnessing witnessing;
    private final CosignedNotes cosigned;
    /** Of whom a file was written since the start, one that proves (true) and one that does not (false). */
    private final Map<GatewayId, Set<Boolean>> accused = new ConcurrentHashMap<>();

    WitnessDesk(PeerDirectory peers, Journal journal, Ledgerbook ledgerbook, Witnessing witnessing) {
        this.peers = peers;
        this.journal = journal;
        this.ledgerbook = ledgerbook;
        this.heads = witnessing.heads();
        this.witnessing = witnessing;
        this.cosigned = new CosignedNotes(ledgerbook);
    }

    // ---- a checkpoint with its proof

    /** Judges and commits what a peer says of its own ledger. */
    synchronized void note(byte[] octets, GatewayId from, Instant now) {
        Optional<LedgerNote> note = LedgerNote.parse(octets);
        Optional<Checkpoint> checkpoint = note.flatMap(read -> verified(read.note(), from));
        if (note.isPresent() && ofOtherEpoch(note.get().note(), from)) {
            LOG.warn("peer={} event=LedgerNoteOfOtherEpoch", from);
            return;
        }
        if (note.isEmpty() || checkpoint.isEmpty()) {
            unreadable(octets, from, now);
            return;
        }
        heads.told(from, note.get().holds());
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (judged(octets, note.get(), checkpoint.get(), from, now)) {
                return;
            }
            var unused = heads.refresh(from);
        }
        LOG.warn("peer={} event=LedgerNoteContended", from); // it comes again
    }

    /** @return false if another note was held meanwhile, so that it must be judged again */
    private boolean judged(byte[] octets, LedgerNote note, Checkpoint offered, GatewayId from, Instant now) {
        Optional<HeldNote> held = heads.peer(from);
        Optional<HeldNote> sameSize = held.filter(known -> known.size() == offered.size())
                .or(() -> ledgerbook.peerNote(from, offered.size()));
        HeldNote fresh = new HeldNote(offered.size(), now, note.note(), true);
        if (sameSize.isPresent() && !root(sameSize.get()).equals(Optional.of(offered.root()))) {
            alarm(octets, from, fresh, sameSize.get(), Proof.NONE, now);
            return true;
        }
        if (held.isEmpty()) {
            return hold(from, 0, List.of(), fresh, offered, now);
        }
        Checkpoint before = Checkpoint.unverified(held.get().note()).orElseThrow();
        if (offered.size() <= before.size()) {
            LOG.info("peer={} event=LedgerNote size={} held={}", from, offered.size(), before.size());
            cosignHeld(from, held.get(), now);
            return true;
        }
        if (note.from() != before.size()) {
            LOG.info("peer={} event=LedgerNoteUnproven size={} held={}", from, offered.size(), before.size());
            witnessing.questions().unproven(from, offered.size());
            ask(from, now);
            return true;
        }
        if (!MerkleProofs.consistent(before.size(), before.root(), offered.size(), offered.root(), note.path())) {
            alarm(octets, from, fresh, held.get(), new Proof(note.from(), note.path(), Optional.empty()), now);
            return true;
        }
        return hold(from, before.size(), note.path(), fresh, offered, now);
    }

    /**
     * Judges a checkpoint that the peer signed and somebody else was shown. One that we do not hold is asked for: the peer must
     * show that what it tells us continues it.
     *
     * @return false if it must be judged again later
     */
    synchronized boolean shown(Peer peer, HeldNote shown, Checkpoint checkpoint, Instant now) {
        Optional<HeldNote> same = ledgerbook.peerNote(peer.id(), checkpoint.size());
        if (same.isPresent()) {
            if (!root(same.get()).equals(Optional.of(checkpoint.root()))) {
                byte[] octets = shown.note().getBytes(StandardCharsets.UTF_8);
                alarm(octets, peer.id(), shown, same.get(), Proof.NONE, now);
            }
            return true;
        }
        Optional<Fact> question = witnessing.questions().ask(peer, Optional.of(shown), now);
        question.ifPresent(fact -> {
            var unused = journal.commit(StepOutcome.of(fact));
        });
        return question.isPresent();
    }

    private static Optional<Digest> root(HeldNote note) {
        return Checkpoint.unverified(note.note()).map(Checkpoint::root);
    }

    /** The first checkpoint of an epoch that was accepted in the same step is the newest one held: it is cosigned. */
    synchronized void holdsFirst(GatewayId from, HeldNote first, Instant now) {
        var unused = heads.refresh(from);
        witnessing.questions().heard(from, now);
        witnessing.questions().held(from, Long.MAX_VALUE);
        cosignHeld(from, first, now);
    }

    private boolean hold(
            GatewayId from, long after, List<Digest> path, HeldNote fresh, Checkpoint offered, Instant now) {
        StepResult result = journal.commit(StepOutcome.of(
                new Fact.PeerLedgerContinued(offered.origin(), after, offered.size(), now, path),
                new Fact.PeerNoteHeld(from, fresh.size(), now, fresh.note(), true)));
        if (result instanceof StepResult.Conflict) {
            return false;
        }
        heads.held(from, fresh);
        witnessing.questions().heard(from, now);
        witnessing.questions().held(from, fresh.size());
        LOG.info("peer={} event=PeerNoteHeld size={}", from, fresh.size());
        cosignHeld(from, fresh, now);
        return true;
    }

    /** Cosigns what is durably held and newest, unless that was done. */
    private void cosignHeld(GatewayId from, HeldNote held, Instant now) {
        Optional<Cosigner> cosigner = witnessing.cosigner();
        Optional<SignedNote> note = SignedNote.parse(held.note());
        Optional<Checkpoint> checkpoint = Checkpoint.unverified(held.note());
        Optional<Peer> peer = peers.find(from);
        if (cosigner.isEmpty() || note.isEmpty() || checkpoint.isEmpty() || peer.isEmpty()) {
            return;
        }
        String name = cosigner.get().verifier().name();
        String origin = checkpoint.get().origin();
        boolean done = ledgerbook
                .newestCosignature(origin, name)
                .map(newest -> newest.size() >= held.size())
                .orElse(false);
        if (done) {
            return;
        }
        SignedNote.Line line = cosigner.get().cosign(note.get().text(), now);
        byte[] cosigned = note.get().with(line).toString().getBytes(StandardCharsets.UTF_8);
        var unused = journal.commit(StepOutcome.of(
                new Fact.CosignatureKept(origin, held.size(), name, seconds(now), line.text()),
                witnessing.post().put(peer.get(), ItemKind.COSIGNATURE, cosigned, now)));
        LOG.info("peer={} event=Cosigned size={}", from, held.size());
    }

    private static Instant seconds(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond());
    }

    // ---- a cosignature on a checkpoint of ours

    /** Judges and keeps a cosignature; a checkpoint of ours that our ledger does not continue stops everything. */
    synchronized void cosignature(byte[] octets, GatewayId from, Instant now) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Optional<Checkpoint> ours =
                Checkpoint.verified(text, witnessing.signer().verifier());
        Optional<SignedNote> note = SignedNote.parse(text);
        Optional<CosignatureVerifier> witness =
                peers.find(from).flatMap(Peer::witnessKey).flatMap(CosignatureVerifier::parse);
        Optional<Instant> at = witness.flatMap(key -> note.flatMap(key::cosigned));
        if (ours.isEmpty() && at.isPresent() && isOurs(text)) {
            LOG.info("peer={} event=CosignatureOfOtherEpoch", from);
            return;
        }
        if (ours.isEmpty() || at.isEmpty()) {
            unreadable(octets, from, now);
            return;
        }
        if (!witnessing.history().judge(text, from.value(), now)) {
            return;
        }
        SignedNote.Line line =
                witness.flatMap(key -> key.line(note.orElseThrow())).orElseThrow();
        var unused = journal.commit(StepOutcome.of(
                new Fact.CosignatureKept(ours.get().origin(), ours.get().size(), line.name(), at.get(), line.text())));
        heads.told(from, Math.max(heads.holds(from), ours.get().size()));
        LOG.info("peer={} event=CosignatureKept size={}", from, ours.get().size());
    }

    // ---- trouble

    /** Asks the peer for its newest checkpoint with the proof from what we hold. */
    private void ask(GatewayId from, Instant now) {
        peers.find(from).flatMap(peer -> witnessing.questions().ask(peer, now)).ifPresent(question -> {
            var unused = journal.commit(StepOutcome.of(question));
        });
    }

    /**
     * What came with a note that accuses its signer.
     *
     * @param from 0 for no proof of consistency
     */
    record Proof(long from, List<Digest> path, Optional<ChallengeOpening> opening) {
        static final Proof NONE = new Proof(0, List.of(), Optional.empty());
    }

    /** Keeps both notes, in the store and as files, and stops traffic with the peer. */
    void alarm(byte[] octets, GatewayId from, HeldNote offered, HeldNote held, Proof proof, Instant now) {
        Fact fact = new Fact.PeerNoteHeld(from, offered.size(), now, offered.note(), false);
        caught(octets, from, fact, offered.note(), held, proof, FaultCode.LEDGER_INCONSISTENT, now);
        // nobody signs a proof: the answer states, signed, which root the size that we hold has in the peer's tree now
        ask(from, now);
    }

    /** @param fact by which the accusing note is kept; it never conflicts */
    void caught(
            byte[] octets,
            GatewayId from,
            Fact fact,
            String note,
            HeldNote held,
            Proof proof,
            FaultCode code,
            Instant now) {
        accuse(from, note, held, proof, now);
        if (witnessing.gate().stopped(from).map(Traffic::accusesLedger).orElse(false)) {
            // it tells no more than what is kept already, and must not fill the store
            LOG.warn("peer={} event=LedgerStillInconsistent fault={}", from, code.code());
            return;
        }
        witnessing.alarms().keep(PEER_FILES + from, held.note());
        witnessing.alarms().keep(PEER_FILES + from, note);
        Fact.Quarantined item =
                Quarantine.item("ledger", octets, Fault.of(code), Optional.empty(), from, Optional.empty(), now);
        var unused = witnessing
                .traffic()
                .stop(
                        from,
                        Act.byRule("SUSPEND", Optional.of(item.quarantineId())),
                        Reason.of(code.name()),
                        List.of(fact));
        var also = journal.commit(StepOutcome.of(item));
        LOG.error("peer={} ALARM fault={} held={}: traffic is stopped", from, code.code(), held.size());
    }

    /** Writes the portable file; while traffic is stopped only one that proves what those before did not. */
    private void accuse(GatewayId from, String note, HeldNote held, Proof proof, Instant now) {
        Optional<NoteVerifier> ledger = ledgerOf(from);
        if (ledger.isEmpty()) {
            return;
        }
        Misbehaviour accusation = new Misbehaviour(
                ledger.get().vkey(),
                peers.self().id().value(),
                now,
                cosigned.with(held.note()),
                note,
                proof.opening(),
                proof.from(),
                proof.path());
        boolean proves = accusation.judge(ledger.get()).isProof();
        if (accused.computeIfAbsent(from, peer -> new HashSet<>()).add(proves)) {
            witnessing.alarms().accuse(from, accusation);
        }
    }

    void unreadable(byte[] octets, GatewayId from, Instant now) {
        Fault fault = Fault.of(FaultCode.LEDGER_NOTE_UNREADABLE);
        var unused = journal.commit(StepOutcome.of(
                Quarantine.item("ledger", octets, fault, Optional.empty(), from, Optional.empty(), now)));
        LOG.warn(
                "peer={} event=LedgerItemQuarantined fault={}",
                from,
                fault.code().code());
    }

    /** Whether the peer's ledger key signed it, for an epoch that is not the one which we accepted. */
    boolean ofOtherEpoch(String note, GatewayId from) {
        Optional<String> origin = Checkpoint.unverified(note).map(Checkpoint::origin);
        return origin.flatMap(EpochBeginning::gatewayOf).equals(Optional.of(from.value()))
                && ledgerOf(from)
                        .filter(key -> !key.name().equals(origin.orElseThrow()))
                        .map(key -> Checkpoint.verified(note, key.under(origin.orElseThrow()))
                                .isPresent())
                        .orElse(false);
    }

    private boolean isOurs(String note) {
        return Checkpoint.unverified(note)
                .map(Checkpoint::origin)
                .map(origin -> Checkpoint.verified(
                                note, witnessing.signer().verifier().under(origin))
                        .isPresent())
                .orElse(false);
    }

    Optional<Checkpoint> verified(String note, GatewayId from) {
        return ledgerOf(from).flatMap(ledger -> Checkpoint.verified(note, ledger));
    }

    Optional<NoteVerifier> ledgerOf(GatewayId from) {
        return peers.find(from).flatMap(peer -> NoteVerifier.parse(peer.ledgerKey()));
    }
}
