package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Collects findings. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();
    private final Map<Check, List<Finding>> byCheck = new EnumMap<>(Check.class);

    void pass(Check check, String subject, String sentence) {
        add(new Finding(check, Status.PASS, Indication.NONE, subject, sentence));
    }

    void fail(Check check, Indication why, String subject, String sentence) {
        add(new Finding(check, Status.FAIL, why, subject, sentence));
    }

    void notChecked(Check check, Indication why, String subject, String sentence) {
        add(new Finding(check, Status.NOT_CHECKED, why, subject, sentence));
    }

    void add(Finding finding) {
        all.add(finding);
        byCheck.computeIfAbsent(finding.check(), check -> new ArrayList<>()).add(finding);
    }

    /** In the order in which they were made; not a copy, since large archives have very many. */
    List<Finding> of(Check check) {
        return Collections.unmodifiableList(byCheck.getOrDefault(check, List.of()));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /** Says some findings in other words. */
    void reword(Predicate<Finding> which, UnaryOperator<String> words) {
        List<Finding> before = List.copyOf(all);
        all.clear();
        byCheck.clear();
        before.forEach(finding -> add(
                which.test(finding)
                        ? new Finding(
                                finding.check(),
                                finding.status(),
                                finding.indication(),
                                finding.subject(),
                                words.apply(finding.sentence()))
                        : finding));
    }

    /** Puts one finding in the place of all of a check. */
    void replace(Check check, Finding by) {
        all.removeIf(finding -> finding.check() == check);
        byCheck.remove(check);
        add(by);
    }
}
