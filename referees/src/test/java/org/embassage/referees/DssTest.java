package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** EU DSS judges every receipt of the vectors as docs/verdicts.md says, with nothing of ours on its class path. */
class DssTest {

    private static final List<Line> LINES = Line.all();
    private static List<String> said = List.of();

    @BeforeAll
    static void ask() {
        said = Referee.DSS.judge(LINES);
    }

    @Test
    void itSaysWhatThePageSays() {
        assertThat(said)
                .as("EMBASSAGE_WRITE=verdicts and -Pforeign write the page anew")
                .isEqualTo(Page.column(LINES, Referee.DSS));
    }

    @Test
    void itPassesWhatWePass() {
        for (int i = 0; i < LINES.size(); i++) {
            if (LINES.get(i).verdict().equals("TOTAL-PASSED")) {
                assertThat(said.get(i)).as(LINES.get(i).file()).startsWith("TOTAL_PASSED");
            }
        }
    }

    @Test
    void itFailsWhatWasChangedUnderASignature() {
        // Three that hold by the standard, and break only the one form that this project writes.
        assertThat(notFailed("receipt"))
                .containsExactlyInAnyOrder(
                        "second-signer.asice",
                        "signing-certificate-not-signed.asice",
                        "signature-of-indefinite-length.zip");
    }

    @Test
    void itFailsTimeStampsOverSomethingElse() {
        // A time-stamp over a checkpoint lies beside the receipts, where DSS does not look.
        assertThat(notFailed("time-stamp")).containsExactlyInAnyOrder("anchor-over-another-note.zip");
        assertThat(notFailed("archive")).isEmpty();
    }

    private static List<String> notFailed(String check) {
        List<String> passed = new ArrayList<>();
        for (int i = 0; i < LINES.size(); i++) {
            Line line = LINES.get(i);
            boolean touched = line.check().equals(check)
                    && (line.indication().equals("HASH_FAILURE")
                            || line.indication().equals("SIG_CRYPTO_FAILURE"));
            if (touched
                    && said.get(i).startsWith("TOTAL_PASSED")
                    && !said.get(i).matches(".*(time-stamp|record) (FAILED|INDETERMINATE).*")) {
                passed.add(line.file().replaceFirst(".*/", ""));
            }
        }
        return passed;
    }

    @Test
    void itKnowsTheLevels() {
        assertThat(saidOf("good-b-b")).isEqualTo("TOTAL_PASSED B");
        assertThat(saidOf("good-b-t")).isEqualTo("TOTAL_PASSED T");
        assertThat(saidOf("good-b-lt")).isEqualTo("TOTAL_PASSED LT");
        assertThat(saidOf("good-lta")).isEqualTo("TOTAL_PASSED LTA");
        assertThat(saidOf("good-lta-renewed")).isEqualTo("TOTAL_PASSED LTA");
        assertThat(saidOf("good-record")).isEqualTo("TOTAL_PASSED LT, record PASSED");
        assertThat(saidOf("good-record-renewed")).isEqualTo("TOTAL_PASSED LT, record PASSED");
        assertThat(saidOf("good-record-new-tree")).isEqualTo("TOTAL_PASSED LT, record PASSED");
    }

    /** Of the first line about the file. */
    private static String saidOf(String name) {
        for (int i = 0; i < LINES.size(); i++) {
            if (LINES.get(i).file().equals("receipts/" + name + ".asice")) {
                return said.get(i);
            }
        }
        return "nothing";
    }

    @Test
    void nothingOfOursIsOnItsClassPath() {
        assertThat(System.getProperty("java.class.path"))
                .contains("dss-validation")
                .doesNotContain("embassage-")
                .doesNotContain("bcprov-jdk18on-1.86");
    }
}
