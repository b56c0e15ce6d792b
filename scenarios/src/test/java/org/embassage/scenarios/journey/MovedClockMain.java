package org.embassage.scenarios.journey;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.embassage.gateway.cli.Cli;

/**
 * The gateway's program by a clock that a test moves while it runs: a file, named by a property, says by how many seconds it
 * is ahead of the machine's.
 */
public final class MovedClockMain {

    static final String PROPERTY = "embassage.scenarios.clock";

    private MovedClockMain() {}

    public static void main(String[] arguments) {
        System.exit(Cli.execute(new FileClock(Path.of(System.getProperty(PROPERTY))), arguments));
    }

    /** @param file replaced as a whole, never written in place */
    private static final class FileClock extends Clock {

        private static final long READ_EVERY_NANOS = 50_000_000;

        private final Path file;
        private long seconds;
        private long read = System.nanoTime() - 2 * READ_EVERY_NANOS;

        private FileClock(Path file) {
            this.file = file;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC alone");
        }

        @Override
        public synchronized Instant instant() {
            if (System.nanoTime() - read >= READ_EVERY_NANOS) {
                try {
                    seconds = Long.parseLong(
                            Files.readString(file, StandardCharsets.US_ASCII).strip());
                } catch (java.io.IOException gone) {
                    throw new java.io.UncheckedIOException(gone);
                }
                read = System.nanoTime();
            }
            return Clock.systemUTC().instant().plusSeconds(seconds);
        }
    }
}
