package org.embassage.gateway.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;
import org.embassage.gateway.terminal.Pause;
import org.embassage.gateway.terminal.Progress;
import org.embassage.gateway.terminal.Terminal;

/** Where the story is told: numbered acts, lines, and a list of what did not hold. */
final class Stage {

    private static final int COLUMNS = 110;
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Terminal terminal;
    private final Clock clock;
    private final List<String> failures = new ArrayList<>();
    private int act;

    Stage(Terminal terminal, Clock clock) {
        this.terminal = terminal;
        this.clock = clock;
    }

    /** Begins an act. */
    void act(String headline) {
        act++;
        terminal.print("");
        terminal.print(terminal.bold(act + ". " + headline));
    }

    void line(String text) {
        terminal.print("  " + text);
    }

    /** A line of some file, cut to the width of a screen. */
    void quote(String text) {
        line("  " + terminal.faint(cut(text)));
    }

    /** A command that the reader can repeat. */
    void repeat(String command) {
        line(terminal.faint("$ " + command));
    }

    /** The last line. */
    void end(String text) {
        terminal.print("");
        terminal.print(text);
    }

    void space() {
        terminal.print("");
    }

    /** Notes what did not hold. */
    void check(boolean held, String what) {
        if (!held) {
            failures.add(what);
        }
    }

    /** What did not hold so far. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    String good(String text) {
        return terminal.good(text);
    }

    String bad(String text) {
        return terminal.bad(text);
    }

    /** The verdict's words in their colour. */
    String verdict(VerificationReport report) {
        String words = report.verdict().words();
        return report.verdict() == Verdict.TOTAL_PASSED ? good(words) : bad(words);
    }

    static String cut(String line) {
        return line.length() <= COLUMNS ? line : line.substring(0, COLUMNS) + " ...";
    }

    /** Waits until so many are done, as long as it is worthwhile; shows how far it is. */
    boolean until(String what, long total, LongSupplier done, BooleanSupplier worthwhile, Duration within) {
        Progress progress = new Progress(terminal, what, total);
        Instant deadline = clock.instant().plus(within);
        long reached = done.getAsLong();
        while (reached < total && worthwhile.getAsBoolean() && clock.instant().isBefore(deadline)) {
            Pause.take(LOOK);
            reached = done.getAsLong();
            progress.at(reached);
        }
        progress.end();
        return reached >= total;
    }

    /** Waits until something is so. */
    boolean until(String what, BooleanSupplier so, BooleanSupplier worthwhile, Duration within) {
        return until(what, 1, () -> so.getAsBoolean() ? 1 : 0, worthwhile, within);
    }
}
