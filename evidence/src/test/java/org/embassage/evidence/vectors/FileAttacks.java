package org.embassage.evidence.vectors;

import static org.embassage.evidence.vectors.Scene.AGREEMENT;

import java.util.List;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** What somebody can do to a bundle who has nobody's keys. */
final class FileAttacks {

    private FileAttacks() {}

    static List<Vector> all() {
        return List.of(
                Vector.bundle(
                        "edit-receipt",
                        Check.RECEIPT,
                        Indication.HASH_FAILURE,
                        "the basis of a hand-over changed to ACKNOWLEDGED, with an index to match",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(Scene.inReceipt(
                                    scene.handedOver, Scene.replacing("evidence.xml", "WRITTEN", "ACKNOWLEDGED")));
                        }),
                Vector.bundle(
                        "edit-without-index",
                        Check.RECEIPT,
                        Indication.HASH_FAILURE,
                        "the same, with the exporter's index left as it was",
                        () -> {
                            Scene scene = new Scene();
                            return scene.edit(Scene.inReceipt(
                                    scene.handedOver, Scene.replacing("evidence.xml", "WRITTEN", "ACKNOWLEDGED")));
                        }),
                Vector.bundle(
                        "positive-for-negative",
                        Check.RECEIPT,
                        Indication.HASH_FAILURE,
                        "a failed hand-over turned into a hand-over",
                        FileAttacks::positive),
                Vector.bundle(
                        "drop-receipt", Check.INDEX, Indication.HASH_FAILURE, "a listed receipt taken out", () -> {
                            Scene scene = new Scene();
                            return scene.edit(files -> files.remove(path(scene.relayed)));
                        }),
                Vector.bundle(
                        "drop-receipt-and-its-line",
                        Check.PREVIOUS,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "a receipt left out by the exporter: the link to it is left",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> {
                                files.remove(path(scene.relayed));
                                files.keySet().removeIf(name -> name.startsWith("proofs/"));
                            });
                        }),
                Vector.bundle(
                        "drop-outcome",
                        Check.COMPLETE,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "the last receipt left out by the exporter: nothing says how it ended",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> files.remove(path(scene.handedOver)));
                        }),
                Vector.bundle(
                        "receipt-of-another-name",
                        Check.RECEIPT,
                        Indication.FORMAT_FAILURE,
                        "a genuine receipt under the name of another",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(
                                    files -> files.put(path(scene.relayed), files.get(path(scene.accepted))));
                        }),
                Vector.bundle(
                        "extra-file",
                        Check.CONTAINER,
                        Indication.FORMAT_FAILURE,
                        "a remark added and listed",
                        () -> new Scene().forge(files -> files.put("notes/remark.txt", World.text("paid")))),
                Vector.bundle(
                        "extra-file-not-listed",
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        "a file added at a place for certificates, and not listed",
                        () -> new Scene()
                                .edit(files -> files.put("certificates/" + "0".repeat(64) + ".pem", new byte[1]))),
                Vector.bundle(
                        "index-edited",
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        "the question in the index changed",
                        () -> new Scene().edit(Scene.replacing(BundlePath.INDEX, "asked exchange", "asked the month"))),
                Vector.bundle(
                        "index-of-another-exporter",
                        Check.EXPORTER,
                        Indication.SIG_CRYPTO_FAILURE,
                        "an index that names another exporter, under the signature of the first",
                        () -> new Scene().edit(files -> {
                            BundleIndex index = BundleIndex.parse(files.get(BundlePath.INDEX))
                                    .orElseThrow();
                            files.put(
                                    BundlePath.INDEX,
                                    new BundleIndex(
                                                    World.QOS,
                                                    index.exported(),
                                                    index.asked(),
                                                    index.exchanges(),
                                                    index.files())
                                            .octets());
                        })),
                Vector.bundle(
                        "index-unsigned",
                        Check.EXPORTER,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "the exporter's signature taken away",
                        () -> new Scene().edit(files -> files.remove(BundlePath.INDEX_SIGNATURE))),
                Vector.bundle(
                        "index-signed-by-the-other-side",
                        Check.EXPORTER,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the index signed by the other gateway",
                        () -> {
                            Scene scene = new Scene();
                            return scene.edit(files -> files.put(
                                    BundlePath.INDEX_SIGNATURE,
                                    scene.world
                                            .qosSeal
                                            .signer()
                                            .signDetached(files.get(BundlePath.INDEX), Commitment.NONE)));
                        }),
                Vector.bundle(
                        "message-swapped",
                        Check.DIGESTS,
                        Indication.HASH_FAILURE,
                        "another encrypted message than the receipts are about",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(files -> files.put(
                                    "messages/" + scene.world.exchange + ".p7m",
                                    World.text("SYNTHETIC other ciphertext")));
                        }),
                Vector.bundle(
                        "agreement-edited",
                        Check.AGREEMENT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "a rule of the agreement widened, and signed anew by one party only",
                        FileAttacks::wider),
                Vector.bundle(
                        "agreement-signed-by-one-party",
                        Check.AGREEMENT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the signature of one party taken away",
                        () -> new Scene().forge(files -> files.remove(AGREEMENT + ".QOS.p7s"))),
                Vector.bundle(
                        "agreement-signed-by-a-gateway",
                        Check.AGREEMENT,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "signed by a gateway's seal key in place of its country's party key",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(files -> files.put(
                                    AGREEMENT + ".QOS.p7s",
                                    World.partySign(scene.world.qosSeal, scene.world.agreement)));
                        }),
                Vector.bundle(
                        "agreement-signed-by-a-stranger",
                        Check.AGREEMENT,
                        Indication.FORMAT_FAILURE,
                        "a further signature of one who is no party",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(files -> files.put(
                                    AGREEMENT + ".QXX.p7s",
                                    World.partySign(scene.world.qosParty, scene.world.agreement)));
                        }),
                Vector.bundle(
                        "agreement-missing",
                        Check.AGREEMENT,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "the agreement left out by the exporter",
                        () -> new Scene()
                                .reexport(files -> files.keySet().removeIf(path -> path.startsWith("agreements/")))),
                Vector.bundle(
                        "card-edited",
                        Check.CARD,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the date of issue of a peer card changed",
                        () -> new Scene()
                                .forge(Scene.replacing(
                                        "cards/QOS-POL.1.card.xml",
                                        "issued=\"2020-01-01T00:00:00Z\"",
                                        "issued=\"2020-01-02T00:00:00Z\""))),
                Vector.bundle(
                        "revocation-list-missing",
                        Check.REVOCATION,
                        Indication.TRY_LATER,
                        "the revocation lists left out by the exporter",
                        () -> new Scene().reexport(files -> files.keySet().removeIf(path -> path.startsWith("crls/")))),
                Vector.bundle(
                        "proof-of-another-leaf",
                        Check.INCLUSION,
                        Indication.LEDGER_FAILURE,
                        "a receipt with the inclusion proof of another",
                        () -> {
                            Scene scene = new Scene();
                            return scene.forge(files -> files.computeIfPresent(
                                    path(scene.relayed),
                                    (path, container) -> ReceiptReader.withProof(
                                            container,
                                            scene.world.proof(scene.handedOver).orElseThrow())));
                        }),
                Vector.bundle(
                        "proof-missing",
                        Check.INCLUSION,
                        Indication.TRY_LATER,
                        "the inclusion proof taken out of a receipt",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> files.put(path(scene.relayed), scene.relayed.container()));
                        }),
                Vector.bundle(
                        "checkpoint-by-another-key",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "a kept checkpoint signed by another key of the ledger's name",
                        () -> {
                            Scene scene = new Scene();
                            TestLedger forger = new TestLedger(World.QOS);
                            return scene.forge(files ->
                                    files.replaceAll((path, content) -> path.startsWith("notes/QVL-BG/QOS-POL.")
                                            ? World.text(forger.checkpoint())
                                            : content));
                        }));
    }

    private static byte[] positive() {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt failure = world.say(EvidenceEvent.CONTENT_HANDOVER_FAILURE);
        return World.forge(
                world.bundle(),
                Scene.inReceipt(
                        failure, Scene.replacing("evidence.xml", "ContentHandoverFailure<", "ContentHandover<")));
    }

    private static byte[] wider() {
        Scene scene = new Scene();
        byte[] wider = World.replaced(scene.world.agreement, "kind=\"PersonAlert\"", "kind=\"VehicleAlert\"");
        return scene.forge(files -> {
            files.put(AGREEMENT, wider);
            files.put(AGREEMENT + ".QVL.p7s", World.partySign(scene.world.qvlParty, wider));
        });
    }

    private static String path(Receipt receipt) {
        return BundlePath.receipt(receipt.id());
    }
}
