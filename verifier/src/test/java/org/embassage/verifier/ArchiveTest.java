package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many files in one run. */
class ArchiveTest {

    private static final Path VECTORS = Path.of("..", "vectors", "misbehaviour");

    @TempDir
    Path folder;

    private Scene scene;

    @BeforeEach
    void makeFiles() {
        scene = new Scene(folder);
    }

    @Test
    void asJsonEachFileIsALineAndTheSumIsTheLast() {
        List<String> lines = judged("@/archive", "--json").out().lines().toList();

        assertThat(lines).hasSize(5);
        assertThat(lines.subList(0, 4))
                .allMatch(line -> line.startsWith("{\"schema\":\"embassage-verify/1\",\"verdict\":"))
                .allMatch(line -> line.endsWith("}"));
        assertThat(lines.get(0)).contains("\"verdict\":\"TOTAL-PASSED\"", "\"file\":\"@/archive/2031-04/good.zip\"");
        assertThat(lines.get(4))
                .startsWith("{\"schema\":\"embassage-verify-archive/1\",\"verdict\":\"TOTAL-FAILED\",\"exitCode\":3,")
                .contains("\"files\":4,\"receipts\":7,\"notJudged\":0,\"leftAside\":1,");
    }

    @Test
    void theWorstVerdictIsTheExitCode() {
        assertThat(judged("@/whole").exitCode()).isZero();
        assertThat(judged("@/whole", "@/incomplete.zip").exitCode()).isEqualTo(4);
        assertThat(judged("@/incomplete.zip", "@/changed.zip", "@/good.zip").exitCode())
                .isEqualTo(3);
    }

    @Test
    void aFileThatCannotBeJudgedSpoilsTheSumButNotTheOthers() throws IOException {
        Path huge = folder.resolve("archive/huge.zip");
        try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(300L * 1024 * 1024);
        }

        assertThat(judged("@/archive").out())
                .contains("@/archive/huge.zip: NOT JUDGED: the file is larger than any bundle")
                .contains("TOTAL-FAILED\n");
        Files.delete(folder.resolve("archive/changed.zip"));
        Scene.Run run = judged("@/archive");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("1 of 4 files could not be judged. The first is @/archive/huge.zip.\nNOT JUDGED\n");
    }

    @Test
    void linksInAFolderAreNotFollowed() throws IOException {
        Files.createSymbolicLink(folder.resolve("whole/again.zip"), folder.resolve("good.zip"));
        Files.createSymbolicLink(folder.resolve("whole/circle"), folder.resolve("whole"));

        assertThat(judged("@/whole").out()).contains("       2  TOTAL-PASSED\n").contains("       2  left aside");
    }

    @Test
    void anEvidenceRecordIsJudgedWithTheFileThatItLiesBeside() throws IOException {
        Files.writeString(folder.resolve("whole/2031-04/good.zip.ers"), "no record");
        Files.writeString(folder.resolve("whole/alone.zip.ers"), "a record of nothing");

        Scene.Run run = judged("@/whole");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out())
                .contains("@/whole/2031-04/good.zip: TOTAL-FAILED (FORMAT_FAILURE): ")
                .contains("       1  TOTAL-PASSED\n")
                .contains("       1  left aside");
        assertThat(judged("@/whole/2031-04/good.zip", "--json").out()).contains("\"record\": \"<sha256>\"");
    }

    @Test
    void aProofOfMisbehaviourInAFolderIsJudgedByTheKeysOfTheTrustFolder() throws IOException {
        Files.copy(VECTORS.resolve("fork.misbehaviour"), folder.resolve("whole/QOS-POL.1.misbehaviour"));

        Scene.Run unknown = judged("@/whole");
        assertThat(unknown.exitCode()).isEqualTo(4);
        assertThat(unknown.out())
                .contains("@/whole/QOS-POL.1.misbehaviour: NOT PROVEN: Nothing is proven, because you bring no key")
                .contains("       2  TOTAL-PASSED\n", "       1  NOT PROVEN ")
                .doesNotContain("left aside");

        Files.copy(VECTORS.resolve("trust/keys.vkey"), folder.resolve("anchors/keys.vkey"));
        Scene.Run proven = judged("@/whole/QOS-POL.1.misbehaviour", "@/nonsense.txt");
        assertThat(proven.exitCode()).isEqualTo(3);
        assertThat(proven.out())
                .contains("@/whole/QOS-POL.1.misbehaviour: PROVEN: QOS-POL signed two histories of its ledger")
                .contains("1 proof of misbehaviour holds")
                .contains(
                        "Files that rely on ledger QOS-POL/receipts/1, against which a proof of misbehaviour holds: none of those here.")
                .contains("TOTAL-FAILED\n");
        assertThat(judged("@/whole").out())
                .contains("Files that rely on ledger QOS-POL/receipts/1, against which a proof of misbehaviour holds:"
                        + " @/whole/2031-04/good.zip, @/whole/2031-05/good.zip. Of its entries rely only on those");
        assertThat(judged("@/whole", "--json").out().lines())
                .anyMatch(line ->
                        line.startsWith("{\"schema\":\"embassage-verify-misbehaviour/1\",\"verdict\":\"PROVEN\"")
                                && line.contains("\"file\":\"@/whole/QOS-POL.1.misbehaviour\""))
                .last(org.assertj.core.api.InstanceOfAssertFactories.STRING)
                .contains(
                        "\"misbehaviour\":{\"proven\":1,\"notProven\":0,\"accused\":[{\"ledger\":\"QOS-POL/receipts/1\",\"reliedOnBy\":2,");
    }

    @Test
    void aProofThatIsDamagedAccusesNobodyAndSpoilsNoBundle() throws IOException {
        Files.writeString(folder.resolve("whole/any.misbehaviour"), "embassage-misbehaviour/v2");

        Scene.Run run = judged("@/whole");

        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.out())
                .contains("@/whole/any.misbehaviour: NOT PROVEN: This is not a proof of misbehaviour")
                .contains("Nothing was found to be wrong, but for 1 of 3 files not all is proven.\nINDETERMINATE\n");
    }

    @Test
    void aLogIsToldEachTenthAndATerminalHasABar() {
        IntStream.range(0, 20).forEach(n -> scene.copy("receipt.asice", "many/" + n + ".asice"));

        assertThat(judged("@/many", "--progress", "lines").err().lines())
                .hasSize(10)
                .startsWith("embassage-verify: 2 of 20 files judged")
                .endsWith("embassage-verify: 20 of 20 files judged");
        assertThat(judged("@/many", "--progress", "bar").err())
                .startsWith("\r[#-----------------------------] 1 of 20")
                .endsWith("\r[##############################] 20 of 20\n");
        assertThat(judged("@/many", "--progress", "none").err()).isEmpty();
    }

    private Scene.Run judged(String... words) {
        return scene.run(java.util.stream.Stream.concat(
                        java.util.Arrays.stream(words),
                        java.util.stream.Stream.of("--trust", "@/anchors", "--policy", "@/policy.txt"))
                .toList());
    }
}
