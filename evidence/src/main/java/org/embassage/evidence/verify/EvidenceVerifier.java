package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.verify.Material.GoodReceipt;

/**
 * Judges an evidence bundle, or a single receipt, by the numbered checks of docs/formats/evidence.md.
 *
 * <p>Guarantees: nothing is fetched; nothing in the file is believed unless it leads to an anchor of the auditor; the
 * same input gives the same report; no input makes it throw. Does not guarantee: that content is true, that an event was
 * not stated later than it happened (a time-stamp says by when a receipt existed), or that nothing else was exchanged.
 * Thread-safe.
 */
public final class EvidenceVerifier {

    /** Checks that a single receipt alone does not call for. */
    private static final Set<Check> OF_BUNDLES = EnumSet.of(
            Check.INDEX,
            Check.EXPORTER,
            Check.CARD,
            Check.AGREEMENT,
            Check.COUNTRY_AUTHORITY,
            Check.TERMS,
            Check.DIGESTS,
            Check.ORDER,
            Check.PREVIOUS,
            Check.OUTCOME,
            Check.COMPLETE,
            Check.LEDGERS,
            Check.CONTINUITY,
            Check.WITNESSED,
            Check.PERIOD);

    private EvidenceVerifier() {}

    /**
     * Judges.
     *
     * @param file a bundle or a receipt's container, at most {@link EvidenceBundle#MAX_BYTES}
     * @param at the instant for which certificates and revocation lists are judged; never the time that a signer states
     */
    public static VerificationReport verify(byte[] file, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        return verify(file, Optional.empty(), trust, policy, at);
    }

    /**
     * Judges.
     *
     * @param file a bundle or a receipt's container, at most {@link EvidenceBundle#MAX_BYTES}
     * @param record what lies beside it as {@code <file>.ers}: an evidence record (RFC 4998). If it is good, the file is
     *     judged at the time by which it existed
     * @param at the instant for which certificates and revocation lists are judged; never the time that a signer states
     */
    public static VerificationReport verify(
            byte[] file, Optional<byte[]> record, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        return examine(file, record, trust, policy, at).report();
    }

    static Examined examine(byte[] file, Optional<byte[]> record, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        return examine(file, record, Optional.empty(), trust, policy, at);
    }

    /** @param within by when a file existed that holds this one, if that is proven */
    static Examined examine(
            byte[] file,
            Optional<byte[]> record,
            Optional<ProvenTime> within,
            TrustAnchors trust,
            VerifyPolicy policy,
            Instant at) {
        Findings findings = new Findings();
        Optional<EvidenceBundle> bundle = EvidenceBundle.read(file);
        Salvage salvage = bundle.isPresent() ? Salvage.of(new byte[0]) : Salvage.of(file);
        boolean receipt = bundle.isEmpty() && salvage.entries().containsKey("mimetype");
        Material material;
        if (receipt) {
            material = single(file, findings);
        } else {
            material = new Material(
                    bundle.map(EvidenceBundle::files).orElseGet(() -> ContainerChecks.salvage(salvage, findings)));
            ContainerChecks.places(material, findings);
            ContainerChecks.index(material, findings);
            ReceiptChecks.all(material, findings);
            ExtractChecks.all(material, findings);
        }
        Optional<ProvenTime> filed = record.flatMap(
                        octets -> RecordChecks.record(octets, Digest.sha256(file), trust, material, at, findings))
                .or(() -> within);
        Optional<ProvenTime> whole = RecordChecks.index(
                        material, trust, filed.map(ProvenTime::time).orElse(at), findings)
                .or(() -> filed);
        Set<Check> notCalledFor = EnumSet.copyOf(receipt ? OF_BUNDLES : Set.<Check>of(Check.WITNESSED));
        notCalledFor.add(Check.SIDES);
        Judged judged = judge(material, trust, whole, at, !receipt, policy.witnesses(), notCalledFor, findings);
        VerificationReport report = Conclusion.of(
                findings,
                notCalledFor,
                policy,
                at,
                subject(material, receipt),
                facts(material, judged.times()),
                anchors(trust),
                receipts(material, judged.times()),
                material.index,
                material.period);
        return new Examined(report, material, judged.ledgers(), bundle.isPresent());
    }

    /** What the later steps ask of the checks. */
    record Judged(ProvenTimes times, LedgerChecks ledgers) {}

    private static Material single(byte[] container, Findings findings) {
        String path = "the receipt";
        SortedMap<String, byte[]> files = new TreeMap<>();
        files.put(path, container);
        Material material = new Material(files);
        ReceiptChecks.one(path, container, false, findings).ifPresent(material.receipts::add);
        if (!material.receipts.isEmpty()) {
            findings.pass(Check.CONTAINER, path, "a strict ZIP");
        }
        return material;
    }

