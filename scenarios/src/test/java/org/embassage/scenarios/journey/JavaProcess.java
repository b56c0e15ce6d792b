package org.embassage.scenarios.journey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Starts the gateway's program in a JVM of its own, with the class path of the tests. */
final class JavaProcess {

    private static final int LONGEST_SECONDS = 120;

    private JavaProcess() {}

    /**
     * @param out takes what it prints on standard output, appended
     * @param err the same for standard error
     * @param temporary its folder of temporary files
     * @param clock a file that says by how many seconds its clock is ahead; without one it has the machine's clock
     */
    static Process start(Path out, Path err, Path temporary, Optional<Path> clock, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djdk.serialFilter=!*",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path")));
        if (clock.isPresent()) {
            command.add("-D" + MovedClockMain.PROPERTY + "=" + clock.get());
            command.add(MovedClockMain.class.getName());
        } else {
            command.add("org.embassage.gateway.Main");
        }
        command.addAll(arguments);
        try {
            Files.createDirectories(temporary);
            return new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                    .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs one command to its end. */
    static Ended run(Path folder, List<String> arguments) {
        return run(folder, Optional.empty(), arguments);
    }

    /** Runs one command to its end, by a clock of its own. */
    static Ended run(Path folder, Optional<Path> clock, List<String> arguments) {
        try {
            Path out = Files.createTempFile(folder, "command", ".out");
            Path err = Files.createTempFile(folder, "command", ".err");
            Process process = start(out, err, folder.resolve("tmp"), clock, arguments);
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("a command did not end: " + arguments);
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** A command that ended, and what it printed. */
    record Ended(int exit, String out, String err) {}
}
