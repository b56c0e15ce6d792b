package org.embassage.verifier;

import java.util.List;
import java.util.Locale;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Finding;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;

/** The report for people. */
final class TextReport {

    private static final String LINE = "%4d %-18s %-12s %s%n";
    /** Of this many failures of one check the simple report names each. */
    private static final int NAMED = 20;

    private TextReport() {}

    /** The verdict in one line. */
    static String line(Examination examined) {
        return examined.verdict() + ": " + Plain.text(examined.report().sentence()) + System.lineSeparator();
    }

    static String of(Examination examined, boolean detailed) {
        VerificationReport report = examined.report();
        StringBuilder text =
                new StringBuilder(String.format("%s%n%s%n", Plain.text(report.sentence()), examined.verdict()));
        if (report.indication() != Indication.NONE) {
            text.append(String.format("That means: %s.%n", Explanation.meaning(report)));
        }
        text.append(String.format("What to do: %s.%n", Explanation.advice(report)));
        examined.dispute().ifPresent(dispute -> text.append(DisputeText.of(dispute, detailed)));
        if (!report.facts().isEmpty()) {
            section(text, "What the whole receipts say, to be believed as far as the verdict goes:", report.facts());
        }
        text.append(String.format("%nChecks:%n"));
        report.checks().stream().filter(CheckResult::calledFor).forEach(result -> check(text, result, detailed));
        if (examined.isReceipt()) {
            text.append(
                    String.format("%5sthe others are about bundles; a single receipt does not call for them%n", ""));
        }
        if (detailed) {
            receipts(text, report);
        }
        section(
                text,
                "Examined:",
                List.of(
                        examined.name() + ", " + examined.bytes() + " bytes",
                        "SHA-256 " + examined.sha256().hex()));
        section(
                text,
                "Judged at " + report.at() + ", against " + report.anchors().size() + " trust anchor(s):",
                report.anchors());
        section(text, "Policy:", List.of(examined.policySentence()));
        section(text, "What this does not prove:", Limits.of(report));
        section(text, "To repeat it:", List.of("java -jar embassage-verify.jar " + String.join(" ", examined.again())));
        return text.toString();
    }

    private static void section(StringBuilder text, String title, List<String> lines) {
        text.append(String.format("%n%s%n", title));
        lines.forEach(line -> text.append(String.format("  %s%n", Plain.text(line))));
    }

    private static void check(StringBuilder text, CheckResult result, boolean detailed) {
        List<Finding> failed = result.findings().stream()
                .filter(finding -> finding.status() == Status.FAIL)
                .toList();
        text.append(String.format(
                Locale.ROOT,
                LINE,
                result.check().number(),
                result.check().id(),
                result.status().words(),
                failed.size() > 1 ? failed.size() + " failures:" : Plain.text(result.sentence())));
        if (detailed) {
            result.findings().forEach(finding -> finding(text, finding));
        } else if (failed.size() > 1) {
            failed.stream().limit(NAMED).forEach(finding -> finding(text, finding));
            if (failed.size() > NAMED) {
                text.append(String.format("%24s%d more; --report detailed names them%n", "", failed.size() - NAMED));
            }
        }
    }

    private static void finding(StringBuilder text, Finding finding) {
        text.append(String.format(
                "%24s%-12s %s%s%n",
                "",
                finding.status().words(),
                finding.indication() == Indication.NONE ? "" : finding.indication() + ": ",
                Plain.text(finding.sentence())));
    }

    private static void receipts(StringBuilder text, VerificationReport report) {
        text.append(String.format("%nReceipts, each by its file's SHA-256 and its identity:%n"));
        report.receipts()
                .forEach(receipt -> text.append(String.format(
                        "  %s%n    file %s%n    manifest %s%n    signature %s%n    signed by %s%n",
                        Plain.text(receipt.path()),
                        receipt.file().hex(),
                        receipt.manifest().hex(),
                        receipt.signature().hex(),
                        Plain.text(receipt.signer()))));
    }
}
