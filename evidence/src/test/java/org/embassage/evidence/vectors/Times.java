package org.embassage.evidence.vectors;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.time.ReceiptAugmenter;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** Time-stamps of receipts, over checkpoints and for archives, and what they prove about the signer. */
final class Times {

    private static final String ARCHIVE_MANIFEST = "META-INF/ASiCArchiveManifest001.xml";
    private static final String ARCHIVE_TOKEN = "META-INF/timestamp001.tst";

    private Times() {}

    static List<Vector> good() {
        return List.of(
                goodReceipt(
                        "good-b-t",
                        "a receipt with a time-stamp",
                        scene -> scene.world.stamped(
                                scene.relayed, scene.relayed.evidence().time().plusSeconds(1))),
                goodReceipt(
                        "good-b-lt",
                        "a receipt with a time-stamp, certificates and revocation lists",
                        scene -> scene.world.longTerm(scene.relayed)),
                goodReceipt(
                        "good-lta",
                        "a receipt with an archive time-stamp over all of it",
                        scene -> scene.world.archived(scene.relayed)),
                goodReceipt(
                        "good-lta-renewed",
                        "a receipt whose archive time-stamp was renewed by another",
                        scene -> scene.world.archived(scene.world.archived(scene.relayed))),
                goodReceipt(
                                "good-signer-ended",
                                "a receipt whose signer's certificate ended after the proven time and before the judgement",
                                scene -> scene.world.longTerm(bySignerOf(scene.world, TestPki.start(), minutes(60))))
                        .at(minutes(120)),
                Vector.again(
                                "receipts/good-b-lt.asice",
                                Check.REVOCATION,
                                Indication.NONE,
                                "a good file, judged with a revocation list on which the seal stands since after the"
                                        + " proven time")
                        .trusting("seal-revoked-later")
                        .under("stamped"),
                Vector.goodBundle(
                                "good-time-stamped",
                                "one exchange; each receipt has its own time-stamp",
                                () -> stampedBundle(new Scene(), writer -> {}))
                        .under("stamped"),
                Vector.goodBundle(
                                "good-anchored",
                                "one exchange; time-stamps over checkpoints cover the receipts",
                                () -> anchored(new Scene(), (world, note) -> note))
                        .under("stamped"));
    }

