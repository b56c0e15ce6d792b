package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.VerifyPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's sessions happen as they are written, and the format page names every check. */
class AuditorGuideTest {

    private static final String COMMAND = "$ java -jar embassage-verify.jar ";

    @TempDir
    Path folder;

    @Test
    void everySessionOfTheGuideHappensAsItIsWritten() {
        Scene scene = new Scene(folder).withPeriodAndDispute();
        List<String> sessions = Guide.blocks("console");

        assertThat(sessions).hasSizeGreaterThan(4).allSatisfy(session -> {
            List<String> lines = session.lines().toList();
            assertThat(lines.get(0)).startsWith(COMMAND);
            Scene.Run run = scene.run(Arrays.stream(
                            lines.get(0).substring(COMMAND.length()).split(" ", -1))
                    .map(word -> word.endsWith(".pdf") || Files.exists(folder.resolve(word)) ? "@/" + word : word)
                    .toList());
            String shown = String.join("\n", lines.subList(1, lines.size() - 1));
            assertThat(run.out().replace("@/", "")).matches(asWritten(shown));
            assertThat(lines.get(lines.size() - 1)).isEqualTo("(exit code " + run.exitCode() + ")");
        });
    }

    /** A line of three dots stands for any lines. */
    private static Pattern asWritten(String shown) {
        return Pattern.compile(
                Arrays.stream(shown.split("(?m)^\\.\\.\\.$\n?", -1))
                                .map(Pattern::quote)
                                .collect(Collectors.joining("(?s:.*)"))
                        + "\n?",
                Pattern.MULTILINE);
    }

    @Test
    void thePolicyOfTheGuideIsTheOneThatWeShip() {
        assertThat(Guide.text()).contains("```\n" + VerifyPolicy.BASELINE + "```\n");
    }

    @Test
    void theFormatPageHasARowForEachCheck() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "formats", "evidence.md"));

        assertThat(Check.values())
                .allSatisfy(check -> assertThat(page).contains("| " + check.number() + " | `" + check.id() + "` |"));
    }

    /** Nothing more, nothing less, in the order of the numbers and in the words of the verifier. */
    @Test
    void theGuideListsTheChecksThatThereAre() {
        List<String> rows = Pattern.compile("^(\\| \\d+ \\| `[^|]*\\| [^|]*\\|) [^|]+\\|$", Pattern.MULTILINE)
                .matcher(Guide.text())
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Check.values())
                        .map(check -> "| " + check.number() + " | `" + check.id() + "` | " + check.question() + " |")
                        .toList());
    }
}
