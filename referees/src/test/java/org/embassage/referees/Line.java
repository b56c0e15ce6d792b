package org.embassage.referees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** A line of vectors/vectors.txt: a file, how it is judged, and what our own verifier says of it. */
record Line(
        String file,
        String trust,
        String policy,
        Instant at,
        String verdict,
        String check,
        String indication,
        String done) {

    static final Path VECTORS = Path.of("..", "vectors");

    private static final Instant USUALLY = Instant.parse("2026-11-25T06:00:00Z");

    static List<Line> all() {
        try {
            return Files.readAllLines(VECTORS.resolve("vectors.txt")).stream()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" \\| ", -1))
                    .map(c -> new Line(c[0], c[1], c[2], Instant.parse(c[3]), c[4], c[5], c[6], c[7]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path path() {
        return VECTORS.resolve(file);
    }

    Path trustFolder() {
        return VECTORS.resolve("trust").resolve(trust);
    }

    Path policyFile() {
        return VECTORS.resolve("policy").resolve(policy + ".txt");
    }

    boolean isReceipt() {
        return file.startsWith("receipts/");
    }

    /** Its row in docs/verdicts.md: the file, and what of the judging is unusual. */
    String title() {
        String usualTrust = isReceipt() ? "pinned" : "usual";
        String title = "`" + file.replaceFirst(".*/", "") + "`";
        title += trust.equals(usualTrust) ? "" : " trust `" + trust + "`";
        title += policy.equals("baseline") ? "" : " policy `" + policy + "`";
        return title + (at.equals(USUALLY) ? "" : " at " + at);
    }
}
