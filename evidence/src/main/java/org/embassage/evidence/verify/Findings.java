package org.embassage.evidence.verify;

import java.util.ArrayList;
import java.util.List;

/** Collects findings. */
final class Findings {

    private final List<Finding> all = new ArrayList<>();

    void pass(Check check, String subject, String sentence) {
        all.add(new Finding(check, Status.PASS, Indication.NONE, subject, sentence));
    }

    void fail(Check check, Indication why, String subject, String sentence) {
        all.add(new Finding(check, Status.FAIL, why, subject, sentence));
    }

    void notChecked(Check check, Indication why, String subject, String sentence) {
        all.add(new Finding(check, Status.NOT_CHECKED, why, subject, sentence));
    }

    List<Finding> of(Check check) {
        return all.stream().filter(finding -> finding.check() == check).toList();
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /** Puts one finding in the place of all of a check. */
    void replace(Check check, Finding by) {
        all.removeIf(finding -> finding.check() == check);
        all.add(by);
    }
}
