package org.embassage.evidence.vectors;

import static org.embassage.evidence.vectors.Scene.MANIFEST;
import static org.embassage.evidence.vectors.Scene.PROOF;
import static org.embassage.evidence.vectors.Scene.SIGNATURE;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.World;

/** What can be done to one receipt, with and without keys. */
final class ReceiptAttacks {

    private ReceiptAttacks() {}

    static List<Vector> all() {
        return List.of(
                vector(
                        "evidence-edited",
                        Indication.HASH_FAILURE,
                        "the time in evidence.xml changed by one second",
                        Scene.replacing(
                                "evidence.xml", "<EventTime>2026-11-25T05:00:02", "<EventTime>2026-11-25T05:00:03")),
                vector(
                        "evidence-back-dated",
                        Indication.HASH_FAILURE,
                        "the time in evidence.xml set back by a month",
                        Scene.replacing("evidence.xml", "<EventTime>2026-11-", "<EventTime>2026-10-")),
                vector(
                        "evidence-missing",
                        Indication.FORMAT_FAILURE,
                        "evidence.xml taken out",
                        files -> files.remove("evidence.xml")),
                vector(
                        "peer-checkpoint-missing",
                        Indication.HASH_FAILURE,
                        "the other side's checkpoint taken out",
                        files -> files.remove("checkpoints/peer.txt")),
                vector(
                        "own-checkpoint-edited",
                        Indication.HASH_FAILURE,
                        "the size in the issuer's checkpoint changed",
                        Scene.replacing("checkpoints/own.txt", "receipts/1\n", "receipts/1\n1")),
                vector(
                        "manifest-with-wrong-digest",
                        Indication.SIG_CRYPTO_FAILURE,
                        "the digest of a changed evidence.xml put into the manifest",
                        files -> {
                            byte[] before = files.get("evidence.xml");
                            byte[] after = World.replaced(before, "RelayAcceptance", "ContentHandover");
                            files.put("evidence.xml", after);
                            files.put(MANIFEST, World.replaced(files.get(MANIFEST), base64(before), base64(after)));
                        }),
                Vector.receipt(
                        "manifest-swapped",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the manifest of another receipt",
                        () -> {
                            Scene scene = new Scene();
                            byte[] other =
                                    Scene.entries(scene.handedOver.container()).get(MANIFEST);
                            return scene.receipt(files -> files.put(MANIFEST, other));
                        }),
                Vector.receipt(
                        "signature-swapped",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the signature of another receipt by the same gateway",
                        () -> {
                            Scene scene = new Scene();
                            byte[] other =
                                    Scene.entries(scene.handedOver.container()).get(SIGNATURE);
                            return scene.receipt(files -> files.put(SIGNATURE, other));
                        }),
                vector(
                        "signature-value-flipped",
                        Indication.SIG_CRYPTO_FAILURE,
                        "one bit of the signature value",
                        files -> {
                            byte[] cms = files.get(SIGNATURE);
                            cms[cms.length - 5] ^= 1;
                            files.put(SIGNATURE, cms);
                        }),
                vector(
                        "positive-for-negative",
                        Indication.HASH_FAILURE,
                        "RelayAcceptance turned into ContentHandover",
                        Scene.replacing("evidence.xml", "Event/RelayAcceptance", "Event/ContentHandover")),
                vector(
                        "file-added",
                        Indication.FORMAT_FAILURE,
                        "a file that nobody signed",
                        files -> files.put("remark.txt", World.text("paid"))),
                vector(
                        "mimetype-changed",
                        Indication.FORMAT_FAILURE,
                        "the mimetype of another kind of container",
                        files -> files.put("mimetype", World.text("application/vnd.etsi.asic-s+zip"))),
                Vector.receipt(
                        "signer-swapped",
                        Check.RECEIPT,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the manifest signed anew by the other gateway",
                        () -> {
                            Scene scene = new Scene();
                            return scene.receipt(resigned(scene.world.qvlSeal));
                        }),
                Vector.receipt(
                        "signed-attribute-twice",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "a signed attribute that is there twice, signed by the right key",
                        () -> {
                            Scene scene = new Scene();
                            return cms(
                                    scene,
                                    cms -> cms.attributes(
                                            scene.world.qosSeal, attributes -> attributes.add(attributes.get(1))));
                        }),
                Vector.receipt(
                        "signing-certificate-not-signed",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "without the signed attribute that names the certificate, signed by the right key",
                        () -> {
                            Scene scene = new Scene();
                            return cms(
                                    scene,
                                    cms -> cms.attributes(
                                            scene.world.qosSeal,
                                            attributes -> attributes.removeIf(
                                                    one -> one.toString().contains("1.2.840.113549.1.9.16.2.47"))));
                        }),
                Vector.receipt(
                        "algorithm-changed",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the signature said to be ECDSA with SHA-512",
                        () -> cms(
                                new Scene(),
                                cms -> cms.algorithm(new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA512)))),
                Vector.receipt(
                        "second-signer",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "a second signature beside the first, by the other gateway",
                        () -> {
                            Scene scene = new Scene();
                            byte[] manifest = Scene.entries(scene.receipt()).get(MANIFEST);
                            return cms(
                                    scene,
                                    cms -> cms.addSigner(
                                            scene.world.qvlSeal.signer().signDetached(manifest, Commitment.NONE)));
                        }),
                Vector.receipt(
                        "certificate-missing",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the signer's certificate taken out of the signature",
                        () -> cms(new Scene(), Cms::withoutCertificates)),
                Vector.receipt(
                        "signer-without-non-repudiation",
                        Check.SIGNER_PATH,
                        Indication.CHAIN_CONSTRAINTS_FAILURE,
                        "signed by a certificate whose key usage is digitalSignature alone",
                        ReceiptAttacks::weakUsage),
                Vector.receipt(
                        "signer-of-the-other-countrys-authority",
                        Check.SIGNER_PATH,
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "a certificate in the name of QOS-POL that the authority of QVL issued",
                        () -> {
                            World world = new World();
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.qosSeal = world.qvlAuthority.gateway(World.QOS);
                            return proven(world, world.say(EvidenceEvent.RELAY_ACCEPTANCE));
                        }),
                Vector.receipt(
                        "signer-of-another-gateway",
                        Check.SIGNER_GATEWAY,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "a receipt by QOS-POL, signed by the certificate of QOS-BP",
                        () -> {
                            World world = new World();
                            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
                            world.qosSeal = world.qosAuthority.gateway(new org.embassage.evidence.GatewayId("QOS-BP"));
                            return proven(world, world.say(EvidenceEvent.RELAY_ACCEPTANCE));
                        }),
                Vector.receipt(
                        "proof-missing",
                        Check.INCLUSION,
                        Indication.TRY_LATER,
                        "the inclusion proof taken out",
                        () -> new Scene().relayed.container()),
                Vector.receipt(
                        "proof-of-another-leaf",
                        Check.INCLUSION,
                        Indication.LEDGER_FAILURE,
                        "the inclusion proof of another receipt",
                        () -> {
                            Scene scene = new Scene();
                            return ReceiptReader.withProof(
                                    scene.relayed.container(),
                                    scene.world.proof(scene.handedOver).orElseThrow());
                        }),
                Vector.receipt(
                        "proof-with-flipped-hash",
                        Check.INCLUSION,
                        Indication.LEDGER_FAILURE,
                        "one character of the inclusion proof",
                        () -> new Scene().receipt(files -> {
                            String proof = new String(files.get(PROOF), java.nio.charset.StandardCharsets.UTF_8);
                            int at = proof.indexOf('\n', proof.indexOf("index ")) + 3;
                            char other = proof.charAt(at) == 'A' ? 'B' : 'A';
                            files.put(PROOF, World.text(proof.substring(0, at) + other + proof.substring(at + 1)));
                        })));
    }

    private static Vector vector(
            String name, Indication indication, String done, Consumer<Map<String, byte[]>> change) {
        return Vector.receipt(name, Check.RECEIPT, indication, done, () -> new Scene().receipt(change));
    }

    private static byte[] cms(Scene scene, Consumer<Cms> change) {
        return scene.receipt(files -> files.put(SIGNATURE, Cms.changed(files.get(SIGNATURE), change)));
    }

    private static Consumer<Map<String, byte[]>> resigned(TestPki.Holder holder) {
        return files ->
                files.put(SIGNATURE, holder.signer().signDetached(files.get(MANIFEST), Commitment.PROOF_OF_RECEIPT));
    }

    private static byte[] weakUsage() {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.qosSeal = world.qosAuthority.gateway(World.QOS, org.bouncycastle.asn1.x509.KeyUsage.digitalSignature);
        return proven(world, world.say(EvidenceEvent.RELAY_ACCEPTANCE));
    }

    private static byte[] proven(World world, Receipt receipt) {
        return ReceiptReader.withProof(receipt.container(), world.proof(receipt).orElseThrow());
    }

    private static String base64(byte[] content) {
        return java.util.Base64.getEncoder()
                .encodeToString(org.embassage.evidence.Digest.sha256(content).bytes());
    }
}
