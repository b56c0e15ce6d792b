package org.embassage.evidence.vectors;

import static org.embassage.evidence.vectors.Scene.AGREEMENT;
import static org.embassage.evidence.vectors.Scene.MANIFEST;
import static org.embassage.evidence.vectors.Scene.SIGNATURE;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Subject.OfExchange;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Draft;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.TestLedger;
import org.embassage.evidence.verify.World;

/** Odd ideas: texts that only look right, encodings that say the same otherwise, and claims that fit too well. */
final class Inventions {

    /** The order of the group of P-256. */
    private static final BigInteger P256 =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    /** The order of the group of Ed25519. */
    private static final BigInteger ED25519 =
            BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

    private Inventions() {}

    static List<Vector> all() {
        return List.of(
                // ---- texts, signed anew by the gateway itself
                text(
                        "evidence-with-look-alike-id",
                        "a gateway whose name has a Cyrillic letter, signed by its own key",
                        xml -> xml.replace("<Gateway>QOS-POL<", "<Gateway>Q\u041eS-POL<")),
                text(
                        "evidence-with-byte-order-mark",
                        "an evidence.xml that begins with a byte order mark, signed so",
                        xml -> "\ufeff" + xml),
                text(
                        "evidence-with-null-octet",
                        "an evidence.xml with an octet 0 in a name, signed so",
                        xml -> xml.replace("<KindCode>Person", "<KindCode>Person\0")),
                text(
                        "evidence-with-comment",
                        "an evidence.xml with another event in a comment, signed so",
                        xml -> xml.replace(
                                "  <EventTime>",
                                "  <!--<ERDSEventId>http://uri.etsi.org/19522/Event/ContentHandover</ERDSEventId>-->\n"
                                        + "  <EventTime>")),
                text(
                        "evidence-with-two-events",
                        "an evidence.xml with a second event, signed so",
                        xml -> xml.replace(
                                "  <EventTime>",
                                "  <ERDSEventId>http://uri.etsi.org/19522/Event/ContentHandover</ERDSEventId>\n"
                                        + "  <EventTime>")),
                text(
                        "evidence-with-a-long-line",
                        "an evidence.xml with a line of a hundred thousand letters, signed so",
                        xml -> xml.replace("PersonAlert", "P".repeat(100_000))),
                text(
                        "evidence-with-carriage-returns",
                        "an evidence.xml with lines ended otherwise, signed so",
                        xml -> xml.replace("\n", "\r\n")),
                // ---- encodings
                Vector.bundle(
                        "signature-mirrored",
                        Check.INCLUSION,
                        Indication.LEDGER_FAILURE,
                        "the other value that ECDSA accepts for the same signature: another receipt, which is in no ledger",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> value(files, scene.relayed, Inventions::mirrored));
                        }),
                Vector.bundle(
                        "signature-with-padded-number",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "a signature value whose numbers are written with zeros before them",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> value(files, scene.relayed, Inventions::padded));
                        }),
                Vector.bundle(
                        "signature-of-indefinite-length",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "the signature in BER, of indefinite length",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(Scene.inReceipt(
                                    scene.relayed,
                                    entries -> entries.put(SIGNATURE, Cms.indefinite(entries.get(SIGNATURE)))));
                        }),
                Vector.bundle(
                        "signature-nested-deeply",
                        Check.RECEIPT,
                        Indication.SIG_CRYPTO_FAILURE,
                        "in place of the signature eight thousand sequences, one in the other",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(
                                    Scene.inReceipt(scene.relayed, entries -> entries.put(SIGNATURE, nested(8_000))));
                        }),
                Vector.bundle(
                        "checkpoint-signature-mirrored",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "a kept checkpoint whose Ed25519 signature has the order of the group added to its second half",
                        () -> {
                            Scene scene = new Scene();
                            String note = scene.world.qosLedger.unwitnessed(2);
                            return scene.world.bundle(writer -> writer.note(World.QVL, shifted(note)));
                        }),
                // ---- claims
                Vector.bundle(
                        "ledger-forked-in-its-own-notes",
                        Check.LEDGERS,
                        Indication.LEDGER_FAILURE,
                        "two checkpoints of the same size in two files, kept by the ledger's own gateway and by its peer",
                        () -> {
                            World world = new Scene().world;
                            TestLedger other = world.qvlLedger.fork(3);
                            other.append(LedgerLeaf.epoch("rewritten", "-"));
                            return world.bundle(writer -> writer.note(World.QOS, other.checkpoint()));
                        }),
                Vector.bundle(
                        "proof-of-another-epoch",
                        Check.INCLUSION,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        "a proof under a checkpoint of an epoch whose key nobody vouches for",
                        Inventions::anotherEpoch),
                Vector.bundle(
                        "agreement-of-version-two-as-one",
                        Check.AGREEMENT,
                        Indication.FORMAT_FAILURE,
                        "a second version of the agreement, signed by both, at the place of the first",
                        () -> {
                            Scene scene = new Scene();
                            byte[] second =
                                    World.replaced(scene.world.agreement, "-01\" version=\"1\"", "-01\" version=\"2\"");
                            return scene.reexport(files -> agreement(files, AGREEMENT, scene.world, second));
                        }),
                relayed(
                        "agreement-by-the-digest-of-another",
                        Check.AGREEMENT,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance that names version 2 by the digest of version 1",
                        draft -> draft.terms = draft.terms.map(t -> new Terms(
                                t.agreementId(), 2, t.agreementDigest(), t.clause(), t.decision(), t.applied()))),
                Vector.bundle(
                        "card-number-reused",
                        Check.CARD,
                        Indication.FORMAT_FAILURE,
                        "a card that says number 1, signed so, at the place of number 2",
                        () -> {
                            Scene scene = new Scene();
                            return scene.reexport(files -> {
                                files.put("cards/QOS-POL.2.card.xml", files.get("cards/QOS-POL.1.card.xml"));
                                files.put("cards/QOS-POL.2.card.xml.p7s", files.get("cards/QOS-POL.1.card.xml.p7s"));
                            });
                        }),
                relayed(
                        "outer-digest-of-another-exchange",
                        Check.PREVIOUS,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance of another exchange with the same outer digest",
                        draft -> exchange(
                                draft,
                                of -> new OfExchange(
                                        ExchangeId.parse("0193a5f0-0000-7000-8000-0000000000e0"),
                                        of.kind(),
                                        of.schemaVersion(),
                                        of.sequence(),
                                        of.submitted(),
                                        of.submission(),
                                        of.supersedes()))),
                relayed(
                        "sequence-number-of-another",
                        Check.DIGESTS,
                        Indication.CONTRADICTION,
                        "a RelayAcceptance that states another sequence number",
                        draft -> exchange(
                                draft,
                                of -> new OfExchange(
                                        of.exchange(),
                                        of.kind(),
                                        of.schemaVersion(),
                                        of.sequence() + 1,
                                        of.submitted(),
                                        of.submission(),
                                        of.supersedes()))),
                Vector.bundle(
                        "kind-that-is-not-agreed",
                        Check.TERMS,
                        Indication.CONTRADICTION,
                        "all receipts are about a kind of which their clause does not speak",
                        () -> told(draft -> exchange(
                                draft,
                                of -> new OfExchange(
                                        of.exchange(),
                                        "VehicleAlert",
                                        of.schemaVersion(),
                                        of.sequence(),
                                        of.submitted(),
                                        of.submission(),
                                        of.supersedes())))),
                Vector.bundle(
                        "submitted-before-the-agreement",
                        Check.TERMS,
                        Indication.CONTRADICTION,
                        "all receipts state a submission from before the agreement was in force",
                        () -> told(draft -> exchange(
                                draft,
                                of -> new OfExchange(
                                        of.exchange(),
                                        of.kind(),
                                        of.schemaVersion(),
                                        of.sequence(),
                                        Instant.parse("2019-12-31T00:00:00Z"),
                                        of.submission(),
                                        of.supersedes())))),
                Vector.bundle(
                        "exchange-listed-twice",
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        "an index that lists one exchange twice, signed so",
                        () -> {
                            Scene scene = new Scene();
                            return indexed(scene, text -> {
                                int at = text.indexOf("exchange ", text.indexOf("\nasked ") + 20);
                                String line = text.substring(at, text.indexOf('\n', at) + 1);
                                return text.replace(line, line + line);
                            });
                        }),
                Vector.bundle(
                        "index-with-a-long-line",
                        Check.INDEX,
                        Indication.FORMAT_FAILURE,
                        "an index whose question has ten thousand letters, signed so",
                        () -> indexed(
                                new Scene(),
                                text -> text.replaceFirst("\nasked [^\n]*", "\nasked " + "a".repeat(10_000)))),
                Vector.bundle(
                        "exported-by-a-party-key",
                        Check.EXPORTER,
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the index signed by the party key of the exporter's country",
                        () -> {
                            Scene scene = new Scene();
                            return World.signed(scene.bundle(), scene.world.qvlParty.signer());
                        }),
                Vector.bundle(
                        "revocation-list-with-a-forged-authority",
                        Check.REVOCATION,
                        Indication.TRY_LATER,
                        "a revocation list of QOS by another key of its authority's name, whose certificate lies beside it",
                        Inventions::forgedAuthority),
                Vector.goodBundle(
                        "good-exported-by-a-third-gateway",
                        "exported by a gateway that had no part in the exchange: it vouches for the selection alone",
                        Inventions::exportedByAThird));
    }

    // ---- texts

    private static Vector text(String name, String done, UnaryOperator<String> change) {
        return Vector.bundle(name, Check.RECEIPT, Indication.FORMAT_FAILURE, done, () -> {
            Scene scene = new Scene();
            return scene.reexport(files -> {
                Scene.inReceipt(scene.relayed, entries -> resign(entries, scene.world.qosSeal, change))
                        .accept(files);
                extract(files, scene.relayed);
            });
        });
    }

    /** Another evidence.xml, with manifest and signature to match. */
    private static void resign(Map<String, byte[]> entries, TestPki.Holder seal, UnaryOperator<String> change) {
        byte[] before = entries.get("evidence.xml");
        byte[] after = World.text(change.apply(new String(before, StandardCharsets.UTF_8)));
        entries.put("evidence.xml", after);
        entries.put(MANIFEST, World.replaced(entries.get(MANIFEST), base64(before), base64(after)));
        entries.put(SIGNATURE, seal.signer().signDetached(entries.get(MANIFEST), Commitment.PROOF_OF_RECEIPT));
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(Digest.sha256(content).bytes());
    }

    // ---- encodings

    private static void value(Map<String, byte[]> files, Receipt receipt, UnaryOperator<byte[]> change) {
        Scene.inReceipt(
                        receipt,
                        entries ->
                                entries.put(SIGNATURE, Cms.changed(entries.get(SIGNATURE), cms -> cms.value(change))))
                .accept(files);
        extract(files, receipt);
    }

    /** The extract that fits what lies in the receipt now. */
    private static void extract(Map<String, byte[]> files, Receipt receipt) {
        byte[] signature =
                Scene.entries(files.get(BundlePath.receipt(receipt.id()))).get(SIGNATURE);
        Cms.changed(
                signature,
                cms -> cms.value(value -> {
                    files.put("extracts/" + receipt.id() + ".signature", value);
                    return value;
                }));
    }

    private static byte[] mirrored(byte[] value) {
        ASN1Sequence pair = ASN1Sequence.getInstance(value);
        BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
        return encoded(new DERSequence(new ASN1Encodable[] {pair.getObjectAt(0), new ASN1Integer(P256.subtract(s))}));
    }

    /** Zeros before r and s, with the lengths to match. */
    private static byte[] padded(byte[] value) {
        ASN1Sequence pair = ASN1Sequence.getInstance(value);
        byte[] r = ASN1Integer.getInstance(pair.getObjectAt(0)).getValue().toByteArray();
        byte[] s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue().toByteArray();
        ByteBuffer padded = ByteBuffer.allocate(2 + 4 + r.length + 4 + s.length);
        padded.put((byte) 0x30).put((byte) (8 + r.length + s.length));
        for (byte[] number : List.of(r, s)) {
            padded.put((byte) 2)
                    .put((byte) (number.length + 2))
                    .put((byte) 0)
                    .put((byte) 0)
                    .put(number);
        }
        return padded.array();
    }

    private static byte[] encoded(ASN1Object object) {
        try {
            return object.getEncoded("DER");
        } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] nested(int depth) {
        int[] lengths = new int[depth];
        int total = 0;
        for (int i = 0; i < depth; i++) {
            lengths[i] = total;
            total += total < 128 ? 2 : total < 256 ? 3 : total < 65536 ? 4 : 5;
        }
        ByteBuffer all = ByteBuffer.allocate(total);
        for (int i = depth - 1; i >= 0; i--) {
            int length = lengths[i];
            all.put((byte) 0x30);
            if (length < 128) {
                all.put((byte) length);
            } else if (length < 256) {
                all.put((byte) 0x81).put((byte) length);
            } else if (length < 65536) {
                all.put((byte) 0x82).putShort((short) length);
            } else {
                all.put((byte) 0x83).put((byte) (length >> 16)).putShort((short) length);
            }
        }
        return all.array();
    }

    /** The last 32 octets of the signature are a number; with the order of the group added it is the same to some. */
    private static String shifted(String note) {
        int from = note.lastIndexOf(' ') + 1;
        byte[] line = Base64.getDecoder().decode(note.substring(from).strip());
        byte[] number = new byte[32];
        for (int i = 0; i < 32; i++) {
            number[i] = line[line.length - 1 - i];
        }
        byte[] shifted = new BigInteger(1, number).add(ED25519).toByteArray();
        for (int i = 0; i < 32; i++) {
            line[line.length - 1 - i] = i < 32 - shifted.length ? 0 : shifted[i - (32 - shifted.length)];
        }
        return note.substring(0, from) + Base64.getEncoder().encodeToString(line) + "\n";
    }

    // ---- claims

    private static Vector relayed(
            String name, Check check, Indication indication, String done, Consumer<Draft> change) {
        return Vector.bundle(name, check, indication, done, () -> {
            World world = new World();
            world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
            world.say(EvidenceEvent.RELAY_ACCEPTANCE, change);
            world.say(EvidenceEvent.CONTENT_HANDOVER);
            return world.bundle();
        });
    }

    private static byte[] told(Consumer<Draft> change) {
        World world = new World();
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE, change);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE, change);
        world.say(EvidenceEvent.CONTENT_HANDOVER, change);
        return world.bundle();
    }

    private static void exchange(Draft draft, Function<OfExchange, OfExchange> change) {
        draft.subject = change.apply((OfExchange) draft.subject);
    }

    private static void agreement(Map<String, byte[]> files, String path, World world, byte[] text) {
        files.put(path, text);
        files.put(path + ".QVL.p7s", World.partySign(world.qvlParty, text));
        files.put(path + ".QOS.p7s", World.partySign(world.qosParty, text));
    }

    /** The index changed, its last line made to fit, and signed. */
    private static byte[] indexed(Scene scene, UnaryOperator<String> change) {
        byte[] changed = scene.edit(files -> {
            String text = new String(files.get(BundlePath.INDEX), StandardCharsets.UTF_8);
            text = change.apply(text.substring(0, text.lastIndexOf("end ")));
            files.put(
                    BundlePath.INDEX,
                    World.text(text + "end " + Digest.sha256(World.text(text)).hex() + "\n"));
        });
        return World.signed(changed, scene.world.qvlSeal.signer());
    }

    private static byte[] anotherEpoch() {
        Scene scene = new Scene();
        return scene.reexport(Scene.inReceipt(
                scene.relayed,
                entries -> entries.put(
                        Scene.PROOF,
                        World.replaced(entries.get(Scene.PROOF), "QOS-POL/receipts/1", "QOS-POL/receipts/2"))));
    }

    private static byte[] forgedAuthority() throws Exception {
        Scene scene = new Scene();
        TestPki forged = new TestPki("QOS CA");
        byte[] list = forged.crl().getEncoded();
        byte[] authority = forged.certificate().getEncoded();
        String usual = "crls/"
                + Digest.sha256(scene.world.qosAuthority.crl().getEncoded()).hex() + ".pem";
        return scene.reexport(files -> {
            files.remove(usual);
            files.put("crls/" + Digest.sha256(list).hex() + ".pem", World.text(VectorFolder.pem("X509 CRL", list)));
            files.put(
                    "certificates/" + Digest.sha256(authority).hex() + ".pem",
                    World.text(VectorFolder.pem("CERTIFICATE", authority)));
        });
    }

    private static byte[] exportedByAThird() {
        Scene scene = new Scene();
        GatewayId third = new GatewayId("QOS-BP");
        TestPki.Holder seal = scene.world.qosAuthority.gateway(third);
        byte[] bundle = scene.edit(files -> {
            var index = BundleIndex.parse(files.get(BundlePath.INDEX)).orElseThrow();
            files.put(
                    BundlePath.INDEX,
                    new BundleIndex(
                                    third,
                                    index.exported(),
                                    index.asked(),
                                    index.exchanges(),
                                    new TreeMap<>(index.files()))
                            .octets());
        });
        return World.signed(bundle, seal.signer());
    }
}
