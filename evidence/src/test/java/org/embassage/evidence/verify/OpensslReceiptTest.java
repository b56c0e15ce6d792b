package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps by hand of VERIFY.md and the auditor's guide, done by openssl and coreutils. */
@Tag("foreign")
class OpensslReceiptTest {

    private static final World WORLD = World.handedOver();

    @TempDir
    Path folder;

    @BeforeEach
    void unpack() throws Exception {
        unpack(WORLD.bundle(), folder);
        for (Receipt receipt : WORLD.receipts) {
            unpack(receipt.container(), folder.resolve(receipt.id().toString()));
        }
        for (var country :
                Map.of("QVL", WORLD.qvlAuthority, "QOS", WORLD.qosAuthority).entrySet()) {
            byte[] pem = Files.readAllBytes(folder.resolve(
                    "certificates/" + World.digest(country.getValue().certificate()) + ".pem"));
            Files.write(folder.resolve(country.getKey() + ".pem"), pem);
        }
    }

    @Test
    void opensslVerifiesEachReceiptAsCades() throws Exception {
        for (Receipt receipt : WORLD.receipts) {
            String country = receipt.evidence().issuer().country();
            assertThat(cades(
                            receipt.id() + "/META-INF/signature001.p7s",
                            receipt.id() + "/META-INF/ASiCManifest001.xml",
                            country))
                    .contains("CAdES Verification successful");
        }
    }

    @Test
    void opensslRefusesAChangedManifestAndTheOtherCountrysAnchor() throws Exception {
        String receipt = WORLD.receipts.get(1).id().toString();
        Path manifest = folder.resolve(receipt + "/META-INF/ASiCManifest001.xml");

        assertThat(cades(receipt + "/META-INF/signature001.p7s", receipt + "/META-INF/ASiCManifest001.xml", "QVL"))
                .doesNotContain("successful");
        Files.writeString(manifest, Files.readString(manifest).replace("text/plain", "text/html "));
        assertThat(cades(receipt + "/META-INF/signature001.p7s", receipt + "/META-INF/ASiCManifest001.xml", "QOS"))
                .doesNotContain("successful");
    }

    @Test
    void opensslVerifiesCardsAndAgreements() throws Exception {
        assertThat(cades("cards/QOS-POL.1.card.xml.p7s", "cards/QOS-POL.1.card.xml", "QOS"))
                .contains("successful");
        assertThat(cades("agreements/QVL-QOS-2031-01.v1.xml.QVL.p7s", "agreements/QVL-QOS-2031-01.v1.xml", "QVL"))
                .contains("successful");
    }

    @Test
    void sha256sumReadsTheIndex() throws Exception {
        String listed = Files.readString(folder.resolve(BundlePath.INDEX))
                .lines()
                .filter(line -> line.startsWith("file "))
                .map(line -> line.replaceFirst("^file ([0-9a-f]*) ", "$1  "))
                .reduce("", (all, line) -> all + line + "\n");
        Files.writeString(folder.resolve("sums"), listed);

        assertThat(run("sha256sum", "--strict", "--check", "--quiet", "sums")).isEmpty();
    }

    @Test
    void opensslReadsTheRevocationLists() throws Exception {
        Path list = Files.list(folder.resolve("crls")).findFirst().orElseThrow();

        assertThat(run("openssl", "crl", "-noout", "-text", "-in", list.toString()))
                .contains("No Revoked Certificates");
    }

    private String cades(String signature, String content, String country) throws Exception {
        return run(
                "openssl",
                "cms",
                "-verify",
                "-cades",
                "-binary",
                "-inform",
                "DER",
                "-in",
                signature,
                "-content",
                content,
                "-CAfile",
                country + ".pem",
                "-purpose",
                "any",
                "-out",
                "/dev/null");
    }

    private String run(String... command) throws Exception {
        List<String> words = new ArrayList<>(Arrays.asList(command));
        Process process = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static void unpack(byte[] zip, Path into) throws Exception {
        for (var entry : StrictZip.read(zip, 1 << 24).orElseThrow().entrySet()) {
            Path file = into.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
    }
}
