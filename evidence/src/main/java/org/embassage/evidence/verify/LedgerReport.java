package org.embassage.evidence.verify;

import java.util.List;

/**
 * What was found in a folder with a ledger.
 *
 * @param verdict TOTAL-PASSED only if nothing is wrong or open
 * @param sentence the gravest that was found, or what holds
 * @param lines one for each thing that was looked at, in plain words
 */
public record LedgerReport(Verdict verdict, String sentence, List<Line> lines) {

    public LedgerReport {
        lines = List.copyOf(lines);
    }

    /** @param status PASS for what holds or only informs, NOT CHECKED for what cannot be decided, FAIL for what is wrong */
    public record Line(Status status, String sentence) {
        static Line good(String sentence) {
            return new Line(Status.PASS, sentence);
        }

        static Line open(String sentence) {
            return new Line(Status.NOT_CHECKED, sentence);
        }

        static Line wrong(String sentence) {
            return new Line(Status.FAIL, sentence);
        }
    }
}
