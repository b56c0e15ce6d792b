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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps by hand of the auditor's guide, run by a shell with unzip, coreutils and openssl. */
@Tag("foreign")
class GuideByHandTest {

    private static final Path VECTORS = Path.of("..", "vectors");
    private static final String MANIFEST = "GOOD \\.\\./byhand/open/.*/META-INF/ASiCManifest001\\.xml is signed by .*";
    private static final String SIGNED =
            "GOOD receipts/.*\\.asice names its signer, and the card of (QVL-BG|QOS-POL) lists his certificate";
    private static final String STAMP = "GOOD the signature of receipt .* existed by that time";

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
        assertThat(output.lines().filter(line -> line.matches("GOOD .* is signed by urn:embassage:.*")))
                .as("the index, three receipts, two cards, two signatures of the agreement: %s", output)
                .hasSize(8);
        assertThat(lines(output, MANIFEST)).isEqualTo(3);
        assertThat(lines(output, "GOOD (evidence.xml|checkpoints/(own|peer).txt) of .* is as signed"))
                .isBetween(6L, 9L);
        assertThat(lines(output, SIGNED)).isEqualTo(3);
        assertThat(lines(output, "GOOD the certificate that signed receipt .* is not revoked"))
                .isEqualTo(3);
        assertThat(output)
                .doesNotContain("BAD ")
                .doesNotContain("EXTRA ")
                .contains("OPEN you bring no authority")
                .containsPattern("own.txt:QVL-BG/receipts/1\n.*own.txt-\\d+\n")
                .endsWith("exit code 0");
    }

    @Test
    void theStepsByHandCanBeRepeated() throws Exception {
        run("bundle.zip", byHand());

        assertThat(run("bundle.zip", byHand())).doesNotContain("BAD ").endsWith("exit code 0");
    }

    @Test
    void theStepsByHandStopAtABundleThatIsNoSoundZip() throws Exception {
        assertThat(run("changed.zip", byHand())).contains("bad CRC").doesNotContain("is signed by");
    }

    @Test
    void aChangedFileIsSaidToBeBad() throws Exception {
        run(
                "bundle.zip",
                List.of(
                        "rm -rf forged && mkdir forged && cd forged && unzip -q ../bundle.zip",
                        "echo >> cards/QVL-BG.1.card.xml",
                        "rm ../bundle.zip; jar -cMf ../bundle.zip ."));

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, "BAD  cards/QVL-BG.1.card.xml: FAILED"))
                .as(output)
                .isEqualTo(1);
        assertThat(lines(output, "BAD  cards/QVL-BG.1.card.xml should be signed by .*"))
                .isEqualTo(1);
    }

    @Test
    void anIndexThatNobodySignedIsSaidToBeOpen() throws Exception {
        bring("index-unsigned");

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, "OPEN nobody signed bundle.txt: .*"))
                .as(output)
                .isEqualTo(1);
        assertThat(output).doesNotContain("BAD ").doesNotContain("EXTRA ");
    }

    @Test
    void ofSeveralCertificatesInASignatureTheSignersIsShown() throws Exception {
        bring("good-time-stamped");

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, SIGNED)).as(output).isEqualTo(3);
        assertThat(lines(output, STAMP)).isEqualTo(3);
        assertThat(output).doesNotContain("BAD ").contains("subject=").endsWith("exit code 0");
        assertThat(
                        run(
                                "",
                                List.of(
                                        "openssl pkcs7 -inform DER -print_certs"
                                                + " -in $(ls byhand/open/*/META-INF/signature001.p7s | head -n 1) | openssl x509 -noout -subject")))
                .as("the first certificate is that of the CA, and says nothing about the signer")
                .contains("CN = QOS CA");
    }

    @Test
    void aTimeStampByAnotherAuthorityThanTheAuditorsIsSaidToBeBad() throws Exception {
        bring("good-time-stamped");
        Files.delete(folder.resolve("anchors/time-stamping/TSA.pem"));
        Files.copy(folder.resolve("anchors/QVL.pem"), folder.resolve("anchors/time-stamping/other.pem"));

        assertThat(lines(run("bundle.zip", byHand()), "BAD  the time-stamp of receipt .* is not by your authority.*"))
                .isEqualTo(3);
    }

    @Test
    void aSignerWhomTheCardDoesNotListIsSaidToBeBad() throws Exception {
        bring("signer-not-on-the-card");

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, SIGNED)).isEqualTo(1);
        assertThat(lines(
                        output,
                        "BAD  receipts/.* does not name its signer, or the card of QOS-POL does not list his.*"))
                .as(output)
                .isEqualTo(2);
    }

    /** The token and the value of another receipt's signature are laid under its name, and the index says so. */
    @Test
    void aTimeStampOfAnotherReceiptIsSaidToBeBad() throws Exception {
        bring("good-time-stamped");
        run(
                "bundle.zip",
                List.of(
                        "rm -rf forged && mkdir forged && cd forged && unzip -q ../bundle.zip",
                        "set -- extracts/*.tst",
                        "cp \"$1\" \"$2\"; cp \"${1%.tst}.signature\" \"${2%.tst}.signature\"",
                        "sed -n 's/^file [0-9a-f]* //p' bundle.txt | while read -r file; do",
                        "  echo \"file $(sha256sum < \"$file\" | cut -c 1-64) $file\"",
                        "done > files",
                        "{ grep -v -e '^file ' -e '^end ' bundle.txt; cat files; } > edited",
                        "mv edited bundle.txt; rm files ../bundle.zip; jar -cMf ../bundle.zip ."));

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, STAMP)).as(output).isEqualTo(2);
        assertThat(lines(output, "BAD  the time-stamp of receipt .* is over something else"))
                .isEqualTo(1);
        assertThat(lines(output, "BAD  bundle.txt should be signed by urn:embassage:gateway:QVL-BG.*"))
                .as("nor is the index the exporter's any more")
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index-signed-by-the-other-side", "index-of-another-exporter", "exported-by-a-party-key"})
    void anIndexThatItsExporterDidNotSignIsSaidToBeBad(String vector) throws Exception {
        bring(vector);

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, "BAD  bundle.txt should be signed by urn:embassage:gateway:.*"))
                .as(output)
                .isEqualTo(1);
        assertThat(lines(output, "BAD .*")).isEqualTo(1);
    }

    @Test
    void aFileThatTheIndexDoesNotListIsShown() throws Exception {
        bring("extra-file-not-listed");

        assertThat(lines(run("bundle.zip", byHand()), "EXTRA not in the index: certificates/0*\\.pem"))
                .isEqualTo(1);
    }

    /** The other country's CA issued a certificate in the name of this one's gateway. */
    @Test
    void aCountryIsNotVouchedForByTheAuthorityOfTheOther() throws Exception {
        bring("country-forged-by-the-other");

        String output = run("bundle.zip", byHand());

        assertThat(lines(
                        output,
                        "BAD .* should be signed by urn:embassage:(gateway|party):QVL.*: the signer is 'nobody.*"))
                .as("the card and the receipt of QVL: %s", output)
                .isEqualTo(2);
        assertThat(lines(output, MANIFEST)).isEqualTo(2);
    }

    @Test
    void aRevokedSignerIsSaidToBeBad() throws Exception {
        bring("good-handed-over", "seal-revoked");

        String output = run("bundle.zip", byHand());

        assertThat(lines(output, "BAD  the certificate that signed receipt .* is revoked.*"))
                .as("both of QOS-POL, by the auditor's own list: %s", output)
                .isEqualTo(2);
        assertThat(lines(output, "GOOD the certificate that signed receipt .* is not revoked"))
                .isEqualTo(1);
    }

    private static long lines(String output, String pattern) {
        return output.lines().filter(line -> line.matches(pattern)).count();
    }

    /** All but what is said of verify.sh. */
    private static List<String> byHand() {
        return Guide.blocks("sh").stream()
                .filter(block -> !block.contains("verify.sh"))
                .toList();
    }

    /** Puts a vector and what the auditor brings for it in place of the scene's. */
    private void bring(String vector) throws Exception {
        bring(vector, "usual");
    }

    private void bring(String vector, String trust) throws Exception {
        Files.copy(
                VECTORS.resolve("bundles/" + vector + ".zip"),
                folder.resolve("bundle.zip"),
                StandardCopyOption.REPLACE_EXISTING);
        try (Stream<Path> files = Files.walk(VECTORS.resolve("trust").resolve(trust))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve("anchors")
                        .resolve(VECTORS.resolve("trust")
                                .resolve(trust)
                                .relativize(file)
                                .toString());
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
