package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * docs/verdicts.md has a row for each line of vectors.txt. With {@code EMBASSAGE_WRITE=verdicts} in the environment all
 * referees are asked and the tables are written anew; that needs their tools.
 */
class PageTest {

    @Test
    void everyVectorHasItsRow() {
        List<Line> lines = Line.all();
        if ("verdicts".equals(System.getenv("EMBASSAGE_WRITE"))) {
            Page.write(lines);
        }

        assertThat(Page.skeleton())
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .containsExactlyInAnyOrderElementsOf(lines.stream()
                        .map(line -> line.title() + " | " + line.done() + " | " + Page.ours(line))
                        .toList());
    }

    @Test
    void everyDisputeFileAndEveryProofOfMisbehaviourHasItsRow() throws IOException {
        List<String> rows = Stream.concat(
                        listed("disputes/disputes.txt")
                                .map(cells -> row(
                                        cells[0],
                                        cells[4],
                                        cells[2].equals("-")
                                                ? cells[1]
                                                : cells[1] + " " + cells[3] + " (" + cells[2] + ")")),
                        listed("misbehaviour/misbehaviour.txt")
                                .map(cells -> row(cells[0], cells[3], cells[1] + " (" + cells[2] + ")")))
                .toList();

        assertThat(Files.readString(Page.FILE)
                        .lines()
                        .filter(line -> line.matches("\\| `[^|`]*[.](zip|misbehaviour)` (\\|[^|]*){3}")))
                .as("of the lists in vectors/, in their order")
                .containsExactlyElementsOf(rows);
    }

    private static Stream<String[]> listed(String list) throws IOException {
        return Files.readAllLines(Path.of("..", "vectors").resolve(list)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split(" \\| ", -1));
    }

    private static String row(String file, String done, String verdict) {
        return "| `" + file + "` | " + done + " | " + verdict + " |";
    }
}
