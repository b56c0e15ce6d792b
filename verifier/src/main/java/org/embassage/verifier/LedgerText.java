package org.embassage.verifier;

import java.util.Locale;
import org.embassage.evidence.verify.LedgerReport;

/** What is printed of a folder with a ledger. */
final class LedgerText {

    private LedgerText() {}

    static String line(LedgerReport report) {
        return report.verdict().words() + ": " + Plain.text(report.sentence()) + System.lineSeparator();
    }

    static String of(LedgerReport report) {
        StringBuilder text = new StringBuilder(String.format(
                "%s.%n%s%n%n", Plain.text(report.sentence()), report.verdict().words()));
        report.lines()
                .forEach(line -> text.append(String.format(
                        Locale.ROOT, "  %-11s  %s%n", line.status().words(), Plain.text(line.sentence()))));
        text.append(String.format("%nWhat this does not prove:%n"
                + "  - that an entry is true, or that everything which happened was entered;%n"
                + "  - anything about entries that no witness whom you know has cosigned;%n"
                + "  - that no larger ledger exists: ask its peers and witnesses for what they hold.%n"));
        return text.toString();
    }

    static String json(LedgerReport report, String folder) {
        JsonWriter json = new JsonWriter();
        json.object(() -> {
            json.member("schema", VerifyCommand.LEDGER_SCHEMA);
            json.member("verdict", report.verdict().words());
            json.member("exitCode", report.verdict().exitCode());
            json.member("sentence", report.sentence());
            json.member("folder", folder);
            json.array(
                    "findings",
                    report.lines(),
                    line -> json.object(() -> {
                        json.member("status", line.status().words());
                        json.member("sentence", line.sentence());
                    }));
        });
        return json.text();
    }
}
