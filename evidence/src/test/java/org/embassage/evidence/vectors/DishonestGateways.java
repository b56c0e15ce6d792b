package org.embassage.evidence.vectors;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Draft;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** What a gateway, or its country, can sign that has its own keys. */
final class DishonestGateways {

    private DishonestGateways() {}

    static List<Vector> all() {
        return List.of(
                Vector.bundle(
                        "signer-not-on-the-card",
                        Check.SIGNER_GATEWAY,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "a receipt by a certificate of the right name that the peer card does not list",
                        () -> {
                            World world = new World();
                            TestPki.Holder listed = world.qosSeal;
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.qosSeal = world.qosAuthority.gateway(World.QOS);
                            world.say(EvidenceEvent.RELAY_ACCEPTANCE);
                            world.say(EvidenceEvent.CONTENT_HANDOVER);
                            world.qosSeal = listed;
                            return world.bundle();
                        }),
                Vector.bundle(
                        "country-forged-by-the-other",
                        Check.CARD,
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "keys of QVL that the authority of QOS issued sign the receipts and the card of QVL",
                        DishonestGateways::forgedCountry),
                Vector.again(
                                "bundles/country-forged-by-the-other.zip",
                                Check.COUNTRY_AUTHORITY,
                                Indication.CHAIN_CONSTRAINTS_FAILURE,
                                "the same, judged with anchors that are not bound to a country")
                        .trusting("roots-unbound"),
                Vector.bundle(
                        "card-by-the-other-country",
                        Check.CARD,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the card of QOS-POL signed by the party key of QVL",
                        () -> {
                            Scene scene = new Scene();
                            String path = "cards/QOS-POL.1.card.xml";
                            return scene.forge(files ->
                                    files.put(path + ".p7s", World.partySign(scene.world.qvlParty, files.get(path))));
                        }),
                exchange(
                        "two-outcomes",
                        Check.OUTCOME,
                        Indication.CONTRADICTION,
                        "a hand-over and a failed hand-over of one exchange",
                        world -> {
                            usual(world);
                            world.say(EvidenceEvent.CONTENT_HANDOVER_FAILURE);
                        }),
                exchange(
                        "hand-over-of-what-was-refused",
                        Check.OUTCOME,
                        Indication.CONTRADICTION,
                        "relayed, refused and handed over",
                        world -> {
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.say(EvidenceEvent.RELAY_ACCEPTANCE);
                            world.say(EvidenceEvent.RELAY_REJECTION);
                            world.say(EvidenceEvent.CONTENT_HANDOVER);
                        }),
                relayed(
                        "receipt-for-another-message",
                        Check.DIGESTS,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance that states another outer digest",
                        draft -> draft.digests = draft.digests.map(good -> new MessageDigests(
                                Digest.sha256(World.text("another")), good.inner(), good.manifest()))),
                exchange(
                        "reordered",
                        Check.ORDER,
                        Indication.CONTRADICTION,
                        "a hand-over that says it came before the relay",
                        world -> {
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.say(EvidenceEvent.RELAY_ACCEPTANCE);
                            world.say(EvidenceEvent.CONTENT_HANDOVER, draft -> draft.time = world.start);
                        }),
                relayed(
                        "back-dated",
                        Check.ORDER,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance dated ten minutes before the submission",
                        draft -> draft.time = draft.time.minusSeconds(600)),
                exchange(
                        "clause-unknown",
                        Check.TERMS,
                        Indication.CONTRADICTION,
                        "receipts that cite a rule which the agreement does not have",
                        world -> world.say(
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                draft -> draft.terms = draft.terms.map(
                                        t -> terms(t.agreementVersion(), t.agreementDigest(), "R9", t.decision())))),
                relayed(
                        "terms-of-another-version",
                        Check.AGREEMENT,
                        Indication.HASH_FAILURE,
                        "a RelayAcceptance under another agreement than the bundle holds",
                        draft -> draft.terms = draft.terms.map(
                                t -> terms(1, Digest.sha256(World.text("other version")), t.clause(), t.decision()))),
                relayed(
                        "success-not-permitted",
                        Check.TERMS,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance whose decision is REFUSE",
                        draft -> draft.terms = draft.terms.map(
                                t -> terms(t.agreementVersion(), t.agreementDigest(), t.clause(), "REFUSE"))),
                relayed(
                        "previous-replaced",
                        Check.PREVIOUS,
                        Indication.CONTRADICTION,
                        "a link to an earlier receipt with another digest",
                        draft -> draft.previous = draft.previous.map(
                                link -> new Previous(link.id(), Digest.sha256(World.text("replaced"))))),
                relayed(
                        "own-checkpoint-of-the-other",
                        Check.PREDATES,
                        Indication.LEDGER_FAILURE,
                        "a receipt whose own checkpoint is the other gateway's",
                        draft -> draft.checkpoints =
                                new Checkpoints(draft.checkpoints.peer().orElseThrow(), draft.checkpoints.peer())),
                relayed(
                        "peer-checkpoint-of-itself",
                        Check.PREDATES,
                        Indication.LEDGER_FAILURE,
                        "a receipt whose peer checkpoint is its issuer's",
                        draft -> draft.checkpoints =
                                new Checkpoints(draft.checkpoints.own(), Optional.of(draft.checkpoints.own()))));
    }

    private static Terms terms(int version, Digest digest, String clause, String decision) {
        return new Terms("QVL-QOS-2031-01", version, digest, clause, decision, List.of());
    }

    /** An exchange as told; the bundle is otherwise in order. */
    private static Vector exchange(
            String name, Check check, Indication indication, String done, Consumer<World> story) {
        return Vector.bundle(name, check, indication, done, told(story));
    }

    /** A usual exchange with a changed RelayAcceptance. */
    private static Vector relayed(
            String name, Check check, Indication indication, String done, Consumer<Draft> change) {
        return exchange(name, check, indication, done, world -> {
            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
            world.say(EvidenceEvent.RELAY_ACCEPTANCE, change);
            world.say(EvidenceEvent.CONTENT_HANDOVER);
        });
    }

    private static Callable<byte[]> told(Consumer<World> story) {
        return () -> {
            World world = new World();
            story.accept(world);
            return world.bundle();
        };
    }

    private static void usual(World world) {
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        world.say(EvidenceEvent.CONTENT_HANDOVER);
    }

    private static byte[] forgedCountry() {
        World world = new World();
        TestPki.Holder forgedParty = world.qosAuthority.party("QVL");
        world.qvlSeal = world.qosAuthority.gateway(World.QVL);
        usual(world);
        byte[] card = world.card(World.QVL, world.qvlSeal, world.qvlLedger);
        return World.forge(world.bundle(), files -> {
            files.put("cards/QVL-BG.1.card.xml", card);
            files.put("cards/QVL-BG.1.card.xml.p7s", World.partySign(forgedParty, card));
        });
    }
}
