package org.embassage.verifier;

import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.bundle.Completeness;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.JudgedPeriod;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.VerificationReport;

/** What no verdict proves; printed with every report. */
final class Limits {

    private static final List<String> ALWAYS = List.of(
            "that the content of a record is true", "that a certain person acted, or that somebody read the record");
    private static final String CLOCKS = "when exactly something happened: the times are the issuers' own clocks";
    private static final String STAMPED = "when exactly something happened: the times are the issuers' own clocks; a"
            + " time-stamp shows only that a receipt existed by then";
    private static final String ELSE = "that nothing else was exchanged between these gateways";
    private static final List<String> ALSO = List.of(
            "anything against two gateways that lie together, each with its country's keys",
            "that a key was not used by somebody who stole it before it was revoked");

    private Limits() {}

    /** Each continues "This does not prove". */
    static List<String> of(VerificationReport report) {
        List<String> limits = new ArrayList<>(ALWAYS);
        limits.add(report.of(Check.TIME_STAMP).status() == Status.PASS ? STAMPED : CLOCKS);
        report.doubtfulTime().ifPresent(doubt -> limits.add("when a receipt existed: it is " + doubt));
        limits.addAll(report.period()
                .filter(period -> report.of(Check.PERIOD).status() == Status.PASS)
                .map(Limits::of)
                .orElse(List.of(ELSE)));
        limits.addAll(ALSO);
        return limits;
    }

    /** What a statement of completeness leaves open although it holds. */
    private static List<String> of(JudgedPeriod period) {
        Completeness statement = period.statement();
        List<String> limits = new ArrayList<>();
        limits.add("that " + statement.gateway()
                + " entered into its ledger all that it sent, received or decided: what it"
                + " never entered can only be seen in the bundles of its peers");
        limits.add("what was entered before entry " + statement.from() + " or after entry " + (statement.to() - 1)
                + ", also of the exchanges that are here"
                + (statement.parts() > 1 ? "; judge all " + statement.parts() + " parts in one folder" : ""));
        limits.add("that these entries are those of the time that was asked for: the choice is that of "
                + statement.gateway() + ", and nothing ties an entry without a time-stamp to a time");
        boolean elsewhere =
                statement.pairs().stream().anyMatch(pair -> !pair.elsewhere().isEmpty());
        if (period.hidden() > 0 || elsewhere) {
            limits.add(
                    "that entries which are shown as hashes only, and sequence numbers which are said to lie elsewhere, do"
                            + " not belong to it: that is only said by " + statement.gateway());
        }
        limits.add("that no other history of this ledger was shown to somebody else after the last checkpoint that a"
                + " witness cosigned");
        return limits;
    }
}
