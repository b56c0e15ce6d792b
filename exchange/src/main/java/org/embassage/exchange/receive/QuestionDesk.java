package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerAnswer;
import org.embassage.evidence.ledger.LedgerChallenge;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.LedgerQuestions.Open;
import org.embassage.exchange.ledger.LedgerTree;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receive.WitnessDesk.Proof;
import org.embassage.exchange.wire.ItemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers challenges of peers, and judges their answers to ours: the answer was made after the nonce, so a ledger that is
 * smaller than what its owner signed before was cut. With it comes what the peer holds of our own ledger. Thread-safe.
 */
final class QuestionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(QuestionDesk.class);

    /** How many of our newest checkpoints a peer is told that missed some. */
    private static final int JOINED = 32;

    private final PeerDirectory peers;
    private final Journal journal;
    private final Ledgerbook ledgerbook;
    private final LedgerHeads heads;
    private final Witnessing witnessing;
    private final WitnessDesk witness;
    private final AnswerLimit limit = new AnswerLimit();

    QuestionDesk(
            PeerDirectory peers, Journal journal, Ledgerbook ledgerbook, Witnessing witnessing, WitnessDesk witness) {
        this.peers = peers;
        this.journal = journal;
        this.ledgerbook = ledgerbook;
        this.heads = witnessing.heads();
        this.witnessing = witnessing;
        this.witness = witness;
    }

    /** Answers with our newest checkpoint, and sends it as a note too, so that the peer may hold and cosign it. */
    void challenge(byte[] octets, GatewayId from, Instant now) {
        Optional<LedgerChallenge> challenge = LedgerChallenge.parse(octets)
                .filter(asked -> asked.origin().equals(witnessing.tree().origin()));
        Optional<Peer> peer = peers.find(from);
        Optional<HeldNote> own = heads.own();
        if (challenge.isEmpty() && peer.isPresent() && ofOtherEpoch(octets)) {
            LOG.info("peer={} event=LedgerChallengeOfOtherEpoch", from); // it is told of ours by its beginning
            return;
        }
        if (challenge.isEmpty() || peer.isEmpty() || own.isEmpty()) {
            witness.unreadable(octets, from, now);
            return;
        }
        if (!limit.allows(from, now)) {
            LOG.warn("peer={} event=LedgerChallenge answer=withheld", from);
            return;
        }
        LedgerTree tree = witnessing.tree();
        long size = own.get().size();
        long holds = challenge.get().holds();
        long proven = holds <= size ? holds : 0;
        AnswerNote answer = new AnswerNote(
                tree.origin(),
                challenge.get().nonce(),
                size,
                tree.checkpoint(size).root(),
                proven == 0
                        ? Optional.empty()
                        : Optional.of(new AnswerNote.Asked(
                                proven, tree.checkpoint(proven).root())));
        LedgerAnswer whole = new LedgerAnswer(
                witnessing.signer().sign(answer.text()),
                proven,
                tree.consistencyProof(proven, size),
                heads.peer(from).map(HeldNote::note));
        List<Fact> facts = new ArrayList<>();
        facts.add(witnessing.post().put(peer.get(), ItemKind.LEDGER_ANSWER, whole.octets(), now));
        if (holds < size) {
            facts.addAll(witnessing.post().notes(peer.get(), holds, missed(own.get()), now));
        }
        var unused = journal.commit(new StepOutcome(facts));
        LOG.info("peer={} event=LedgerAnswer size={}", from, size);
    }

    private boolean ofOtherEpoch(byte[] challenge) {
        return LedgerChallenge.parse(challenge)
                .flatMap(asked -> EpochBeginning.gatewayOf(asked.origin()))
                .equals(EpochBeginning.gatewayOf(witnessing.tree().origin()));
    }

    private boolean ofOtherEpoch(LedgerAnswer answer, GatewayId from) {
        String origin = answer.note().lines().skip(1).findFirst().orElse("");
        return EpochBeginning.gatewayOf(origin).equals(Optional.of(from.value()))
                && witness.ledgerOf(from)
                        .flatMap(key -> AnswerNote.verified(answer.note(), key.under(origin)))
                        .isPresent();
    }

    /** Our newest checkpoints, smallest first: proofs that we sent may name any of them, and the peer is to join them all. */
    private List<HeldNote> missed(HeldNote own) {
        List<HeldNote> missed = new ArrayList<>(ledgerbook.checkpoints(JOINED));
        Collections.reverse(missed);
        missed.removeIf(note -> note.size() >= own.size());
        missed.add(own);
        return missed;
    }

    /** Judges an answer, first for what it says of the peer's ledger, then for what the peer holds of ours. */
    void answer(byte[] octets, GatewayId from, Instant now) {
        Optional<LedgerAnswer> whole = LedgerAnswer.parse(octets);
        Optional<AnswerNote> answer = whole.flatMap(
                read -> witness.ledgerOf(from).flatMap(ledger -> AnswerNote.verified(read.note(), ledger)));
        if (whole.isPresent() && answer.isEmpty() && ofOtherEpoch(whole.get(), from)) {
            LOG.info("peer={} event=LedgerAnswerOfOtherEpoch", from);
            return;
        }
        if (whole.isEmpty() || answer.isEmpty()) {
            witness.unreadable(octets, from, now);
            return;
        }
        Optional<Open> question =
                witnessing.questions().close(from, answer.get().nonce());
        if (question.isEmpty()) {
            LOG.info("peer={} event=LedgerAnswerUnasked", from);
        } else {
            judge(octets, whole.get(), answer.get(), question.get(), from, now);
        }
        whole.get().held().ifPresent(note -> {
            var unused = witnessing.history().judge(note, from.value(), now);
        });
    }

    private void judge(
            byte[] octets, LedgerAnswer whole, AnswerNote answer, Open question, GatewayId from, Instant now) {
        Optional<HeldNote> contradicted = contradicted(whole, answer, question, from);
        Fact kept = new Fact.AnswerKept(
                from, answer.size(), now, whole.note(), question.opening().text(), contradicted.isEmpty());
        if (contradicted.isPresent()) {
            FaultCode code = answer.size() < contradicted.get().size()
                    ? FaultCode.LEDGER_SMALLER_ANSWER
                    : FaultCode.LEDGER_INCONSISTENT;
            Proof proof = new Proof(whole.from(), whole.path(), Optional.of(question.opening()));
            witness.caught(octets, from, kept, whole.note(), contradicted.get(), proof, code, now);
            return;
        }
        var unused = journal.commit(StepOutcome.of(kept));
        witnessing.questions().heard(from, now);
        LOG.info("peer={} event=LedgerAnswered size={}", from, answer.size());
    }

    /** The checkpoint, signed before, that the answer contradicts. */
    private Optional<HeldNote> contradicted(LedgerAnswer whole, AnswerNote answer, Open question, GatewayId from) {
        for (Checkpoint stated : answer.checkpoints()) {
            Optional<HeldNote> forked = ledgerbook
                    .peerNote(from, stated.size())
                    .filter(same -> !root(same).equals(Optional.of(stated.root())));
            if (forked.isPresent()) {
                return forked;
            }
        }
        return question.held().filter(held -> !continues(held, whole, answer));
    }

    private static boolean continues(HeldNote held, LedgerAnswer whole, AnswerNote answer) {
        return Checkpoint.unverified(held.note())
                .map(before -> before.size() == answer.size()
                        ? before.root().equals(answer.root())
                        : whole.from() == before.size()
                                && MerkleProofs.consistent(
                                        before.size(), before.root(), answer.size(), answer.root(), whole.path()))
                .orElse(false);
    }

    private static Optional<Digest> root(HeldNote note) {
        return Checkpoint.unverified(note.note()).map(Checkpoint::root);
    }
}