    static List<Vector> bad() {
        return List.of(
                Vector.again(
                                "receipts/good-b-lt.asice",
                                Check.REVOCATION,
                                Indication.REVOKED,
                                "a good file, judged with a revocation list on which the seal stands since before the"
                                        + " proven time")
                        .trusting("seal-revoked")
                        .under("stamped"),
                Vector.again(
                                "receipts/good-b-t.asice",
                                Check.TIME_STAMP,
                                Indication.NO_CERTIFICATE_CHAIN_FOUND,
                                "a good file, judged with no authority for time-stamping")
                        .trusting("no-time-stamping")
                        .under("stamped"),
                Vector.again(
                                "receipts/good-b-t.asice",
                                Check.TIME_STAMP,
                                Indication.REVOKED_NO_POE,
                                "a good file, judged with a revocation list on which the time-stamping authority stands")
                        .trusting("tsa-revoked")
                        .under("stamped"),
                Vector.again(
                                "bundles/good-time-stamped.zip",
                                Check.REVOCATION,
                                Indication.REVOKED,
                                "a good file, judged with a revocation list on which the seal of QOS-POL stands since"
                                        + " before the proven time")
                        .trusting("seal-revoked")
                        .under("stamped"),
                token(
                        "token-of-another-receipt",
                        Indication.HASH_FAILURE,
                        "the time-stamp of another receipt",
                        scene -> scene.world.tsa.stamp(scene.accepted.signature())),
                token(
                        "token-of-the-manifest",
                        Indication.HASH_FAILURE,
                        "a time-stamp over the manifest in place of the signature",
                        scene -> scene.world.tsa.stamp(scene.relayed.manifest())),
                token(
                        "token-by-a-seal",
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "a time-stamp by a certificate that is not for time-stamping",
                        scene -> new TestTsa(
                                        scene.world.tsa.authority(),
                                        scene.world.tsa.authority().seal("no TSA"))
                                .stamp(scene.relayed.signature())),
                token(
                        "token-by-a-stranger",
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "a time-stamp by an authority that the auditor does not know",
                        scene -> new TestTsa("Another TSA").stamp(scene.relayed.signature())),
                token(
                        "token-by-a-party",
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "a time-stamp by an authority of the country that issued the receipt",
                        scene -> new TestTsa(scene.world.qosAuthority, scene.world.qosAuthority.tsa("QOS clock"))
                                .stamp(scene.relayed.signature())),
                token(
                        "token-flipped",
                        Indication.SIG_CRYPTO_FAILURE,
                        "one bit of the time-stamp's signature",
                        scene -> {
                            byte[] token = scene.world.tsa.stamp(scene.relayed.signature());
                            token[token.length - 5] ^= 1;
                            return token;
                        }),
                stamped(
                        "dated-ahead-of-its-token",
                        Check.TIME_STAMP,
                        Indication.CONTRADICTION,
                        "a receipt that says it was made three minutes after its time-stamp",
                        scene -> scene.world.stamped(
                                scene.relayed, scene.relayed.evidence().time().minus(Duration.ofMinutes(3)))),
                stamped(
                        "signed-before-the-certificate",
                        Check.SIGNER_PATH,
                        Indication.NOT_YET_VALID,
                        "a receipt whose proven time is before its signer's certificate begins",
                        scene -> scene.world.longTerm(bySignerOf(scene.world, minutes(-20), TestPki.end()))),
                stamped(
                        "evidence-edited-after-archiving",
                        Check.RECEIPT,
                        Indication.HASH_FAILURE,
                        "evidence.xml of an archived receipt changed",
                        scene -> World.edit(
                                scene.world.archived(scene.relayed),
                                Scene.replacing("evidence.xml", "PersonAlert", "PersonAlarm"))),
                stamped(
                        "archive-leaves-evidence-out",
                        Check.ARCHIVE,
                        Indication.HASH_FAILURE,
                        "an archive time-stamp whose manifest does not name evidence.xml",
                        Times::incompleteArchive),
                stamped(
                        "archive-token-of-something-else",
                        Check.ARCHIVE,
                        Indication.HASH_FAILURE,
                        "an archive time-stamp over something else",
                        scene -> World.edit(
                                scene.world.archived(scene.relayed),
                                files -> files.put(
                                        ARCHIVE_TOKEN, scene.world.tsa.stamp(Digest.sha256(World.text("else")))))),
                stamped(
                        "archive-older-than-what-it-covers",
                        Check.ARCHIVE,
                        Indication.TIMESTAMP_ORDER_FAILURE,
                        "an archive time-stamp from before the time-stamp that it covers",
                        scene -> {
                            byte[] good = scene.world.longTerm(scene.relayed);
                            return ReceiptAugmenter.archive(
                                    good,
                                    scene.world.tsa.stamp(
                                            StampRequest.ofArchive(good).digest(),
                                            scene.relayed.evidence().time().minusSeconds(600)));
                        }),
                Vector.bundle(
                                "anchor-over-another-note",
                                Check.TIME_STAMP,
                                Indication.HASH_FAILURE,
                                "a time-stamp of one ledger's checkpoint beside the checkpoint of the other",
                                () -> anchored(new Scene(), (world, note) -> world.qvlLedger.checkpoint()))
                        .under("stamped"),
                Vector.bundle(
                                "anchor-missing",
                                Check.TIME_STAMP,
                                Indication.NO_POE,
                                "time-stamps over the checkpoints of one ledger only: the other's receipts have no time",
                                () -> {
                                    Scene scene = new Scene();
                                    String note = scene.world.qvlLedger.checkpoint();
                                    return stampless(scene, writer -> writer.anchor(note, over(scene.world, note)));
                                })
                        .under("stamped"),
                Vector.bundle(
                                "extract-of-another-signature",
                                Check.RECEIPT,
                                Indication.FORMAT_FAILURE,
                                "a signature's value lies beside the receipt that is not the receipt's",
                                () -> swappedExtract(".signature"))
                        .under("stamped"),
                Vector.bundle(
                                "extract-of-another-token",
                                Check.RECEIPT,
                                Indication.FORMAT_FAILURE,
                                "a time-stamp lies beside the receipt that is not the receipt's",
                                () -> swappedExtract(".tst"))
                        .under("stamped"));
    }

