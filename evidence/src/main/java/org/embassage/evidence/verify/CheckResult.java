package org.embassage.evidence.verify;

import java.util.List;

/**
 * What became of one check over all its subjects.
 *
 * @param status FAIL if any finding is; else NOT CHECKED if any finding is, or if there was nothing to check
 * @param optional whether the auditor's policy lets it be NOT CHECKED
 * @param sentence in plain words
 * @param findings each in the order in which it was made
 */
public record CheckResult(Check check, Status status, boolean optional, String sentence, List<Finding> findings) {
    public CheckResult {
        findings = List.copyOf(findings);
    }

    static final String NOT_CALLED_FOR = "a single receipt does not call for it";

    static final String NOTHING_STATED = "the exporter does not state that anything is complete";

    /**
     * Whether what was examined calls for this check: a single receipt does not call for those about bundles, and a bundle
     * without a statement of completeness does not call for {@link Check#PERIOD}.
     */
    public boolean calledFor() {
        return !sentence.equals(NOT_CALLED_FOR) && !sentence.equals(NOTHING_STATED);
    }
}
