package org.embassage.gateway.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Shows that long work goes on: a bar on a terminal, otherwise a line every ten seconds. Not thread-safe. */
public final class Progress {

    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final int WIDTH = 24;

    private final Terminal terminal;
    private final String what;
    private final long total;
    private final Clock clock = Clock.systemUTC();
    private final Instant begun = clock.instant();
    private Instant due;

    public Progress(Terminal terminal, String what, long total) {
        this.terminal = terminal;
        this.what = what;
        this.total = Math.max(1, total);
        this.due = begun.plus(terminal.talkTerminal() ? BAR_EVERY : LINE_EVERY);
    }

    public void at(long done) {
        Instant now = clock.instant();
        if (now.isBefore(due)) {
            return;
        }
        due = now.plus(terminal.talkTerminal() ? BAR_EVERY : LINE_EVERY);
        long seconds = Duration.between(begun, now).toSeconds();
        if (terminal.talkTerminal()) {
            int full = (int) Math.min(WIDTH, done * WIDTH / total);
            terminal.talk()
                    .print("\r\u001B[K" + what + " [" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + done + "/"
                            + total + "  " + seconds + " s");
            terminal.talk().flush();
        } else {
            terminal.say(what + " " + done + "/" + total + "  " + seconds + " s");
        }
    }

    public void end() {
        if (terminal.talkTerminal()) {
            terminal.talk().print("\r\u001B[K");
            terminal.talk().flush();
        }
    }
}
