package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundleIndex;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.dispute.DisputeFile;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.dispute.Standings;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.verify.DisputeFacts.Party;
import org.embassage.evidence.verify.Material.GoodReceipt;
import org.embassage.evidence.verify.Together.Joined;

/**
 * Judges a dispute file (docs/formats/dispute.md): each side's bundle alone, both as one, and each receipt beside the other
 * side's. What {@code dispute.txt} says is found anew and never believed.
 *
 * <p>Guarantees are those of {@link EvidenceVerifier}. Thread-safe.
 */
public final class DisputeVerifier {

    /** About a file and not about what both say: taken from each bundle alone. */
    private static final Set<Check> OF_EACH_FILE =
            EnumSet.of(Check.CONTAINER, Check.INDEX, Check.EXPORTER, Check.PERIOD);
    /** So many receipts are explained. */
    private static final int MOST_EXPLAINED = 200;

    private final TrustAnchors trust;
    private final VerifyPolicy policy;
    private final Instant at;
    private final Findings findings = new Findings();

    private DisputeVerifier(TrustAnchors trust, VerifyPolicy policy, Instant at) {
        this.trust = trust;
        this.policy = policy;
        this.at = at;
    }

    /**
     * Judges.
     *
     * @param file for which {@link DisputeBundle#claimed} says that it is one; at most {@link DisputeBundle#MAX_BYTES}
     * @param at as for {@link EvidenceVerifier#verify}
     */
    public static DisputeReport verify(byte[] file, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        return verify(file, Optional.empty(), trust, policy, at);
    }

    /**
     * The same.
     *
     * @param record what lies beside the file as {@code <file>.ers}: an evidence record (RFC 4998). If it is good, both
     *     bundles are judged at the time by which the file existed, since it holds them
     */
    public static DisputeReport verify(
            byte[] file, Optional<byte[]> record, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        return new DisputeVerifier(trust, policy, at).verify(file, record);
    }

    private DisputeReport verify(byte[] file, Optional<byte[]> record) {
        DisputeContainer container = DisputeContainer.open(file, findings);
        Optional<ProvenTime> whole = record.flatMap(
                octets -> RecordChecks.record(octets, Digest.sha256(file), trust, chains(container), at, findings));
        List<Party> parties = new ArrayList<>();
        container
                .sides()
                .forEach((gateway, bundle) -> parties.add(new Party(
                        gateway, EvidenceVerifier.examine(bundle, Optional.empty(), whole, trust, policy, at))));
        if (parties.size() != 2) {
            VerificationReport report = concluded("a dispute file without two bundles", List.of(), List.of(), parties);
            return new DisputeReport(report, Optional.empty(), List.of(), report, List.of(), List.of());
        }
        Joined joined = Together.of(side(parties.get(0)), side(parties.get(1)), trust, policy, whole, at);
        Examined together = joined.examined();
        parties.forEach(this::exporter);
        List<DisputeReport.Line> lines = lines(container, parties, together);
        take(joined, parties);
        VerificationReport report = concluded(
                "a dispute between " + parties.get(0).gateway() + " and "
                        + parties.get(1).gateway(),
                together.report().facts(),
                together.report().receipts(),
                parties);
        List<DisputeReport.Side> sides = parties.stream()
                .map(party -> new DisputeReport.Side(
                        party.gateway(),
                        Digest.sha256(container.sides().getOrDefault(party.gateway(), new byte[0])),
                        party.examined().report()))
                .toList();
        return new DisputeReport(
                DisputeSentence.led(report, sides, together.report(), lines),
                container.stated().flatMap(DisputeFile::exchange),
                sides,
                together.report(),
                lines,
                ledgers(parties, together));
    }

    private static Together.Side side(Party party) {
        return new Together.Side(party.bundle(), party.examined());
    }

    /** What either bundle has that may help to build the path of an authority for time-stamping. */
    private static Material chains(DisputeContainer container) {
        SortedMap<String, byte[]> files = new TreeMap<>();
        container
                .sides()
                .values()
                .forEach(bundle -> EvidenceBundle.read(bundle)
                        .ifPresent(read -> read.files()
                                .forEach((path, content) -> BundlePath.kind(path)
                                        .filter(kind -> kind == Kind.CERTIFICATE || kind == Kind.CRL)
                                        .ifPresent(kind -> files.put(path, content)))));
        return new Material(files);
    }

