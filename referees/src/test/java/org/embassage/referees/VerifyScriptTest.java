package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script for auditors judges every bundle of the vectors as docs/verdicts.md says; other shells say what dash says. */
@Tag("foreign")
class VerifyScriptTest {

    /** Of the bundles, every so many are judged by the other shells too; all of them with {@code EMBASSAGE_SHELLS=all}. */
    private static final int SAMPLE = 5;

    @Test
    void itSaysWhatThePageSays() {
        saysWhatThePageSays(Line.all(), "dash");
    }

    @ParameterizedTest
    @CsvSource({"bash --posix, 0", "busybox sh, 2"})
    void otherShellsSayTheSame(String shell, int first) {
        List<Line> all = Line.all();
        boolean whole = "all".equals(System.getenv("EMBASSAGE_SHELLS"));
        List<Line> sample = IntStream.range(0, all.size())
                .filter(line -> whole || line % SAMPLE == first)
                .mapToObj(all::get)
                .toList();
        assertThat(sample).hasSizeGreaterThan(20).extracting(Line::verdict).contains("TOTAL-PASSED", "TOTAL-FAILED");

        saysWhatThePageSays(sample, shell);
    }

    private static void saysWhatThePageSays(List<Line> lines, String shell) {
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
