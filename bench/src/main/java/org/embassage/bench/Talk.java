package org.embassage.bench;

import java.io.PrintStream;

/** Tells on a stream that work goes on: a bar on a terminal, otherwise a line every ten seconds. Not thread-safe. */
final class Talk {

    private static final long BAR_EVERY = 200_000_000L;
    private static final long LINE_EVERY = 10_000_000_000L;
    private static final int WIDTH = 24;

    private final PrintStream stream;
    private final boolean terminal;

    Talk(PrintStream stream, boolean terminal) {
        this.stream = stream;
        this.terminal = terminal;
    }

    void say(String line) {
        stream.println(line);
    }

    Bar bar(String what, long total) {
        return new Bar(what, Math.max(1, total));
    }

    /** Of one piece of work; ends when closed. */
    final class Bar implements AutoCloseable {
        private final String what;
        private final long total;
        private final long begun = System.nanoTime();
        private long due = begun + (terminal ? 0 : LINE_EVERY);

        private Bar(String what, long total) {
            this.what = what;
            this.total = total;
        }

        void at(long done) {
            long now = System.nanoTime();
            if (now - due < 0) {
                return;
            }
            due = now + (terminal ? BAR_EVERY : LINE_EVERY);
            String count = done + "/" + total + "  " + (now - begun) / 1_000_000_000L + " s";
            if (terminal) {
                int full = (int) Math.max(0, Math.min(WIDTH, done * WIDTH / total));
                stream.print("\r\u001B[K" + what + " [" + "#".repeat(full) + "-".repeat(WIDTH - full) + "] " + count);
                stream.flush();
            } else {
                stream.println(what + " " + count);
            }
        }

        @Override
        public void close() {
            if (terminal) {
                stream.print("\r\u001B[K");
                stream.flush();
            }
        }
    }
}