    static Judged judge(
            Material material,
            TrustAnchors trust,
            Optional<ProvenTime> whole,
            Instant at,
            boolean bundle,
            int witnesses,
            Set<Check> notCalledFor,
            Findings findings) {
        PathJudge paths = new PathJudge(
                trust,
                material.certificates(),
                material.crls(),
                whole.map(ProvenTime::time).orElse(at));
        if (bundle) {
            SignerChecks.cards(material, paths, findings);
            ContainerChecks.exporter(material, paths, findings);
            AgreementChecks.agreements(material, paths, findings);
        }
        LedgerChecks ledgers = new LedgerChecks(material, trust, findings);
        ledgers.all(bundle);
        boolean witnessed = new WitnessChecks(material, trust, ledgers, witnesses, findings).all();
        if (bundle || witnessed) {
            notCalledFor.remove(Check.WITNESSED);
        }
        ProvenTimes times = new TimeChecks(material, trust, ledgers, whole, at, findings).all();
        SignerChecks.receipts(material, paths, times, bundle, findings);
        if (bundle) {
            SignerChecks.countries(paths, findings);
            ExchangeChecks.all(material, findings);
            boolean stated = PeriodChecks.stated(material);
            if (stated) {
                new PeriodChecks(material, trust, ledgers, findings).all();
            } else {
                notCalledFor.add(Check.PERIOD);
            }
        }
        return new Judged(times, ledgers);
    }

    private static String subject(Material material, boolean receipt) {
        if (receipt) {
            return "a receipt";
        }
        int exchanges = material.exchanges().size();
        return "a bundle with " + count(material.receipts.size(), "whole receipt") + " of "
                + count(exchanges, "exchange");
    }

    private static String count(int n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }

    static List<String> facts(Material material, ProvenTimes times) {
        return inOrder(material)
                .map(receipt -> fact(receipt.evidence())
                        + times.with(receipt)
                                .map(proven -> "; existed by " + proven.time() + " (" + proven.by() + ")")
                                .orElse(""))
                .toList();
    }

    static List<JudgedReceipt> receipts(Material material, ProvenTimes times) {
        return inOrder(material)
                .map(good -> new JudgedReceipt(
                        good.path(),
                        good.evidence(),
                        good.receipt().manifest(),
                        good.receipt().signature(),
                        Digest.sha256(good.receipt().container()),
                        PathJudge.name(good.signer()),
                        times.with(good)))
                .toList();
    }

    private static Stream<GoodReceipt> inOrder(Material material) {
        return material.receipts.stream()
                .sorted(Comparator.comparing((GoodReceipt r) -> r.evidence().time())
                        .thenComparing(r -> r.receipt().id()));
    }

    private static String fact(Evidence e) {
        StringBuilder text = new StringBuilder()
                .append(e.time())
                .append("  ")
                .append(e.event().etsiName())
                .append(" by ")
                .append(e.issuer());
        e.act()
                .ifPresent(act -> text.append(" (")
                        .append(act.word())
                        .append(" by ")
                        .append(act.actor())
                        .append(')'));
        e.basis().ifPresent(basis -> text.append(" (").append(basis).append(')'));
        if (e.subject() instanceof Subject.OfExchange of) {
            text.append(", exchange ").append(of.exchange()).append(' ').append(e.sender());
            e.recipient().ifPresent(recipient -> text.append(" -> ").append(recipient));
        } else if (e.subject() instanceof Subject.OfSubmission of) {
            text.append(", drop ").append(of.submission().drop());
            of.submission()
                    .recordIndex()
                    .ifPresent(index -> text.append(" record ").append(index));
        } else if (e.subject() instanceof Subject.OfPeer) {
            text.append(", messages between ").append(e.sender());
            e.recipient().ifPresent(peer -> text.append(" and ").append(peer));
        } else {
            text.append(", a message that could not be opened");
        }
        return text.toString();
    }

    static List<String> anchors(TrustAnchors trust) {
        List<String> lines = new ArrayList<>();
        trust.anchors()
                .forEach(anchor -> lines.add(ParsedCertificates.digest(anchor.certificate())
                                .hex() + " "
                        + PathJudge.name(anchor.certificate())
                        + anchor.country().map(country -> " for " + country).orElse(" for any one country")));
        trust.timeStamping()
                .authorities()
                .forEach(authority -> lines.add(ParsedCertificates.digest(authority)
                                .hex() + " " + PathJudge.name(authority) + " for time-stamping"));
        return lines;
    }
}
