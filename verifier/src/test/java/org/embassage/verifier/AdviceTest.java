package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What came too early is asked for where it is, and only what lies in a trust folder is sent there. */
class AdviceTest {

    private static final Path VECTORS = Path.of("..", "vectors");

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    revocation-list-missing | baseline  | get a fresh revocation list from the authority of which
                    proof-missing           | baseline  | ask the gateway that exported it for a new export: proofs come
                    ledger-not-continued    | baseline  | ask the gateway whose ledger the sentence names for its own bundle
                    period-hole-admitted    | baseline  | ask the other gateway for its bundle of the same period
                    witnessed-by-nobody     | witnessed | ask the gateway that exported it for a new export: its peer cosigns
                    """)
    void whatToDoFitsWhatIsMissing(String bundle, String policy, String advice) {
        String out = judged(bundle, policy).out();

        assertThat(out).contains("\nINDETERMINATE (TRY_LATER)\n").contains("\nWhat to do: " + advice);
        assertThat(out.lines().filter(line -> line.startsWith("What to do: ")).findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line.contains("trust folder")).isEqualTo(bundle.equals("revocation-list-missing")));
    }

    @Test
    void withoutAPolicyNothingIsSaidOfOne() {
        assertThat(judged("witnessed-by-nobody", "witnessed").out())
                .contains("no known witness cosigned a checkpoint of QOS-POL that covers receipt")
                .contains("if no cosignature ever comes, ask the peer")
                .doesNotContain("the policy asks for");
    }

    private Scene.Run judged(String bundle, String policy) {
        return new Scene(folder)
                .run(List.of(
                        VECTORS.resolve("bundles/" + bundle + ".zip").toString(),
                        "--trust",
                        VECTORS.resolve("trust/usual").toString(),
                        "--policy",
                        VECTORS.resolve("policy/" + policy + ".txt").toString(),
                        "--at",
                        "2026-11-25T06:00:00Z"));
    }
}
