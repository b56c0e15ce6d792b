package org.embassage.evidence.verify;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.verify.DisputeReport.Line;
import org.embassage.evidence.verify.DisputeReport.Side;

/** Leads the report on a dispute with what matters most to a person: who contradicts whom, or who lacks what. */
final class DisputeSentence {

    private DisputeSentence() {}

    /** The report with its sentence; and with the verdict of a bundle alone, if that is worse. */
    static VerificationReport led(
            VerificationReport report, List<Side> sides, VerificationReport together, List<Line> lines) {
        VerificationReport worst = Stream.concat(
                        Stream.of(together), sides.stream().map(Side::report))
                .filter(one -> one.verdict().compareTo(report.verdict()) > 0)
                .findFirst()
                .orElse(report);
        boolean missing = worst.verdict() == Verdict.INDETERMINATE
                && report.of(Check.SIDES).status() == Status.NOT_CHECKED
                && !report.of(Check.SIDES).optional();
        Indication why = missing
                ? Indication.SIGNED_DATA_NOT_FOUND
                : worst.verdict() == Verdict.TOTAL_FAILED ? failure(worst, report, lines) : worst.indication();
        return new VerificationReport(
                worst.verdict(),
                why,
                sentence(worst, report, sides, together, lines),
                report.at(),
                report.subject(),
                report.facts(),
                report.checks(),
                report.anchors(),
                report.receipts(),
                report.index(),
                report.period());
    }

    /** That of which the sentence speaks. */
    private static Indication failure(VerificationReport worst, VerificationReport report, List<Line> lines) {
        return conflicting(lines).isPresent()
                ? Indication.CONTRADICTION
                : ledger(report).isPresent() ? Indication.LEDGER_FAILURE : worst.indication();
    }

    private static Optional<Finding> ledger(VerificationReport report) {
        return report.of(Check.LEDGERS).findings().stream()
                .filter(finding -> finding.status() == Status.FAIL
                        && finding.subject().contains("/receipts/")) // about a ledger and not about one file
                .findFirst();
    }

    private static Optional<Line> conflicting(List<Line> lines) {
        return lines.stream()
                .filter(line -> line.standing() == Standing.CONFLICTING
                        && line.evidence().isPresent())
                .findFirst();
    }

    private static String sentence(
            VerificationReport worst,
            VerificationReport report,
            List<Side> sides,
            VerificationReport together,
            List<Line> lines) {
        return switch (worst.verdict()) {
            case TOTAL_FAILED -> failed(worst, report, sides, together, lines);
            case INDETERMINATE -> open(worst, report, sides, lines);
            case TOTAL_PASSED -> passed(sides, lines);
        };
    }

    private static String failed(
            VerificationReport worst,
            VerificationReport report,
            List<Side> sides,
            VerificationReport together,
            List<Line> lines) {
        Optional<Finding> ledger = ledger(report);
        Optional<Line> conflicting = conflicting(lines);
        if (conflicting.isPresent()) {
            Line line = conflicting.get();
            return "The two sides contradict each other: " + line.title() + " is in both bundles and not the same"
                    + (line.words().isEmpty()
                            ? ""
                            : "; " + line.words().get(line.words().size() - 1)) + "."
                    + ledger.map(finding -> " And " + finding.sentence() + ".").orElse("");
        }
        if (ledger.isPresent()) {
            return "Do not rely on the books of "
                    + ledger.get().subject().split("/", -1)[0] + ": "
                    + ledger.get().sentence() + "."
                    + (lines.stream().allMatch(line -> line.standing() == Standing.MATCH)
                            ? " The receipts themselves are the same in both bundles."
                            : "");
        }
        boolean eachIsGood = sides.stream().allMatch(side -> side.report().verdict() != Verdict.TOTAL_FAILED);
        return eachIsGood && together.verdict() == Verdict.TOTAL_FAILED
                ? "Each bundle alone is without fault, but they contradict each other: "
                        + together.sentence().replaceFirst("^Do not rely on it: ", "")
                : worst.sentence();
    }

    private static String open(
            VerificationReport worst, VerificationReport report, List<Side> sides, List<Line> lines) {
        List<Line> missing = lines.stream()
                .filter(line -> line.standing().missing() && line.expected())
                .toList();
        if (missing.isEmpty()) {
            return worst == report
                    ? worst.sentence()
                    : "Both sides hold the same, but not all is proven: " + worst.sentence();
        }
        Line first = missing.get(0);
        Side lacking = sides.get(first.standing() == Standing.ONLY_FIRST ? 1 : 0);
        return "Nothing contradicts, but " + missing.size() + " of " + lines.size() + " receipts "
                + (missing.size() == 1 ? "is" : "are") + " in one bundle only. The first is "
                + first.title() + ", which " + DisputeFacts.Party.bundle(lacking.gateway(), lacking.signed())
                + " lacks"
                + (first.words().isEmpty()
                        ? ""
                        : ": " + first.words().get(first.words().size() - 1)) + ".";
    }

    private static String passed(List<Side> sides, List<Line> lines) {
        long same =
                lines.stream().filter(line -> line.standing() == Standing.MATCH).count();
        String who = sides.get(0).gateway() + " and " + sides.get(1).gateway();
        return same == 0
                ? "Nothing contradicts: " + who
                        + " have no receipt in common that both should hold, and no ledger shows" + " two histories."
                : who + " hold the same " + same + (same == 1 ? " receipt" : " receipts")
                        + ", and everything that was checked holds.";
    }
}
