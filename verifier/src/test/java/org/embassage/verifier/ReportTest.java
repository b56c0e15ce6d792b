package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @TempDir
    Path folder;

    @Test
    void theDetailedReportNamesEveryFindingAndTheSimpleOneDoesNot() {
        Scene scene = new Scene(folder);
        List<String> simple = List.of("@/good.zip", "--trust", "@/anchors", "--policy", "@/policy.txt");
        List<String> detailed =
                List.of("@/good.zip", "--trust", "@/anchors", "--policy", "@/policy.txt", "--report", "detailed");

        assertThat(scene.run(simple).out()).doesNotContain("as listed; exported by QVL-BG at <time>\n    ");
        assertThat(scene.run(detailed).out())
                .contains("receipt <id> (RelayAcceptance) in the ledger of QOS-POL: entry")
                .contains("cards/QVL-BG.1.card.xml: signed");
    }

    @Test
    void theHelpBeginsWithExamples() {
        Scene.Run run = new Scene(folder).run(List.of("--help"));

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Examples:\n  embassage-verify bundle.zip --trust anchors/\n");
    }
}
