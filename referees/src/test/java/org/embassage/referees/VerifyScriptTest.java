package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shell script for auditors judges every bundle of the vectors as docs/verdicts.md says. */
@Tag("foreign")
class VerifyScriptTest {

    @Test
    void itSaysWhatThePageSays() {
        List<Line> lines = Line.all();

        assertThat(Referee.SCRIPT.judge(lines))
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .isEqualTo(Page.column(lines, Referee.SCRIPT));
    }
}
