package org.embassage.scenarios.chaos;

import java.io.PrintStream;
import java.util.List;

/** How far a run is: a bar on a terminal, a line now and then in a log. */
final class Progress {

    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean terminal;
    private int every = 1;
    private long lastIdle;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    void say(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    void round(Disturbance next, String gateway, int rounds) {
        if (terminal) {
            int full = WIDTH * next.round() / rounds;
            out.print("\r\033[K[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] "
                    + next.what(gateway).strip().replaceAll(" +", " "));
            out.flush();
            return;
        }
        every = Math.max(1, rounds / 50);
        if (next.round() % every == 0 || next.round() == 1) {
            out.println("round " + next.round() + " of " + rounds + ": " + next.kind() + " " + gateway);
            out.flush();
        }
    }

    void idle(List<String> why) {
        if (terminal) {
            out.print("\r\033[Kwaiting until all is done: " + why.get(0));
            out.flush();
        } else if (System.nanoTime() - lastIdle > 5_000_000_000L) {
            lastIdle = System.nanoTime();
            out.println("waiting until all is done: " + why);
        }
    }

    private void clear() {
        if (terminal) {
            out.print("\r\033[K");
        }
    }
}
