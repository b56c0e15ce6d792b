package org.embassage.evidence.verify;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.embassage.evidence.Chance;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.TestPki;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundleWriter;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.evidence.receipt.ReceiptSigner;
import org.embassage.evidence.time.ReceiptAugmenter;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.zip.StrictZip;

/** Two countries with a gateway each, real keys, ledgers and an agreement: all that a bundle needs. SYNTHETIC. */
public final class World {

    public static final GatewayId QVL = new GatewayId("QVL-BG");
    public static final GatewayId QOS = new GatewayId("QOS-POL");

    public final TestPki qvlAuthority = new TestPki("QVL CA");
    public final TestPki qosAuthority = new TestPki("QOS CA");
    public final TestPki.Holder qvlParty = qvlAuthority.party("QVL");
    public final TestPki.Holder qosParty = qosAuthority.party("QOS");
    public TestPki.Holder qvlSeal = qvlAuthority.gateway(QVL);
    public TestPki.Holder qosSeal = qosAuthority.gateway(QOS);
    /** The authority that time-stamps for both; no party of the agreement. */
    public final TestTsa tsa = new TestTsa("SYNTHETIC TSA");

    public final TestLedger qvlLedger = new TestLedger(QVL);
    public final TestLedger qosLedger = new TestLedger(QOS);
    public final Cosigner qvlWitness = witness(QVL);
    public final Cosigner qosWitness = witness(QOS);
    /** Each id is made a second after the one before, so that their order is certain. */
    public final Uuids ids = new Uuids(new Ticking(), Chance.current().random());

