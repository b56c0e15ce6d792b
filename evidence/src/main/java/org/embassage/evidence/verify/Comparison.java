package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.receipt.Evidence;

/**
 * Two bundles, usually of both sides about one exchange, laid beside each other: which receipts are the same, which are in
 * one only, which differ, and what the two say when they are judged as one. What one side rewrote contradicts what the
 * other kept.
 *
 * @param one the first file judged alone
 * @param other the second file judged alone
 * @param lines each receipt of either, in the order of their times
 * @param together both judged as one; without checks 1 to 3, which are about a file
 */
public record Comparison(
        VerificationReport one, VerificationReport other, List<Line> lines, VerificationReport together) {

    public Comparison {
        lines = List.copyOf(lines);
    }

    /** Where a receipt is. */
    public enum Place {
        /** In both, with the same manifest and the same signature value. */
        BOTH,
        ONLY_ONE,
        ONLY_OTHER,
        /** Whole in the second; what the first holds under its name is damaged. */
        DAMAGED_ONE,
        /** Whole in the first; what the second holds under its name is damaged. */
        DAMAGED_OTHER,
        /** In both under one id, and not the same. */
        DIFFERENT
    }

    /** One receipt. */
    public record Line(Evidence evidence, Place place) {
        /** As a person names it. */
        public String title() {
            return "receipt " + evidence.id() + " (" + evidence.event().etsiName() + ") by " + evidence.issuer();
        }
    }

    /**
     * Judges two bundles.
     *
     * @param at as for {@link EvidenceVerifier#verify}
     */
    public static Comparison of(byte[] one, byte[] other, TrustAnchors trust, VerifyPolicy policy, Instant at) {
        Examined first = EvidenceVerifier.examine(one, Optional.empty(), trust, policy, at);
        Examined second = EvidenceVerifier.examine(other, Optional.empty(), trust, policy, at);
        return new Comparison(
                first.report(),
                second.report(),
                lines(first.report(), second.report()),
                Together.of(
                                new Together.Side("the first file", first),
                                new Together.Side("the second file", second),
                                trust,
                                policy,
                                Optional.empty(),
                                at)
                        .examined()
                        .report());
    }

    private static List<Line> lines(VerificationReport one, VerificationReport other) {
        Map<EvidenceId, JudgedReceipt> mine = byId(one);
        Map<EvidenceId, JudgedReceipt> theirs = byId(other);
        List<Line> lines = new ArrayList<>();
        mine.forEach((id, receipt) -> {
            JudgedReceipt same = theirs.get(id);
            Place place = same == null
                    ? damaged(other, id) ? Place.DAMAGED_OTHER : Place.ONLY_ONE
                    : identical(receipt, same) ? Place.BOTH : Place.DIFFERENT;
            lines.add(new Line(receipt.evidence(), place));
        });
        theirs.forEach((id, receipt) -> {
            if (!mine.containsKey(id)) {
                lines.add(new Line(receipt.evidence(), damaged(one, id) ? Place.DAMAGED_ONE : Place.ONLY_OTHER));
            }
        });
        lines.sort(Comparator.comparing((Line line) -> line.evidence().time())
                .thenComparing(line -> line.evidence().id()));
        return lines;
    }

    /** Whether there is a file under the receipt's name that is not whole. */
    private static boolean damaged(VerificationReport report, EvidenceId id) {
        return List.of(Check.RECEIPT, Check.FIELDS).stream()
                .flatMap(check -> report.of(check).findings().stream())
                .anyMatch(finding ->
                        finding.status() == Status.FAIL && finding.subject().equals(BundlePath.receipt(id)));
    }

    private static boolean identical(JudgedReceipt one, JudgedReceipt other) {
        return one.manifest().equals(other.manifest()) && one.signature().equals(other.signature());
    }

    private static Map<EvidenceId, JudgedReceipt> byId(VerificationReport report) {
        Map<EvidenceId, JudgedReceipt> receipts = new TreeMap<>();
        report.receipts().forEach(receipt -> receipts.put(receipt.evidence().id(), receipt));
        return receipts;
    }

    // ---- the conclusion

    /** The worst of the two alone and together; a receipt that differs fails, one that is missing leaves it open. */
    public Verdict verdict() {
        Verdict worst = one.verdict();
        for (Verdict verdict : List.of(other.verdict(), together.verdict(), ofLines())) {
            worst = verdict.compareTo(worst) > 0 ? verdict : worst;
        }
        return worst;
    }

    private Verdict ofLines() {
        if (count(Place.DIFFERENT) > 0) {
            return Verdict.TOTAL_FAILED;
        }
        return count(Place.BOTH) == lines.size() && !lines.isEmpty() ? Verdict.TOTAL_PASSED : Verdict.INDETERMINATE;
    }

    /** How many receipts are in this place. */
    public long count(Place place) {
        return lines.stream().filter(line -> line.place() == place).count();
    }

    /** The result in plain words. */
    public String sentence() {
        Optional<Line> different = first(Place.DIFFERENT);
        if (different.isPresent()) {
            return "The two files contradict each other: each holds a signed "
                    + different.get().title() + ", and they are not the same.";
        }
        if (one.verdict() != Verdict.TOTAL_FAILED
                && other.verdict() != Verdict.TOTAL_FAILED
                && together.verdict() == Verdict.TOTAL_FAILED) {
            return "Each file alone is without fault, but they contradict each other: "
                    + together.sentence().replaceFirst("^Do not rely on it: ", "");
        }
        for (VerificationReport report : List.of(one, other)) {
            if (report.verdict() == Verdict.TOTAL_FAILED) {
                return (report == one ? "The first file fails. " : "The second file fails. ")
                        + report.sentence()
                        + first(report == one ? Place.DAMAGED_ONE : Place.DAMAGED_OTHER)
                                .map(line -> " The " + (report == one ? "second" : "first") + " file holds "
                                        + line.title() + " whole.")
                                .orElse("");
            }
        }
        Optional<Line> missing = first(Place.ONLY_ONE).or(() -> first(Place.ONLY_OTHER));
        if (missing.isPresent()) {
            long all = count(Place.ONLY_ONE) + count(Place.ONLY_OTHER);
            return "Nothing contradicts, but " + all + " of " + lines.size() + " receipts "
                    + (all == 1 ? "is" : "are") + " in one file only. The first is "
                    + missing.get().title()
                    + ", which is not in the "
                    + (missing.get().place() == Place.ONLY_ONE ? "second" : "first")
                    + ": it had not come when that was exported, was left out, or was removed.";
        }
        if (lines.isEmpty()) {
            return "Neither file holds a whole receipt.";
        }
        String same = "Both files hold the same " + lines.size() + (lines.size() == 1 ? " receipt" : " receipts");
        return verdict() == Verdict.TOTAL_PASSED
                ? same + ", and everything that was checked holds."
                : same + ", but not all is proven: see each of them.";
    }

    private Optional<Line> first(Place place) {
        return lines.stream().filter(line -> line.place() == place).findFirst();
    }
}
