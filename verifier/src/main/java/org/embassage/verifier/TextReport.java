package org.embassage.verifier;

import java.util.Locale;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;

/** The report for people. */
final class TextReport {

    private static final String LINE = "%4d %-18s %-12s %s%n";

    private TextReport() {}

    /** The verdict in one line. */
    static String line(VerificationReport report) {
        return report.verdict().words() + indication(report) + ": " + report.sentence() + System.lineSeparator();
    }

    private static String indication(VerificationReport report) {
        return report.indication() == Indication.NONE ? "" : " (" + report.indication() + ")";
    }

    static String of(VerificationReport report, boolean detailed) {
        StringBuilder text = new StringBuilder(
                String.format("%s%n%s%s%n", report.sentence(), report.verdict().words(), indication(report)));
        if (!report.facts().isEmpty()) {
            text.append(String.format("%nWhat the whole receipts say, to be believed as far as the verdict goes:%n"));
            report.facts().forEach(fact -> text.append(String.format("  %s%n", fact)));
        }
        text.append(String.format("%nChecks:%n"));
        for (CheckResult result : report.checks()) {
            long failed = result.findings().stream()
                    .filter(finding -> finding.status() == Status.FAIL)
                    .count();
            text.append(String.format(
                    Locale.ROOT,
                    LINE,
                    result.check().number(),
                    result.check().id(),
                    result.status().words(),
                    failed > 1 ? failed + " failures:" : result.sentence()));
            if (detailed || failed > 1) {
                findings(text, result, detailed);
            }
        }
        text.append(String.format(
                "%nJudged at %s, against %d trust anchor(s):%n",
                report.at(), report.anchors().size()));
        report.anchors().forEach(anchor -> text.append(String.format("  %s%n", anchor)));
        text.append(String.format("%nWhat this does not prove:%n"));
        Limits.SENTENCES.forEach(limit -> text.append(String.format("  %s%n", limit)));
        return text.toString();
    }

    private static void findings(StringBuilder text, CheckResult result, boolean detailed) {
        result.findings().stream()
                .filter(finding -> detailed || finding.status() == Status.FAIL)
                .forEach(finding -> text.append(String.format(
                        "%24s%-12s %s%s%n",
                        "",
                        finding.status().words(),
                        finding.indication() == Indication.NONE ? "" : finding.indication() + ": ",
                        finding.sentence())));
    }
}
