package org.embassage.gateway.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads a gateway's configuration from its home. */
public final class ConfigurationReader {

    /** Name of the file in a home. */
    public static final String FILE = "gateway.yaml";

    private ConfigurationReader() {}

    /** Reads {@code gateway.yaml} of a home. Never throws for a bad file: all its problems are reported together. */
    public static Outcome read(Path home) {
        Path file = home.resolve(FILE);
        try {
            return read(home, Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return new Outcome.Faulty(List.of(new Problem(
                    file.toString(),
                    1,
                    1,
                    "",
                    Files.exists(file) ? "the file cannot be read as UTF-8 text" : "the file is not there",
                    "name the gateway's home with --home, or make one with `embassage init`")));
        }
    }

    static Outcome read(Path home, String text) {
        List<Problem> problems = new ArrayList<>();
        Optional<Found> root = new YamlFile(FILE, problems).read(text);
        root.ifPresent(found -> new Checker(FILE, problems).check(found, ConfigurationShape.ROOT, ""));
        if (root.isEmpty() || !problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            return new Outcome.Faulty(problems);
        }
        Configuration bound = new Binder(home.toAbsolutePath().normalize()).bind((Found.Mapping) root.get());
        List<Problem> wrong = new Sense((Found.Mapping) root.get()).problems(bound);
        return wrong.isEmpty() ? new Outcome.Bound(bound) : new Outcome.Faulty(wrong);
    }

    /** What reading found. */
    public sealed interface Outcome {
        record Bound(Configuration configuration) implements Outcome {}

        /** @param problems in the order of the file, never empty */
        record Faulty(List<Problem> problems) implements Outcome {
            public Faulty {
                problems = List.copyOf(problems);
            }
        }

        default <T> T fold(Function<Configuration, T> good, Function<List<Problem>, T> bad) {
            return this instanceof Bound bound
                    ? good.apply(bound.configuration())
                    : bad.apply(((Faulty) this).problems());
        }
    }
}
