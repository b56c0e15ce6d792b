package org.embassage.verifier;

import java.util.List;
import java.util.Locale;
import org.embassage.evidence.verify.CheckResult;
import org.embassage.evidence.verify.Comparison;
import org.embassage.evidence.verify.Comparison.Line;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;

/** Two bundles laid beside each other, for people and for programs. */
final class ComparisonReport {

    private ComparisonReport() {}

    static String line(Comparison comparison) {
        return comparison.verdict().words() + ": " + Plain.text(comparison.sentence()) + System.lineSeparator();
    }

    /** @param names of the two files */
    static String of(Comparison comparison, List<String> names) {
        StringBuilder text = new StringBuilder(String.format(
                "%s%n%s%n%nReceipts:%n",
                Plain.text(comparison.sentence()), comparison.verdict().words()));
        for (Line line : comparison.lines()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-17s %s  %s, %s%n",
                    words(line.place()),
                    line.evidence().time(),
                    Plain.text(line.title()),
                    EventWords.about(line.evidence())));
        }
        file(text, "First: " + names.get(0), comparison.one());
        file(text, "Second: " + names.get(1), comparison.other());
        boolean whole = List.of(comparison.one(), comparison.other()).stream()
                .allMatch(report -> report.verdict() != Verdict.TOTAL_FAILED);
        file(
                text,
                whole
                        ? "Both judged as one:"
                        : "What is whole in both, judged as one (what failed above is not in it):",
                comparison.together());
        comparison.together().checks().stream()
                .filter(CheckResult::calledFor)
                .filter(result -> result.status() == Status.FAIL)
                .forEach(result -> text.append(String.format(
                        Locale.ROOT,
                        "%4d %-18s %s%n",
                        result.check().number(),
                        result.check().id(),
                        Plain.text(result.sentence()))));
        return text.toString();
    }

    private static void file(StringBuilder text, String title, VerificationReport report) {
        text.append(String.format(
                "%n%s%n  %s%s: %s%n",
                Plain.text(title),
                report.verdict().words(),
                report.indication() == Indication.NONE ? "" : " (" + report.indication() + ")",
                Plain.text(report.sentence())));
    }

    private static String words(Comparison.Place place) {
        return switch (place) {
            case BOTH -> "in both";
            case ONLY_ONE -> "in the first only";
            case ONLY_OTHER -> "in the second only";
            case DAMAGED_ONE -> "DAMAGED in first";
            case DAMAGED_OTHER -> "DAMAGED in second";
            case DIFFERENT -> "DIFFERENT";
        };
    }

    static String json(Comparison comparison, List<String> names) {
        JsonWriter json = new JsonWriter();
        json.object(() -> {
            json.member("schema", VerifyCommand.COMPARISON_SCHEMA);
            json.member("verdict", comparison.verdict().words());
            json.member("exitCode", comparison.verdict().exitCode());
            json.member("sentence", comparison.sentence());
            json.member("files", names);
            json.array(
                    "receipts",
                    comparison.lines(),
                    line -> json.object(() -> {
                        json.member("id", line.evidence().id().toString());
                        json.member("event", line.evidence().event().etsiName());
                        json.member("issuer", line.evidence().issuer().toString());
                        json.member("time", line.evidence().time().toString());
                        json.member("place", line.place().name());
                    }));
            json.array(
                    "verdicts",
                    List.of(comparison.one(), comparison.other(), comparison.together()),
                    report -> json.object(() -> {
                        json.member("verdict", report.verdict().words());
                        json.member("indication", report.indication().name());
                        json.member("sentence", report.sentence());
                    }));
        });
        return json.text();
    }
}
