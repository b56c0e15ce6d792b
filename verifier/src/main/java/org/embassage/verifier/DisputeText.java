package org.embassage.verifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.embassage.evidence.dispute.Standing;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.DisputeReport.Line;
import org.embassage.evidence.verify.DisputeReport.Side;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.VerificationReport;

/** What the two sides of a dispute bring, for people: in the report on the terminal and on paper. */
final class DisputeText {

    /** Of so many receipts that are the same in both the usual report names each. */
    private static final int MOST_MATCHES = 20;

    private DisputeText() {}

    static String of(DisputeReport dispute, boolean detailed) {
        StringBuilder text = new StringBuilder(String.format(
                "%nWhat each side brings%s:%n",
                dispute.exchange().map(exchange -> " of exchange " + exchange).orElse("")));
        long matches = 0;
        for (Line line : dispute.receipts()) {
            boolean match = line.standing() == Standing.MATCH;
            matches += match ? 1 : 0;
            if (match && matches > MOST_MATCHES && !detailed) {
                continue;
            }
            text.append(String.format(Locale.ROOT, "  %-16s %s%n", line.word(), Plain.text(receipt(line))));
            line.words().forEach(words -> text.append(String.format("%19s- %s%n", "", Plain.text(words))));
        }
        if (matches > MOST_MATCHES && !detailed) {
            text.append(String.format("%19s%d more match; --report detailed names them%n", "", matches - MOST_MATCHES));
        }
        text.append(String.format("%nTheir ledgers:%n"));
        dispute.ledgers().forEach(ledger -> text.append(String.format("  %s%n", Plain.text(ledger))));
        text.append(String.format("%nEach bundle alone, and both as one:%n"));
        verdicts(dispute).forEach(row -> text.append(String.format("  %s: %s%n", row.get(0), Plain.text(row.get(1)))));
        return text.toString();
    }

    /** What a receipt is, in one line. */
    static String receipt(Line line) {
        return line.evidence()
                .map(e -> e.time() + "  " + e.event().etsiName() + " by " + e.issuer() + ", receipt " + line.id() + ", "
                        + EventWords.about(e))
                .orElse("receipt " + line.id() + ", which is whole in neither bundle");
    }

    /** Whose bundle, and what became of it. */
    static List<List<String>> verdicts(DisputeReport dispute) {
        List<List<String>> rows = new ArrayList<>();
        for (Side side : dispute.sides()) {
            rows.add(List.of(
                    side.gateway()
                            + side.report()
                                    .index()
                                    .map(index -> ", exported at " + index.exported())
                                    .orElse(""),
                    verdict(side.report())));
        }
        rows.add(List.of("both as one", verdict(dispute.together())));
        return rows;
    }

    private static String verdict(VerificationReport report) {
        return report.verdict().words()
                + (report.indication() == Indication.NONE ? "" : " (" + report.indication() + ")") + ". "
                + report.sentence();
    }
}
