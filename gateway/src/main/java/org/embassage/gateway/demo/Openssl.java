package org.embassage.gateway.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.embassage.evidence.bundle.VerifyScript;

/**
 * A bundle judged by verify.sh, which knows openssl, unzip and coreutils alone. It runs beside the story, since it takes
 * some seconds; where a tool is missing it is not run.
 */
final class Openssl {

    private static final Pattern GOOD_ENOUGH = Pattern.compile("OpenSSL ([3-9]|[1-9][0-9])\\..*", Pattern.DOTALL);
    private static final int LOOK_SECONDS = 5;
    private static final int PATIENCE_SECONDS = 180;

    private final Path folder;
    private final List<String> words;
    private final Optional<Process> process;

    private Openssl(Path folder, List<String> words, Optional<Process> process) {
        this.folder = folder;
        this.words = words;
        this.process = process;
    }

    /** @param held whether nothing is wrong; true as well where there is no openssl */
    record Result(boolean held, List<String> told) {}

    /** Begins to judge, if this machine has what is needed. */
    static Openssl begin(Path bundle, Path trust, Path folder) throws IOException {
        Path script = folder.resolve("verify.sh");
        Files.write(script, VerifyScript.octets());
        List<String> words = List.of("sh", script.toString(), "--trust", trust.toString(), bundle.toString());
        boolean able = GOOD_ENOUGH.matcher(saidBy("openssl", "version")).matches()
                && saidBy("unzip", "-v").startsWith("UnZip")
                && saidBy("sha256sum", "--version").contains("GNU coreutils");
        Optional<Process> process = able
                ? Optional.of(new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("verify.sh.out").toFile())
                        .start())
                : Optional.empty();
        return new Openssl(folder, words, process);
    }

    String command() {
        return String.join(" ", words);
    }

    /** Waits for its verdict. */
    Result result() throws IOException {
        if (process.isEmpty()) {
            return new Result(
                    true,
                    List.of(
                            "Not run: this machine does not have openssl 3, unzip and GNU coreutils. Repeat it where they"
                                    + " are:"));
        }
        if (!ended(process.get(), PATIENCE_SECONDS)) {
            return new Result(false, List.of("verify.sh did not end within " + PATIENCE_SECONDS + " s"));
        }
        List<String> lines = Files.readAllLines(folder.resolve("verify.sh.out"), StandardCharsets.UTF_8);
        List<String> told = new ArrayList<>(
                lines.stream().filter(line -> line.matches("[0-9]+\\. .*")).toList());
        told.add(lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1));
        return new Result(process.get().exitValue() == 0, told);
    }

    /** What a tool says of itself; nothing if it is not there. */
    private static String saidBy(String... command) {
        try {
            Process asked =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            asked.getOutputStream().close();
            String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return ended(asked, LOOK_SECONDS) ? said : "";
        } catch (IOException absent) {
            return "";
        }
    }

    private static boolean ended(Process running, int seconds) {
        try {
            if (running.waitFor(seconds, TimeUnit.SECONDS)) {
                return true;
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        running.destroyForcibly();
        return false;
    }
}
