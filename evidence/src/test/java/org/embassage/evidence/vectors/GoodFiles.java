package org.embassage.evidence.vectors;

import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** What nobody touched. */
final class GoodFiles {

    private GoodFiles() {}

    static List<Vector> all() {
        return List.of(
                Vector.goodReceipt(
                        "good-b-b", "a RelayAcceptance with its inclusion proof", () -> new Scene().receipt()),
                Vector.goodReceipt(
                        "good-deflated",
                        "the same, with its entries deflated: the ZIP is no part of what is signed",
                        () -> Packed.of(new Scene().receipt())),
                Vector.goodBundle(
                        "good-handed-over",
                        "one exchange, accepted, relayed and handed over, with its message",
                        () -> new Scene().bundle()),
                Vector.goodBundle("good-with-script", "the same with verify.sh in it, packed", () -> {
                    Scene scene = new Scene();
                    scene.world.script = true;
                    return Packed.of(scene.bundle());
                }),
                Vector.goodBundle(
                        "good-refused",
                        "one exchange that the recipient refused",
                        () -> said(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_REJECTION)),
                Vector.goodBundle(
                        "good-hand-over-failed",
                        "one exchange that was relayed and could not be handed over",
                        () -> said(
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                EvidenceEvent.RELAY_ACCEPTANCE,
                                EvidenceEvent.CONTENT_HANDOVER_FAILURE)),
                Vector.goodBundle(
                        "good-unanswered",
                        "one exchange for which no relay evidence came in time",
                        () -> said(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_FAILURE)),
                Vector.goodBundle(
                        "good-late",
                        "relay evidence that came after the deadline is no contradiction",
                        () -> said(
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                EvidenceEvent.RELAY_FAILURE,
                                EvidenceEvent.RELAY_ACCEPTANCE,
                                EvidenceEvent.CONTENT_HANDOVER)),
                Vector.goodBundle(
                        "good-unopened",
                        "a message that the recipient could not open: its receipt knows the outer digest only",
                        GoodFiles::unopened),
                Vector.goodBundle(
                        "good-answered",
                        "an answer to a challenge, at a size of which no checkpoint is here, states what was held",
                        GoodFiles::answered),
                Vector.goodBundle(
                        "good-rejected-submission",
                        "a record that the sender's own gateway refused",
                        GoodFiles::rejectedSubmission));
    }

    private static byte[] said(EvidenceEvent... events) {
        World world = new World();
        for (EvidenceEvent event : events) {
            world.say(event);
        }
        return world.bundle();
    }

    private static byte[] answered() {
        World world = new Scene().world;
        TestLedger grown = world.qosLedger.fork((int) world.qosLedger.tree().size());
        for (int i = 0; i < 3; i++) {
            grown.append(LedgerLeaf.epoch("later", Integer.toString(i)));
        }
        return DishonestLedgers.answered(world, grown);
    }

    private static byte[] unopened() {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_REJECTION, draft -> {
            draft.subject = new Subject.Unopened();
            draft.terms = Optional.empty();
            draft.digests =
                    draft.digests.map(all -> new MessageDigests(all.outer(), Optional.empty(), Optional.empty()));
        });
        return world.bundle();
    }

    private static byte[] rejectedSubmission() {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_REJECTION, draft -> {
            draft.subject = new Subject.OfSubmission(new SubmissionRef(world.ids.nextDropId(), Optional.of(4)));
            draft.digests = Optional.empty();
        });
        return world.bundle();
    }
}
