package org.embassage.store;

import static org.embassage.store.Values.text;
import static org.embassage.store.Values.whole;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepResult.Kind;

/** How receipts, leaves, notes and proofs are written. */
final class EvidenceChanges {

    private static final Change RECEIPT = Change.insertOrConflict(
            Kind.RECEIPT_KNOWN,
            "receipt",
            "id",
            "id, event, at, issuer, exchange_id, issued, peer, late, manifest_digest, signature_digest,"
                    + " agreement_id, agreement_version, drop_id");
    private static final Change PROOF = Change.of("receipt", "UPDATE receipt SET proof = ? WHERE id = ?");
    private static final Change WAITING = Change.of(
            "early_proof",
            "INSERT INTO early_proof (receipt_id, peer, proof) SELECT ?, ?, ?"
                    + " WHERE (SELECT COUNT(*) FROM early_proof WHERE peer = ?) < 10000"
                    + " ON CONFLICT (peer, receipt_id) DO UPDATE SET proof = excluded.proof");
    private static final Change SETTLED = Change.of("early_proof", "DELETE FROM early_proof WHERE receipt_id = ?");
    private static final Change REFUSED =
            Change.of("early_proof", "DELETE FROM early_proof WHERE peer = ? AND receipt_id = ?");
    private static final Change VOIDED = Change.insert("sequence_void", "peer, first_no, last_no");
    private static final Change CHECKPOINT = Change.insert("checkpoint", "size, at, note");
    private static final Change PEER_NOTE = Change.of(
            "peer_note",
            "INSERT INTO peer_note (peer, note_digest, size, at, note, consistent) VALUES (?, ?, ?, ?, ?, ?)"
                    + " ON CONFLICT (peer, note_digest, consistent) DO NOTHING");

    private EvidenceChanges() {}

    static void receipt(Fact.ReceiptKept fact, StepPlan plan) {
        Evidence evidence = fact.receipt().evidence();
        plan.add(
                RECEIPT,
                evidence.id(),
                evidence.event(),
                evidence.time(),
                evidence.issuer(),
                text(exchange(evidence)),
                fact.issued(),
                text(fact.peer()),
                fact.late(),
                fact.receipt().manifest(),
                fact.receipt().signature(),
                text(evidence.terms().map(Evidence.Terms::agreementId)),
                whole(evidence.terms().map(Evidence.Terms::agreementVersion)),
                text(drop(evidence)));
        plan.keepReceipt(evidence.id(), fact.receipt().container());
        plan.leaf(fact.leaf(), Optional.of(evidence.id()));
    }

    private static Optional<ExchangeId> exchange(Evidence evidence) {
        return evidence.subject() instanceof Subject.OfExchange of ? Optional.of(of.exchange()) : Optional.empty();
    }

    private static Optional<DropId> drop(Evidence evidence) {
        Optional<SubmissionRef> submission = evidence.subject() instanceof Subject.OfExchange of
                ? of.submission()
                : evidence.subject() instanceof Subject.OfSubmission of
                        ? Optional.of(of.submission())
                        : Optional.empty();
        return submission.map(SubmissionRef::drop);
    }

    static void leaf(Fact.LeafAppended fact, StepPlan plan) {
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void voided(Fact.SequenceVoided fact, StepPlan plan) {
        plan.add(VOIDED, fact.peer(), fact.from(), fact.to());
        plan.leaf(fact.leaf(), Optional.empty());
    }

    static void proof(Fact.ProofKept fact, StepPlan plan) {
        plan.add(PROOF, fact.proof(), fact.receipt());
        plan.add(SETTLED, fact.receipt());
    }

    static void waiting(Fact.ProofHeld fact, StepPlan plan) {
        plan.add(WAITING, fact.receipt(), fact.issuer(), fact.proof(), fact.issuer());
    }

    static void refused(Fact.ProofRefused fact, StepPlan plan) {
        plan.add(REFUSED, fact.issuer(), fact.receipt());
    }

    static void checkpoint(Fact.CheckpointSigned fact, StepPlan plan) {
        plan.add(CHECKPOINT, fact.size(), fact.at(), fact.note());
    }

    static void peerNote(Fact.PeerNoteHeld fact, StepPlan plan) {
        Digest digest = Digest.sha256(fact.note().getBytes(StandardCharsets.UTF_8));
        plan.add(PEER_NOTE, fact.peer(), digest, fact.size(), fact.at(), fact.note(), fact.consistent());
    }
}
