package org.embassage.verifier;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.embassage.evidence.verify.Verdict;

/** Says on standard error how far the judging of many files has come. */
final class Progress {

    private static final int WIDTH = 30;
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Kind kind;
    private final long total;
    private final PrintWriter err;
    private final Clock clock;
    private long told;
    private Instant last;

    /** How it is said. */
    enum Kind {
        /** One line that is written again and again; for a terminal. */
        bar,
        /** A line after each tenth, and after half a minute without one; for a log. */
        lines,
        none
    }

    Progress(Kind kind, long total, PrintWriter err, Clock clock) {
        this.kind = kind;
        this.total = total;
        this.err = err;
        this.clock = clock;
        this.last = clock.instant();
    }

    /** A bar if somebody is looking, else lines. */
    static Kind usual() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? Kind.lines : Kind.bar;
    }

    /** Later Java versions have a console without a terminal too, and then a method to ask. */
    private static boolean isTerminal(Console console) {
        try {
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    void after(Tally tally) {
        switch (kind) {
            case bar -> bar(tally);
            case lines -> line(tally);
            case none -> {
                // nothing is said
            }
        }
    }

    private void bar(Tally tally) {
        int filled = (int) (tally.files() * WIDTH / Math.max(1, total));
        err.print(String.format(
                Locale.ROOT,
                "\r[%s%s] %d of %d%s",
                "#".repeat(filled),
                "-".repeat(WIDTH - filled),
                tally.files(),
                total,
                failed(tally)));
        if (tally.files() == total) {
            err.println();
        }
        err.flush();
    }

    private void line(Tally tally) {
        long tenth = tally.files() * 10 / Math.max(1, total);
        boolean due = tenth > told && total >= 10;
        if (due || !clock.instant().isBefore(last.plus(SILENCE))) {
            told = tenth;
            last = clock.instant();
            err.println("embassage-verify: " + tally.files() + " of " + total + " files judged" + failed(tally));
            err.flush();
        }
    }

    private static String failed(Tally tally) {
        long failed = tally.of(Verdict.TOTAL_FAILED);
        return failed == 0 ? "" : ", " + failed + " failed";
    }
}