    public final ExchangeId exchange = ids.nextExchangeId();
    public final Instant start =
            Chance.current().now().minus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.MILLIS);
    public final byte[] sealed = "SYNTHETIC ciphertext".getBytes(StandardCharsets.UTF_8);
    public final byte[] agreement =
            text("""
            <?xml version="1.0" encoding="UTF-8"?>
            <Agreement xmlns="urn:embassage:agreement:1" id="QVL-QOS-2031-01" version="1">
              <LegalBasis ref="SYNTHETIC"/>
              <Party code="QVL" ca="%s"><Agency code="QVL-BG" role="SENDER RECEIVER"/></Party>
              <Party code="QOS" ca="%s"><Agency code="QOS-POL" role="SENDER RECEIVER"/></Party>
              <Validity from="2020-01-01T00:00:00Z" until="2099-01-01T00:00:00Z"/>
              <Timing mergeDelaySeconds="60" returnWindowSeconds="3600" clockSkewSeconds="120"/>
              <Rule id="R1" kind="PersonAlert" from="QVL" to="QOS-POL"/>
            </Agreement>
            """.formatted(digest(qvlAuthority.certificate()), digest(qosAuthority.certificate())));
    public final Map<String, byte[]> agreementSignatures = new TreeMap<>(Map.of(
            "QVL", qvlParty.signer().signDetached(agreement, Commitment.NONE),
            "QOS", qosParty.signer().signDetached(agreement, Commitment.NONE)));
    public final List<Receipt> receipts = new ArrayList<>();
    /** Whether bundles carry VERIFY.md and verify.sh, which are longer than all else in them. */
    public boolean script = false;

    private Optional<Previous> last = Optional.empty();
    private Instant clock = start;

    /** The gateways witness each other. */
    public World() {
        qvlLedger.witness(qosWitness);
        qosLedger.witness(qvlWitness);
    }

    private static final class Ticking extends Clock {
        private Instant now = Chance.current().now();

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /** A usual exchange: accepted, relayed, handed over. */
    public static World handedOver() {
        World world = new World();
        world.script = true;
        world.say(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        world.say(EvidenceEvent.RELAY_ACCEPTANCE);
        world.say(EvidenceEvent.CONTENT_HANDOVER);
        return world;
    }

    public Receipt say(EvidenceEvent event) {
        return say(event, draft -> {});
    }

    /** Issues a receipt, appends it to both ledgers, and keeps it. */
    public Receipt say(EvidenceEvent event, Consumer<Draft> change) {
        Receipt receipt = sign(event, change);
        boolean byQvl = receipt.evidence().issuer().equals(QVL);
        (byQvl ? qvlLedger : qosLedger).append(LedgerLeaf.issued(receipt));
        (byQvl ? qosLedger : qvlLedger).append(LedgerLeaf.received(receipt));
        receipts.add(receipt);
        last = Optional.of(new Previous(receipt.id(), receipt.manifest()));
        return receipt;
    }

    /** Signs a receipt that is in no ledger. */
    public Receipt sign(EvidenceEvent event, Consumer<Draft> change) {
        Draft draft = draft(event);
        change.accept(draft);
        TestPki.Holder seal = draft.issuer.equals(QVL) ? qvlSeal : qosSeal;
        return new ReceiptSigner(seal.signer())
                .sign(List.of(draft.evidence(ParsedCertificates.digest(seal.certificate()))))
                .get(0);
    }

    private Draft draft(EvidenceEvent event) {
        boolean bySender = switch (event) {
            case SUBMISSION_ACCEPTANCE, SUBMISSION_REJECTION, RELAY_FAILURE, TRAFFIC_SUSPENDED, TRAFFIC_RESUMED -> true;
            case RELAY_ACCEPTANCE,
                    RELAY_REJECTION,
                    CONTENT_HANDOVER,
                    CONTENT_HANDOVER_FAILURE,
                    QUARANTINE_DECISION,
                    CONTENT_ERASURE -> false;
        };
        boolean negative = event.name().endsWith("REJECTION") || event.name().endsWith("FAILURE");
        boolean reasoned = negative || !event.ofEtsi() && event != EvidenceEvent.TRAFFIC_RESUMED;
        Draft draft = new Draft();
        clock = clock.plusSeconds(1);
        draft.id = ids.nextEvidenceId();
        draft.event = event;
        draft.time = clock;
        draft.issuer = bySender ? QVL : QOS;
        draft.sender = QVL;
        draft.recipient = Optional.of(QOS);
        draft.subject = new Subject.OfExchange(
                exchange,
                "PersonAlert",
                "1.0",
                7,
                start,
                bySender ? Optional.of(new SubmissionRef(ids.nextDropId(), Optional.of(3))) : Optional.empty(),
                Optional.empty());
        draft.terms = Optional.of(new Terms(
                "QVL-QOS-2031-01", 1, Digest.sha256(agreement), "R1", negative ? "REFUSE" : "PERMIT", List.of()));
        draft.digests = Optional.of(new MessageDigests(
                Digest.sha256(sealed),
                Optional.of(Digest.sha256(text("inner"))),
                Optional.of(Digest.sha256(text("m")))));
        draft.previous = last;
        if (reasoned) {
            draft.reasons.add(Reason.of("EXPIRED"));
        }
        draft.act = act(event);
        if (event.name().startsWith("TRAFFIC")) {
            draft.subject = new Subject.OfPeer();
            draft.digests = Optional.empty();
            draft.previous = Optional.empty();
        }
        if (event == EvidenceEvent.CONTENT_HANDOVER) {
            draft.basis = Optional.of(HandoverBasis.WRITTEN);
        }
        draft.checkpoints = bySender
                ? new Checkpoints(qvlLedger.checkpoint(), Optional.of(qosLedger.checkpoint()))
                : new Checkpoints(qosLedger.checkpoint(), Optional.of(qvlLedger.checkpoint()));
        return draft;
    }

    private static Optional<Act> act(EvidenceEvent event) {
        return switch (event) {
            case QUARANTINE_DECISION ->
                Optional.of(new Act("REJECT", "OFFICER", Optional.of("p-3f9a1c07"), Optional.empty()));
            case TRAFFIC_SUSPENDED -> Optional.of(Act.byRule("SUSPEND", Optional.empty()));
            case TRAFFIC_RESUMED -> Optional.of(Act.byRule("RESUME", Optional.empty()));
            case CONTENT_ERASURE -> Optional.of(Act.byRule("ERASE", Optional.empty()));
            default -> Optional.empty();
        };
    }

    // ---- time

    /** The receipt with its proof and a time-stamp of the instant: CAdES B-T. */
    public byte[] stamped(Receipt receipt, Instant time) {
        byte[] proven = proof(receipt)
                .map(text -> ReceiptReader.withProof(receipt.container(), text))
                .orElse(receipt.container());
        return ReceiptAugmenter.augment(
                proven, Optional.of(tsa.stamp(StampRequest.of(receipt).digest(), time)), List.of(), List.of());
    }

    /** The receipt a second after its event, with certificates and revocation lists: CAdES B-LT. */
    public byte[] longTerm(Receipt receipt) {
        return ReceiptAugmenter.augment(
                stamped(receipt, receipt.evidence().time().plusSeconds(1)),
                Optional.empty(),
                List.of(
                        qvlAuthority.certificate(),
                        qosAuthority.certificate(),
                        tsa.authority().certificate()),
                List.of(qvlAuthority.crl(), qosAuthority.crl(), tsa.crl()));
    }

    /** With an archive time-stamp of now: CAdES LTA. */
    public byte[] archived(Receipt receipt) {
        return archived(longTerm(receipt));
    }

    /** With one more archive time-stamp of now. */
    public byte[] archived(byte[] container) {
        byte[] ready = ReceiptAugmenter.beforeArchive(
                container, List.of(tsa.authority().certificate()), List.of(tsa.crl()));
        return ReceiptAugmenter.archive(
                ready, tsa.stamp(StampRequest.ofArchive(ready).digest()));
    }

    // ---- the bundle

    /** A complete bundle, signed by its exporter QVL-BG. */
    public byte[] bundle() {
        return bundle(writer -> {});
    }

    public byte[] bundle(Consumer<BundleWriter> more) {
        return write(receipts, more);
    }

    /** A bundle with the receipts in another form, and with what is needed to judge the authority of time-stamps. */
    public byte[] bundleOf(Function<Receipt, byte[]> form, Consumer<BundleWriter> more) {
        return write(receipts, form, writer -> {
            writer.certificate(tsa.authority().certificate()).crl(tsa.crl());
            more.accept(writer);
        });
    }

    /** A bundle with other receipts than those that were said. */
    public byte[] write(List<Receipt> chosen, Consumer<BundleWriter> more) {
        return write(chosen, Receipt::container, more);
    }

    private byte[] write(List<Receipt> chosen, Function<Receipt, byte[]> form, Consumer<BundleWriter> more) {
        return write(QVL, chosen, form, more);
    }

    /** A complete bundle that the other side exports and signs. */
    public byte[] peersBundle() {
        return peersBundle(receipts, writer -> {});
    }

    public byte[] peersBundle(List<Receipt> chosen, Consumer<BundleWriter> more) {
        return write(QOS, chosen, Receipt::container, more);
    }

    private byte[] write(
            GatewayId exporter, List<Receipt> chosen, Function<Receipt, byte[]> form, Consumer<BundleWriter> more) {
        BundleWriter writer = new BundleWriter(exporter, Chance.current().now(), "exchange " + exchange);
        for (Receipt receipt : chosen) {
            writer.receipt(form.apply(receipt), proof(receipt));
        }
        writer.card(QVL, 1, card(QVL, qvlSeal, qvlLedger), partySign(qvlParty, card(QVL, qvlSeal, qvlLedger)))
                .card(QOS, 1, card(QOS, qosSeal, qosLedger), partySign(qosParty, card(QOS, qosSeal, qosLedger)))
                .agreement("QVL-QOS-2031-01", 1, agreement, agreementSignatures)
                .certificate(qvlAuthority.certificate())
                .certificate(qosAuthority.certificate())
                .crl(qvlAuthority.crl())
                .crl(qosAuthority.crl())
                .note(exporter, qvlLedger.checkpoint())
                .note(exporter, qosLedger.checkpoint());
        more.accept(writer);
        CadesSigner signer = (exporter.equals(QVL) ? qvlSeal : qosSeal).signer();
        byte[] whole = writer.continuity(qvlLedger.origin(), qvlLedger.tree())
                .continuity(qosLedger.origin(), qosLedger.tree())
                .write(Optional.of(signer));
        return script ? whole : signed(forge(whole, World::small), signer);
    }

    /** Without what is there for people. */
    private static void small(Map<String, byte[]> files) {
        files.remove(BundlePath.SCRIPT);
        files.remove(BundlePath.INSTRUCTIONS);
    }

    /** The same with a signature over its index. */
    public static byte[] signed(byte[] bundle, CadesSigner exporter) {
        return edit(bundle, files -> {
            byte[] index = files.remove(BundlePath.INDEX);
            files.remove(BundlePath.INDEX_SIGNATURE);
            Map<String, byte[]> others = new LinkedHashMap<>(files);
            files.clear();
            files.put(BundlePath.INDEX, index);
            files.put(BundlePath.INDEX_SIGNATURE, exporter.signDetached(index, Commitment.NONE));
            files.putAll(others);
        });
    }

    public Optional<String> proof(Receipt receipt) {
        TestLedger ledger = receipt.evidence().issuer().equals(QVL) ? qvlLedger : qosLedger;
        return ledger.has(LedgerLeaf.issued(receipt))
                ? Optional.of(ledger.proof(LedgerLeaf.issued(receipt)))
                : Optional.empty();
    }

    public static byte[] partySign(TestPki.Holder party, byte[] file) {
        return party.signer().signDetached(file, Commitment.NONE);
    }

    /** The key with which a gateway cosigns the ledgers of its peers. */
    public static Cosigner witness(GatewayId gateway) {
        KeyPair keys = Chance.current().ed25519(gateway + " witness");
        return new Cosigner(gateway + "/witness", keys.getPrivate(), keys.getPublic());
    }

    public byte[] card(GatewayId gateway, TestPki.Holder seal, TestLedger ledger) {
        return text("""
                <?xml version="1.0" encoding="UTF-8"?>
                <PeerCard xmlns="urn:embassage:peer-card:1" number="1" gateway="%s" country="%s"
                          issued="2020-01-01T00:00:00Z" validUntil="2099-01-01T00:00:00Z">
                  <Agency>SYNTHETIC</Agency>
                  <SealCertificate from="2020-01-01T00:00:00Z">%s</SealCertificate>
                  <LedgerKey>%s</LedgerKey>
                  <WitnessKey>%s</WitnessKey>
                </PeerCard>
                """.formatted(
                gateway,
                gateway.country(),
                base64(seal.certificate()),
                ledger.vkey(),
                (gateway.equals(QVL) ? qvlWitness : qosWitness).verifier().vkey()));
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public static String digest(X509Certificate certificate) {
        return ParsedCertificates.digest(certificate).hex();
    }

    /** The anchors of both countries. */
    public TrustAnchors trust() {
        return TrustAnchors.of(List.of(qvlAuthority.certificate(), qosAuthority.certificate()));
    }

    /** The same, and the authority of time-stamps. */
    public TrustAnchors timeTrust() {
        return trust().with(
                        new TrustAnchors.TimeStamping(List.of(tsa.authority().certificate()), List.of(tsa.crl())));
    }

    public static VerifyPolicy policy() {
        return VerifyPolicy.parse("embassage-policy/v1\noptional time-stamp\n").orElseThrow();
    }

    public VerificationReport verify(byte[] bundle) {
        return EvidenceVerifier.verify(
                bundle, trust(), policy(), Chance.current().now());
    }

    // ---- what an attacker does

    /** Changes files, and leaves the index as it was. */
    public static byte[] edit(byte[] bundle, Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries =
                new LinkedHashMap<>(StrictZip.read(bundle, 1 << 24).orElseThrow());
        change.accept(entries);
        return StrictZip.write(entries);
    }

    /** Changes files and writes an index to match; the exporter's signature is dropped. */
    public static byte[] forge(byte[] bundle, Consumer<Map<String, byte[]>> change) {
        return edit(bundle, entries -> {
            change.accept(entries);
            BundleIndex index = BundleIndex.parse(entries.get(BundlePath.INDEX)).orElseThrow();
            TreeMap<String, Digest> digests = new TreeMap<>();
            entries.forEach((path, content) -> digests.put(path, Digest.sha256(content)));
            digests.remove(BundlePath.INDEX);
            digests.remove(BundlePath.INDEX_SIGNATURE);
            entries.remove(BundlePath.INDEX_SIGNATURE);
            entries.put(
                    BundlePath.INDEX,
                    new BundleIndex(index.exporter(), index.exported(), index.asked(), index.exchanges(), digests)
                            .octets());
        });
    }

    public static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public static byte[] replaced(byte[] content, String from, String to) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.contains(from)) {
            throw new IllegalArgumentException("nothing to replace");
        }
        return text.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
    }
}
