package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.embassage.evidence.bundle.BundleIndex;

/** Draws the verdict from the findings (docs/formats/evidence.md, "Verdict"). */
final class Conclusion {

    /** Checks that only say that something was touched; others say what. */
    private static final Set<Check> LEAST_TELLING = Set.of(Check.CONTAINER, Check.INDEX, Check.EXPORTER);

    private Conclusion() {}

    static VerificationReport of(
            Findings findings,
            Set<Check> notCalledFor,
            VerifyPolicy policy,
            Instant at,
            String subject,
            List<String> facts,
            List<String> anchors,
            List<JudgedReceipt> receipts,
            Optional<BundleIndex> index,
            Optional<JudgedPeriod> period) {
        List<CheckResult> results = new ArrayList<>();
        for (Check check : Check.values()) {
            if (check == Check.SIDES && notCalledFor.contains(check)) {
                continue; // the last one; only a dispute file knows it
            }
            results.add(
                    notCalledFor.contains(check)
                            ? new CheckResult(check, Status.NOT_CHECKED, true, why(check, notCalledFor), List.of())
                            : result(
                                    check, findings.of(check), policy.optional().contains(check)));
        }
        Optional<Finding> failed = worst(findings, Verdict.TOTAL_FAILED);
        Optional<Finding> undecided = worst(findings, Verdict.INDETERMINATE);
        List<CheckResult> open = results.stream()
                .filter(result -> result.status() == Status.NOT_CHECKED && !result.optional())
                .toList();
        Verdict verdict = Verdict.TOTAL_PASSED;
        Indication why = Indication.NONE;
        String sentence = passed(results, subject);
        if (failed.isPresent()) {
            verdict = Verdict.TOTAL_FAILED;
            why = failed.get().indication();
            sentence = "Do not rely on it: " + failed.get().sentence() + ".";
        } else if (undecided.isPresent()) {
            verdict = Verdict.INDETERMINATE;
            why = undecided.get().indication();
            sentence = "It cannot be decided: " + undecided.get().sentence() + ".";
        } else if (!open.isEmpty()) {
            verdict = Verdict.INDETERMINATE;
            why = open.get(0).findings().stream()
                    .filter(finding -> finding.status() == Status.NOT_CHECKED)
                    .map(Finding::indication)
                    .findFirst()
                    .orElse(Indication.SIGNED_DATA_NOT_FOUND);
            sentence = "Nothing was found to be wrong, but not all is proven: "
                    + open.get(0).sentence() + "."
                    + (open.size() == 1 ? "" : " Also not checked: " + names(open.subList(1, open.size())) + ".");
        }
        if (verdict != Verdict.TOTAL_FAILED) {
            sentence += VerificationReport.doubtfulTime(receipts)
                    .map(doubt -> " " + capital(doubt) + ".")
                    .orElse("");
        }
        return new VerificationReport(
                verdict, why, sentence, at, subject, facts, results, anchors, receipts, index, period);
    }

    private static String why(Check check, Set<Check> notCalledFor) {
        return check == Check.PERIOD && !notCalledFor.contains(Check.INDEX)
                ? CheckResult.NOTHING_STATED
                : CheckResult.NOT_CALLED_FOR;
    }

    private static CheckResult result(Check check, List<Finding> findings, boolean optional) {
        Status status = findings.stream()
                .map(Finding::status)
                .max(Comparator.naturalOrder())
                .orElse(Status.NOT_CHECKED);
        List<Finding> telling =
                findings.stream().filter(finding -> finding.status() == status).toList();
        String sentence;
        if (findings.isEmpty()) {
            sentence = "there was nothing whole to check";
        } else if (telling.size() == 1) {
            sentence = telling.get(0).sentence();
        } else if (status == Status.PASS) {
            sentence = check.question() + " (" + telling.size() + " findings)";
        } else {
            sentence = telling.get(0).sentence() + " (and " + (telling.size() - 1) + " more)";
        }
        return new CheckResult(check, status, optional, sentence, findings);
    }

    private static Optional<Finding> worst(Findings findings, Verdict verdict) {
        return findings.all().stream()
                .filter(finding ->
                        finding.status() == Status.FAIL && finding.indication().verdict() == verdict)
                .min(Comparator.comparing((Finding finding) -> LEAST_TELLING.contains(finding.check()))
                        .thenComparing(finding -> LEAST_TELLING.contains(finding.check())
                                ? -finding.check().number()
                                : finding.check().number()));
    }

    private static String passed(List<CheckResult> results, String subject) {
        List<CheckResult> open = results.stream()
                .filter(result -> result.status() == Status.NOT_CHECKED
                        && !result.findings().isEmpty())
                .toList();
        boolean single = results.stream().anyMatch(result -> result.sentence().equals(CheckResult.NOT_CALLED_FOR));
        return "Everything that was checked holds: " + subject
                + (subject.equals(Together.SUBJECT)
                        ? "; what is whole in the one contradicts nothing that is whole in the other."
                        : single
                                ? ", genuine and unchanged."
                                : "; each is genuine and unchanged, and none contradicts another.")
                + results.stream()
                        .filter(result -> result.check() == Check.PERIOD && result.status() == Status.PASS)
                        .map(result -> " " + capital(result.sentence()) + ".")
                        .collect(Collectors.joining())
                + (open.isEmpty() ? "" : " Not checked, as the policy allows: " + names(open) + ".");
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }

    private static String names(List<CheckResult> results) {
        return String.join(", ", results.stream().map(r -> r.check().id()).toList());
    }
}
