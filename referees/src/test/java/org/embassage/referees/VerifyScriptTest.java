package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script for auditors judges every bundle of the vectors as docs/verdicts.md says, whichever shell runs it. */
@Tag("foreign")
class VerifyScriptTest {

    @ParameterizedTest
    @ValueSource(strings = {"dash", "bash --posix", "busybox sh"})
    void itSaysWhatThePageSays(String shell) {
        List<Line> lines = Line.all();

        assertThat(Referee.scriptSays(lines, shell.split(" ")))
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .isEqualTo(Page.column(lines, Referee.SCRIPT));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"disputes/good-match.zip", "misbehaviour/consistent.misbehaviour", "receipts/good-b-b.asice"})
    void itGivesNoVerdictOnEvidenceThatIsNoBundle(String file) {
        Path vectors = Path.of("../vectors").toAbsolutePath().normalize();

        String said = Tool.run(
                Map.of(),
                vectors,
                List.of(
                        "sh",
                        "-c",
                        "sh \"$0\" --trust trust/usual \"$1\" 2>&1; echo \"exit $?\"",
                        Referee.verifySh().toString(),
                        file));

        assertThat(said)
                .contains("this script judges bundles only")
                .endsWith("exit 2\n")
                .doesNotContain("TOTAL-");
    }

    @Test
    void shellcheckFindsNothing() {
        assertThat(Tool.run(
                        Map.of(),
                        Path.of("").toAbsolutePath(),
                        List.of("shellcheck", "--shell=sh", Referee.verifySh().toString())))
                .isEmpty();
    }
}
