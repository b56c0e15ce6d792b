package org.embassage.evidence.vectors;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** What a gateway can do to its ledger that has the ledger's key. */
final class DishonestLedgers {

    private DishonestLedgers() {}

    static List<Vector> all() {
        return List.of(
                Vector.bundle(
                        "ledger-forked",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "the peer holds a checkpoint of the same size with another root",
                        () -> {
                            World world = new Scene().world;
                            TestLedger other = world.qosLedger.fork(2);
                            while (other.tree().size() < world.qosLedger.tree().size()) {
                                other.append(LedgerLeaf.epoch("rewritten", "-"));
                            }
                            return world.bundle(writer -> writer.note(World.QVL, other.checkpoint()));
                        }),
                answer(
                        "answer-of-another-root",
                        "an answer, at a size of which no checkpoint is here, states another root of the size that was asked about",
                        honest -> {
                            TestLedger other = honest.fork(2);
                            while (other.tree().size() < honest.tree().size() + 3) {
                                other.append(LedgerLeaf.epoch("rewritten", "-"));
                            }
                            return other;
                        }),
                answer(
                        "answer-of-a-smaller-ledger",
                        "an answer states fewer entries than were held",
                        honest -> honest.fork(2)),
                Vector.bundle(
                        "ledger-rolled-back",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "the ledger was set back and grew again otherwise: the new checkpoint does not continue the old",
                        () -> {
                            World world = new Scene().world;
                            TestLedger other = world.qosLedger.fork(1);
                            for (int i = 0; i < 9; i++) {
                                other.append(LedgerLeaf.epoch("rewritten", Integer.toString(i)));
                            }
                            return world.bundle(writer -> continued(writer.note(World.QVL, other.checkpoint()), other));
                        }),
                Vector.bundle(
                        "ledger-not-continued",
                        Check.CONTINUITY,
                        Indication.TRY_LATER,
                        "a later checkpoint without a proof that it continues the earlier ones",
                        () -> {
                            World world = new Scene().world;
                            TestLedger longer = world.qosLedger.fork(
                                    (int) world.qosLedger.tree().size());
                            longer.append(LedgerLeaf.epoch("later", "-"));
                            return world.bundle(writer -> writer.note(World.QVL, longer.checkpoint()));
                        }),
                Vector.bundle(
                        "receipt-in-no-ledger",
                        Check.INCLUSION,
                        Indication.TRY_LATER,
                        "a signed receipt that was never put into the ledger",
                        () -> {
                            World world = new World();
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.say(EvidenceEvent.RELAY_ACCEPTANCE);
                            world.receipts.add(world.sign(EvidenceEvent.CONTENT_HANDOVER, draft -> {}));
                            return world.bundle();
                        }),
                Vector.bundle(
                        "own-checkpoint-not-predating",
                        Check.PREDATES,
                        Indication.LEDGER_FAILURE,
                        "a back-dated receipt: its own checkpoint would already hold it",
                        () -> {
                            World world = new World();
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            Receipt backDated = world.sign(EvidenceEvent.RELAY_ACCEPTANCE, draft -> {
                                TestLedger ahead = world.qosLedger.fork(2);
                                ahead.append(LedgerLeaf.epoch("a", "-"));
                                ahead.append(LedgerLeaf.epoch("b", "-"));
                                draft.checkpoints = new Checkpoints(ahead.checkpoint(), draft.checkpoints.peer());
                            });
                            world.qosLedger.append(LedgerLeaf.issued(backDated));
                            world.receipts.add(backDated);
                            return world.bundle();
                        }));
    }

    /** @param by the ledger that answers; it was held at the size of the honest one */
    private static Vector answer(String name, String done, UnaryOperator<TestLedger> by) {
        return Vector.bundle(name, Check.LEDGERS, Indication.LEDGER_FAILURE, done, () -> {
            World world = new Scene().world;
            return answered(world, by.apply(world.qosLedger));
        });
    }

    /** The usual bundle with an answer by this ledger to a challenge of QVL-BG, who held the newest note of QOS-POL. */
    static byte[] answered(World world, TestLedger by) {
        long held = world.qosLedger.tree().size();
        ChallengeOpening opening = new ChallengeOpening("5a".repeat(32), Optional.of(world.qosLedger.checkpoint()));
        long size = by.tree().size();
        Optional<AnswerNote.Asked> asked = size < held
                ? Optional.empty()
                : Optional.of(new AnswerNote.Asked(held, by.tree().root(held)));
        String answer = by.sign(
                new AnswerNote(by.origin(), opening.nonce(), size, by.tree().root(size), asked).text());
        return world.bundle(writer -> writer.answer(World.QVL, World.QOS, answer, opening.text()));
    }

    private static void continued(BundleWriter writer, TestLedger rewritten) {
        BundleWriter unused = writer.consistency(
                new ConsistencyProof(rewritten.origin(), 4, 10, rewritten.tree().consistencyProof(4, 10)));
    }
}