    private void exporter(Party party) {
        Optional<GatewayId> exporter = party.examined().material().index.map(BundleIndex::exporter);
        if (exporter.filter(one -> !one.equals(party.gateway())).isPresent()) {
            findings.fail(
                    Check.SIDES,
                    Indication.CONTRADICTION,
                    "sides/" + party.gateway() + ".zip",
                    "sides/" + party.gateway() + ".zip says of itself that " + exporter.get()
                            + " exported it: the sides were swapped, or one was replaced");
        }
    }

    // ---- 26

    private List<DisputeReport.Line> lines(DisputeContainer container, List<Party> parties, Examined together) {
        Party first = parties.get(0);
        Party second = parties.get(1);
        Optional<DisputeFile> stated = container.stated();
        SortedMap<EvidenceId, Standing> found =
                Standings.of(strict(first), strict(second), stated.flatMap(DisputeFile::exchange));
        DisputeFile words = new DisputeFile(
                at,
                Optional.empty(),
                new DisputeFile.Side(first.gateway(), Digest.sha256(new byte[0])),
                new DisputeFile.Side(second.gateway(), Digest.sha256(new byte[0])),
                found);
        stated.ifPresent(says -> truthful(says, words));
        DisputeFacts facts = new DisputeFacts(first, second, together, trust);
        List<DisputeReport.Line> lines = new ArrayList<>();
        int[] explained = new int[1];
        found.forEach((id, standing) -> {
            Optional<Evidence> evidence = Stream.of(first, second)
                    .flatMap(party -> party.receipt(id).stream())
                    .map(GoodReceipt::evidence)
                    .findFirst();
            boolean explain = standing != Standing.MATCH && explained[0]++ < MOST_EXPLAINED;
            lines.add(new DisputeReport.Line(
                    id,
                    evidence,
                    standing,
                    words.word(standing),
                    evidence.filter(e ->
                                    !DisputeFacts.party(first.gateway(), e) || !DisputeFacts.party(second.gateway(), e))
                            .isEmpty(),
                    !explain
                            ? List.of()
                            : standing == Standing.CONFLICTING
                                    ? facts.conflicting(id)
                                    : facts.missing(id, standing == Standing.ONLY_FIRST)));
        });
        lines.sort(Comparator.comparing((DisputeReport.Line line) ->
                        line.evidence().map(Evidence::time).orElse(Instant.MAX))
                .thenComparing(DisputeReport.Line::id));
        lines.forEach(line -> say(line, first.gateway(), second.gateway()));
        if (lines.isEmpty()) {
            findings.notChecked(
                    Check.SIDES, Indication.SIGNED_DATA_NOT_FOUND, "sides/", "neither bundle holds a receipt of it");
        }
        return lines;
    }

    private static Map<String, byte[]> strict(Party party) {
        return party.examined().strict() ? party.examined().material().files : Map.of();
    }

    /** What dispute.txt says must be what is found. */
    private void truthful(DisputeFile says, DisputeFile found) {
        boolean sameSides = says.first().gateway().equals(found.first().gateway())
                && says.second().gateway().equals(found.second().gateway());
        if (!sameSides) {
            return; // said by check 2
        }
        Set<EvidenceId> ids = new TreeSet<>(says.receipts().keySet());
        ids.addAll(found.receipts().keySet());
        for (EvidenceId id : ids) {
            Optional<Standing> said = Optional.ofNullable(says.receipts().get(id));
            Optional<Standing> is = Optional.ofNullable(found.receipts().get(id));
            if (!said.equals(is)) {
                findings.fail(
                        Check.SIDES,
                        Indication.CONTRADICTION,
                        DisputeBundle.INDEX,
                        "dispute.txt says of receipt " + id + " '"
                                + said.map(says::word).orElse("nothing") + "', and what is found is '"
                                + is.map(says::word).orElse("nothing") + "': the list was changed");
            }
        }
    }

    private void say(DisputeReport.Line line, GatewayId first, GatewayId second) {
        String path = "receipts/" + line.id() + ".asice";
        String follows = line.words().isEmpty()
                ? ""
                : ": " + line.words().get(line.words().size() - 1);
        switch (line.standing()) {
            case MATCH -> findings.pass(Check.SIDES, path, line.title() + " is the same in both");
            case CONFLICTING ->
                findings.fail(
                        Check.SIDES,
                        Indication.CONTRADICTION,
                        path,
                        line.title() + " is in both bundles and not the same" + follows);
            case ONLY_FIRST, ONLY_SECOND -> {
                GatewayId holder = line.standing() == Standing.ONLY_FIRST ? first : second;
                String sentence = line.title() + " is in the bundle of " + holder + " only" + follows;
                if (line.expected()) {
                    findings.notChecked(Check.SIDES, Indication.SIGNED_DATA_NOT_FOUND, path, sentence);
                } else {
                    findings.pass(Check.SIDES, path, sentence);
                }
            }
        }
    }

