package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.bundle.BundleIndex;

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
 * @param receipts the whole receipts, in the order of {@code facts}; to be believed only if the verdict allows
 * @param index the bundle's index, if it is well-formed; to be believed only if check 2 passed, and what it says of the
 *     exporter only if check 3 did
 * @param period what the exporter states to be complete, if it does; to be believed only if check 24 passed
 */
public record VerificationReport(
        Verdict verdict,
        Indication indication,
        String sentence,
        Instant at,
        String subject,
        List<String> facts,
        List<CheckResult> checks,
        List<String> anchors,
        List<JudgedReceipt> receipts,
        Optional<BundleIndex> index,
        Optional<JudgedPeriod> period) {
    public VerificationReport {
        facts = List.copyOf(facts);
        checks = List.copyOf(checks);
        anchors = List.copyOf(anchors);
        receipts = List.copyOf(receipts);
    }

    /** Why a stranger need not believe the proven times, if an authority's certificate itself says so. */
    public Optional<String> doubtfulTime() {
        return doubtfulTime(receipts);
    }

    static Optional<String> doubtfulTime(List<JudgedReceipt> receipts) {
        return receipts.stream()
                .flatMap(receipt -> receipt.proven().flatMap(ProvenTime::interest).stream())
                .findFirst();
    }

    /** The result of one check; of {@link Check#SIDES} only for a dispute file. */
    public CheckResult of(Check check) {
        return checks.get(check.ordinal());
    }
}
