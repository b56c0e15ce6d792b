package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.embassage.evidence.bundle.VerifyScript;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps by hand of the auditor's guide, run by a shell with unzip, coreutils and openssl. */
@Tag("foreign")
class GuideByHandTest {

    private static final Path VECTORS = Path.of("..", "vectors");
    private static final String SIGNED =
            "GOOD open/.* is signed by urn:embassage:gateway:(QVL-BG|QOS-POL), and the card of \\1 lists its certificate";

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() {
        assertThat(new Scene(folder)).isNotNull();
    }

    @Test
    void theStepsByHandAgreeOnAGoodBundle() throws Exception {
        String output = run("bundle.zip", Guide.blocks("sh"));

        assertThat(output).contains("sha256 Fingerprint=").contains("TOTAL-PASSED: all that was checked holds");
        assertThat(output.lines().filter(line -> line.equals("CAdES Verification successful")))
                .as("three receipts, two cards, two signatures of the agreement: %s", output)
                .hasSize(7);
        assertThat(output.lines().filter(line -> line.startsWith("GOOD ") && line.endsWith(" is as signed")))
                .hasSize(6);
        assertThat(output.lines().filter(line -> line.matches(SIGNED))).hasSize(3);
        assertThat(output)
                .doesNotContain("BAD ")
                .contains("you bring no authority")
                .endsWith("exit code 0");
    }

    @Test
    void theStepsByHandStopAtAChangedBundle() throws Exception {
        assertThat(run("changed.zip", byHand()))
                .doesNotContain("CAdES Verification successful")
                .doesNotEndWith("exit code 0");
    }

    @Test
    void ofSeveralCertificatesInASignatureTheSignersIsShown() throws Exception {
        bring("good-time-stamped");

        String output = run("bundle.zip", byHand());

        assertThat(output.lines().filter(line -> line.matches(SIGNED)))
                .as(output)
                .hasSize(3);
        assertThat(output.lines().filter(line -> line.matches("GOOD extracts/.*\\.tst")))
                .hasSize(3);
        assertThat(output).doesNotContain("BAD ").contains("subject=").endsWith("exit code 0");
        assertThat(
                        run(
                                "",
                                List.of(
                                        "cd unpacked\nopenssl pkcs7 -inform DER -print_certs"
                                                + " -in $(ls open/*/META-INF/signature001.p7s | head -n 1) | openssl x509 -noout -subject")))
                .as("the first certificate is that of the CA, and says nothing about the signer")
                .contains("CN = QOS CA");
    }

    @Test
    void aTimeStampByAnotherAuthorityThanTheAuditorsIsSaidToBeBad() throws Exception {
        bring("good-time-stamped");
        Files.delete(folder.resolve("anchors/time-stamping/TSA.pem"));
        Files.copy(folder.resolve("anchors/QVL.pem"), folder.resolve("anchors/time-stamping/other.pem"));

        assertThat(run("bundle.zip", byHand())
                        .lines()
                        .filter(line -> line.matches("BAD  extracts/.*\\.tst is not by your authority.*")))
                .hasSize(3);
    }

    @Test
    void aSignerWhomTheCardDoesNotListIsSaidToBeBad() throws Exception {
        bring("signer-not-on-the-card");

        String output = run("bundle.zip", byHand());

        assertThat(output.lines().filter(line -> line.matches(SIGNED))).hasSize(1);
        assertThat(
                        output.lines()
                                .filter(
                                        line -> line.matches(
                                                "BAD  open/.* says that QOS-POL issued it: the signer is .*, or the card does not list it")))
                .as(output)
                .hasSize(2);
    }

    /** All but what is said of verify.sh. */
    private static List<String> byHand() {
        return Guide.blocks("sh").stream()
                .filter(block -> !block.contains("verify.sh"))
                .toList();
    }

    /** Puts a vector and what the auditor brings for it in place of the scene's. */
    private void bring(String vector) throws Exception {
        Files.copy(
                VECTORS.resolve("bundles/" + vector + ".zip"),
                folder.resolve("bundle.zip"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.walk(VECTORS.resolve("trust/usual"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve("anchors")
                        .resolve(VECTORS.resolve("trust/usual").relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private String run(String bundle, List<String> blocks) throws Exception {
        Path script = folder.resolve("by-hand.sh");
        Files.writeString(script, String.join("\n", blocks).replace("bundle.zip", bundle));
        Files.write(folder.resolve("verify.sh"), VerifyScript.octets());
        Process process = new ProcessBuilder("sh", "-eu", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return output + "exit code " + process.exitValue();
    }
}
