package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Go's sumdb packages verify every checkpoint and proof of the vectors as docs/verdicts.md says. */
@Tag("foreign")
class GoTest {

    @Test
    void itSaysWhatThePageSays() {
        List<Line> lines = Line.all();

        assertThat(Referee.GO.judge(lines))
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .isEqualTo(Page.column(lines, Referee.GO));
    }
}