    // ---- the other checks

    /** What both say as one, and what each bundle alone has against it. */
    private void take(Joined joined, List<Party> parties) {
        Map<String, List<Alone>> alone = new HashMap<>();
        parties.forEach(party -> party.examined().report().checks().stream()
                .flatMap(result -> result.findings().stream())
                .filter(finding -> finding.status() != Status.PASS)
                .forEach(finding -> alone.computeIfAbsent(joined.key(finding), key -> new ArrayList<>())
                        .add(new Alone(party, finding))));
        Set<String> said = new HashSet<>();
        for (CheckResult result : joined.examined().report().checks()) {
            if (result.calledFor() && !OF_EACH_FILE.contains(result.check())) {
                result.findings().forEach(finding -> {
                    said.add(joined.key(finding));
                    findings.add(
                            finding.status() == Status.FAIL
                                    ? in(alone.getOrDefault(joined.key(finding), List.of()))
                                            .orElse(finding)
                                    : finding);
                });
            }
        }
        for (Party party : parties) {
            for (CheckResult result : party.examined().report().checks()) {
                boolean ofFile = OF_EACH_FILE.contains(result.check());
                result.findings().stream()
                        .filter(finding ->
                                ofFile || finding.status() != Status.PASS && !said.contains(joined.key(finding)))
                        .forEach(finding -> findings.add(in(party.bundle(), finding)));
            }
        }
    }

    /** What a bundle alone shows. */
    private record Alone(Party party, Finding finding) {}

    /** What bundles show alone, and which of them; nothing if only both together show it. */
    private static Optional<Finding> in(List<Alone> shown) {
        return shown.stream()
                .findFirst()
                .map(first ->
                        in(shown.size() > 1 ? "both bundles" : first.party().bundle(), first.finding()));
    }

    private static Finding in(String where, Finding finding) {
        return new Finding(
                finding.check(),
                finding.status(),
                finding.indication(),
                finding.subject(),
                "in " + where + ": " + finding.sentence());
    }

    private VerificationReport concluded(
            String subject, List<String> facts, List<JudgedReceipt> receipts, List<Party> parties) {
        Set<Check> notCalledFor = EnumSet.noneOf(Check.class);
        for (Check check : Check.values()) {
            boolean called = check == Check.SIDES
                    || parties.isEmpty()
                    || parties.stream()
                            .anyMatch(
                                    party -> party.examined().report().of(check).calledFor());
            if (!called) {
                notCalledFor.add(check);
            }
        }
        return Conclusion.of(
                findings,
                notCalledFor,
                policy,
                at,
                subject,
                facts,
                EvidenceVerifier.anchors(trust),
                receipts,
                Optional.empty(),
                Optional.empty());
    }

    private static List<String> ledgers(List<Party> parties, Examined together) {
        SortedMap<String, List<Set<Long>>> sizes = new TreeMap<>();
        for (int i = 0; i < parties.size(); i++) {
            int side = i;
            parties.get(i)
                    .examined()
                    .ledgers()
                    .genuineNotes()
                    .forEach(note -> sizes.computeIfAbsent(
                                    note.checkpoint().origin(), origin -> List.of(new TreeSet<>(), new TreeSet<>()))
                            .get(side)
                            .add(note.checkpoint().size()));
        }
        List<String> lines = new ArrayList<>();
        sizes.forEach((origin, seen) -> {
            Set<Long> common = new TreeSet<>(seen.get(0));
            common.retainAll(seen.get(1));
            Optional<String> broken = together.report().of(Check.LEDGERS).findings().stream()
                    .filter(finding ->
                            finding.status() == Status.FAIL && finding.subject().equals(origin))
                    .map(Finding::sentence)
                    .findFirst();
            lines.add(broken.orElse("ledger " + origin + ": " + seen.get(0).size() + " checkpoints in "
                    + parties.get(0).bundle() + ", " + seen.get(1).size() + " in "
                    + parties.get(1).bundle() + ", " + common.size()
                    + " sizes in both; no entry is shown with two contents"));
        });
        return lines;
    }
}
