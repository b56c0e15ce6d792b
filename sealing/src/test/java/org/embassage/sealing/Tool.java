package org.embassage.sealing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a program we did not write, in a folder. */
final class Tool {

    private final Path folder;

    Tool(Path folder) {
        this.folder = folder;
    }

    /** What it printed, both streams. */
    record Run(int exit, String output) {}

    Run run(String... command) throws IOException, InterruptedException {
        Path output = folder.resolve("tool-output.txt");
        Process process = new ProcessBuilder(List.of(command))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " does not end");
        }
        return new Run(process.exitValue(), java.nio.file.Files.readString(output));
    }
}
