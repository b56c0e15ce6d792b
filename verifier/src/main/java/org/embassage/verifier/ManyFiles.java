package org.embassage.verifier;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.embassage.evidence.verify.LedgerKeys;
import org.embassage.evidence.verify.MisbehaviourReport;
import org.embassage.evidence.verify.Verdict;

/** Judges many files one after the other, so that memory does not grow with their number, and sums up. */
final class ManyFiles implements Archive.Visitor {

    private final Judge judge;
    private final LedgerKeys keys;
    private final PrintWriter out;
    private final Progress progress;
    private final Print print;
    private final Tally tally = new Tally();

    /** What is printed of each file. */
    enum Print {
        /** Nothing but the sum in one line. */
        QUIET,
        /** A line for each file that does not pass, then the sum. */
        SIMPLE,
        /** A line for each file, then the sum. */
        DETAILED,
        /** A JSON object for each file, then one for the sum. */
        JSON
    }

    private ManyFiles(Judge judge, LedgerKeys keys, PrintWriter out, Progress progress, Print print) {
        this.judge = judge;
        this.keys = keys;
        this.out = out;
        this.progress = progress;
        this.print = print;
    }

    /** @param keys by which proofs of misbehaviour are judged */
    static Tally judge(Archive archive, Judge judge, LedgerKeys keys, PrintWriter out, Progress progress, Print print)
            throws IOException {
        ManyFiles many = new ManyFiles(judge, keys, out, progress, print);
        archive.each(many);
        many.sum();
        return many.tally;
    }

    @Override
    public void judge(Path file) {
        try {
            if (MisbehaviourText.isNamedSo(file) || MisbehaviourText.isOne(file)) {
                accused(file.toString(), MisbehaviourText.judge(file, keys));
            } else {
                evidence(file);
            }
        } catch (IOException unreadable) {
            unreadable(file.toString(), "the file cannot be read");
        }
        out.flush();
        progress.after(tally);
    }

    private void evidence(Path file) {
        judge.judge(file)
                .fold(
                        judged -> {
                            judged(judged.examination());
                            return true;
                        },
                        unreadable -> {
                            unreadable(file.toString(), unreadable.problem());
                            return false;
                        });
    }

    private void accused(String name, MisbehaviourReport report) {
        tally.add(name, report);
        if (print == Print.JSON) {
            out.print(MisbehaviourText.jsonLine(report, keys, name));
        } else if (print != Print.QUIET) {
            out.print(Plain.text(name) + ": " + MisbehaviourText.line(report));
        }
    }

    @Override
    public void leaveAside(Path file) {
        tally.addLeftAside();
    }

    private void judged(Examination examined) {
        tally.add(examined.name(), examined.report());
        if (print == Print.JSON) {
            out.print(JsonReport.line(examined));
        } else if (print == Print.DETAILED
                || print == Print.SIMPLE && examined.report().verdict() != Verdict.TOTAL_PASSED) {
            out.print(Plain.text(examined.name()) + ": " + TextReport.line(examined));
        }
    }

    private void unreadable(String name, String problem) {
        tally.addNotJudged(name);
        if (print == Print.JSON) {
            out.print(JsonReport.problemLine(VerifyCommand.FAILED_OPERATION, problem, name));
        } else if (print != Print.QUIET) {
            out.println(Plain.text(name) + ": NOT JUDGED: " + problem);
        }
    }

    private void sum() {
        if (print == Print.JSON) {
            out.print(JsonReport.summary(tally));
            return;
        }
        String verdict = tally.verdict().equals("NONE") ? "NOT JUDGED" : tally.verdict();
        if (print == Print.QUIET) {
            out.println(verdict + ": " + Plain.text(tally.sentence()));
            return;
        }
        if (tally.of(Verdict.TOTAL_PASSED) < tally.files() || print == Print.DETAILED) {
            out.println();
        }
        out.println(Plain.text(tally.sentence()));
        out.println(verdict);
        out.println();
        tally.rows()
                .forEach(row -> out.print(String.format(
                        Locale.ROOT,
                        "%8d  %s%n",
                        row.files(),
                        row.verdict() == Verdict.TOTAL_PASSED
                                ? row.verdict().words()
                                : String.format(
                                        Locale.ROOT,
                                        "%-14s %s: %s",
                                        row.verdict().words(),
                                        row.indication(),
                                        Explanation.meaning(row.indication())))));
        List.of(
                        new Line(tally.proven(), "PROVEN         proof of misbehaviour: see above whom it accuses"),
                        new Line(tally.notProven(), "NOT PROVEN     accusation: it accuses nobody, and clears nobody"),
                        new Line(tally.notJudged(), "could not be judged"),
                        new Line(
                                tally.leftAside(),
                                "left aside: neither *.zip nor *.asice nor *.misbehaviour, or a link"))
                .forEach(line -> {
                    if (line.files() > 0) {
                        out.print(String.format(Locale.ROOT, "%8d  %s%n", line.files(), line.words()));
                    }
                });
        out.print(String.format(Locale.ROOT, "%8d  receipts read%n", tally.receipts()));
        tally.accused().forEach(accused -> out.print(String.format("%n%s.%n", Plain.text(accused.sentence()))));
        tally.exports()
                .forEach(export -> out.print(
                        String.format("%nExport: %s: %s.%n", export.verdict().words(), Plain.text(export.sentence()))));
    }

    private record Line(long files, String words) {}
}
