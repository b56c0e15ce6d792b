package org.embassage.verifier;

import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;

/** What no verdict proves; printed with every report. */
final class Limits {

    private static final List<String> ALWAYS = List.of(
            "that the content of a record is true", "that a certain person acted, or that somebody read the record");
    private static final String CLOCKS = "when exactly something happened: the times are the issuers' own clocks";
    private static final String STAMPED = "when exactly something happened: the times are the issuers' own clocks; a"
            + " time-stamp shows only that a receipt existed by then";
    private static final List<String> ALSO = List.of(
            "that nothing else was exchanged between these gateways",
            "anything against two gateways that lie together, each with its country's keys",
            "that a key was not used by somebody who stole it before it was revoked");

    private Limits() {}

    /** Each continues "This does not prove". */
    static List<String> of(VerificationReport report) {
        List<String> limits = new ArrayList<>(ALWAYS);
        limits.add(report.of(Check.TIME_STAMP).status() == Status.PASS ? STAMPED : CLOCKS);
        limits.addAll(ALSO);
        return limits;
    }
}
