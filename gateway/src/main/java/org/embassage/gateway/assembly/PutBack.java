package org.embassage.gateway.assembly;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.StepOutcome;

/**
 * The note that {@code restore} leaves in a home whose database is not among the files of the backup: a database that was put
 * back by its own tools does not know that it is a copy.
 */
public final class PutBack {

    private PutBack() {}

    /** Where it lies. */
    public static Path file(Path home) {
        return home.resolve("data").resolve("restored");
    }

    /** Leaves it. @param size of the ledger when the backup was taken */
    public static void leave(Path home, String backup, Instant at, long size) throws IOException {
        Files.createDirectories(home.resolve("data"));
        Files.writeString(file(home), backup + "\n" + at + "\n" + size + "\n");
    }

    /** Takes it into the store, once. */
    static void told(Path home, Journal journal, Restorebook restores) {
        Path file = file(home);
        if (!Files.isRegularFile(file)) {
            return;
        }
        try {
            String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n", -1);
            if (restores.copied().isEmpty()) {
                var unused = journal.commit(
                        StepOutcome.of(new Fact.PutBack(lines[0], Instant.parse(lines[1]), Long.parseLong(lines[2]))));
            }
            Files.delete(file);
        } catch (IOException | DateTimeParseException | NumberFormatException | ArrayIndexOutOfBoundsException bad) {
            throw new Broken(FaultCode.CONFIGURATION_INVALID);
        }
    }
}
