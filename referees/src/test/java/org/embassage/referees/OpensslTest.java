package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** openssl verifies every signature, digest and time-stamp of the vectors as docs/verdicts.md says. */
@Tag("foreign")
class OpensslTest {

    @Test
    void itSaysWhatThePageSays() {
        List<Line> lines = Line.all();

        assertThat(Referee.OPENSSL.judge(lines))
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .isEqualTo(Page.column(lines, Referee.OPENSSL));
    }
}
