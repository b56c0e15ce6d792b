package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole sessions: the command, its exit code, what it prints. What was printed is also kept under target/transcripts. With
 * {@code -Dtranscripts.write=true} it is written down anew; then read the difference.
 */
class TranscriptTest {

    private static final Path WRITTEN = Path.of("src/test/resources/org/embassage/verifier/transcripts");

    @TempDir
    static Path folder;

    static Scene scene;

    @BeforeAll
    static void makeFiles() {
        scene = new Scene(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "good",
                "good-quiet",
                "strict-without-policy",
                "changed-byte",
                "changed-byte-json",
                "incomplete",
                "strangers",
                "single-receipt",
                "no-such-file",
                "no-such-file-json",
                "no-anchors",
                "nonsense-policy",
                "nonsense-time",
                "missing-option",
                "unknown-option",
                "archive",
                "archive-detailed",
                "archive-whole",
                "archive-quiet",
                "archive-without-evidence",
                "compare-same",
                "compare-missing",
                "compare-changed-json",
                "compare-folder",
                "several-files",
                "several-one-missing"
            })
    void aSessionGoesAsItIsWrittenDown(String name) throws IOException {
        String written = Files.readString(WRITTEN.resolve(name + ".txt"));
        String command = written.lines().findFirst().orElseThrow();
        List<String> words = Arrays.asList(command.split(" ", -1));

        Scene.Run run = scene.run(words.subList(2, words.size()));

        String happened =
                command + "\nexit code " + run.exitCode() + "\n---- output\n" + run.out() + "---- errors\n" + run.err();
        Path kept = Path.of("target", "transcripts", name + ".txt");
        Files.createDirectories(kept.getParent());
        Files.writeString(kept, happened);
        if (Boolean.getBoolean("transcripts.write")) {
            Files.writeString(WRITTEN.resolve(name + ".txt"), happened);
            return;
        }
        assertThat(happened).isEqualTo(written);
    }
}
