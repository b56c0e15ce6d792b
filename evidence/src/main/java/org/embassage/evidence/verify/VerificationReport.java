package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.List;

/**
 * The whole result.
 *
 * @param verdict overall
 * @param indication why, if it is not TOTAL-PASSED
 * @param sentence the verdict in plain words
 * @param at the instant for which certificates were judged, UTC
 * @param subject what was looked at, for example {@code bundle of 1 exchange with 3 receipts}
 * @param facts what the receipts say, one event a line, oldest first; to be believed only if the verdict allows
 * @param checks in the order of their numbers
 * @param anchors the auditor's anchors by SHA-256, subject and country
 */
public record VerificationReport(
        Verdict verdict,
        Indication indication,
        String sentence,
        Instant at,
        String subject,
        List<String> facts,
        List<CheckResult> checks,
        List<String> anchors) {
    public VerificationReport {
        facts = List.copyOf(facts);
        checks = List.copyOf(checks);
        anchors = List.copyOf(anchors);
    }

    /** The result of one check. */
    public CheckResult of(Check check) {
        return checks.get(check.ordinal());
    }
}