    // ---- how they are made

    private static Vector goodReceipt(String name, String done, Function<Scene, byte[]> maker) {
        return Vector.goodReceipt(name, done, () -> maker.apply(new Scene())).under("stamped");
    }

    private static Vector stamped(
            String name, Check check, Indication indication, String done, Function<Scene, byte[]> maker) {
        return Vector.receipt(name, check, indication, done, of(maker)).under("stamped");
    }

    private static Vector token(String name, Indication indication, String done, Function<Scene, byte[]> maker) {
        return stamped(
                name,
                Check.TIME_STAMP,
                indication,
                done,
                scene -> ReceiptAugmenter.augment(
                        scene.receipt(), Optional.of(maker.apply(scene)), List.of(), List.of()));
    }

    private static Callable<byte[]> of(Function<Scene, byte[]> maker) {
        return () -> maker.apply(new Scene());
    }

    private static Instant minutes(int fromNow) {
        return Vector.NOW.plus(Duration.ofMinutes(fromNow));
    }

    /** A further receipt by QOS-POL with a certificate of another validity. */
    private static Receipt bySignerOf(World world, Instant from, Instant until) {
        world.qosSeal = world.qosAuthority.gateway(World.QOS, from, until);
        return world.say(EvidenceEvent.RELAY_REJECTION);
    }

    private static byte[] incompleteArchive(Scene scene) {
        return World.edit(scene.world.archived(scene.relayed), files -> {
            String manifest = new String(files.get(ARCHIVE_MANIFEST), StandardCharsets.UTF_8)
                    .replaceFirst(
                            "(?s)  <asic:DataObjectReference URI=\"evidence.xml\".*?</asic:DataObjectReference>\n", "");
            files.put(ARCHIVE_MANIFEST, World.text(manifest));
            files.put(ARCHIVE_TOKEN, scene.world.tsa.stamp(Digest.sha256(World.text(manifest))));
        });
    }

    private static byte[] stampedBundle(Scene scene, Consumer<BundleWriter> more) {
        return scene.world.bundleOf(scene.world::longTerm, more);
    }

    private static byte[] stampless(Scene scene, Consumer<BundleWriter> more) {
        return scene.world.bundleOf(Receipt::container, more);
    }

    private interface Choice {
        String note(World world, String usual);
    }

    /** Both newest checkpoints with a token each; the token is over the note that is chosen. */
    private static byte[] anchored(Scene scene, Choice choice) {
        World world = scene.world;
        String qvl = world.qvlLedger.checkpoint();
        String qos = world.qosLedger.checkpoint();
        return stampless(
                scene,
                writer -> writer.anchor(qvl, over(world, qvl)).anchor(qos, over(world, choice.note(world, qos))));
    }

    private static byte[] over(World world, String note) {
        return world.tsa.stamp(StampRequest.ofNote(note).digest());
    }

    private static byte[] swappedExtract(String ending) {
        Scene scene = new Scene();
        byte[] bundle = stampedBundle(scene, writer -> {});
        return World.forge(bundle, files -> {
            Map<String, byte[]> before = Map.copyOf(files);
            files.put(
                    "extracts/" + scene.relayed.id() + ending, before.get("extracts/" + scene.accepted.id() + ending));
        });
    }
}
