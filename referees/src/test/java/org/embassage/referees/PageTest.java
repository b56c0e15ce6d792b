package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
}
