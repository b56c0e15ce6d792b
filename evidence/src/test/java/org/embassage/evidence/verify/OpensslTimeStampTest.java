package org.embassage.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.embassage.evidence.Digest;
import org.embassage.evidence.TestTsa;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.time.StampRequest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.evidence.zip.StrictZip;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/formats/time.md by openssl: tokens of receipts and of checkpoints, and receipts in their later forms. */
@Tag("foreign")
class OpensslTimeStampTest {

    private static final World WORLD = World.handedOver();
    private static final Receipt RELAYED = WORLD.receipts.get(1);

    @TempDir
    Path folder;

    @BeforeEach
    void authorities() throws Exception {
        pem("tsa-ca.pem", WORLD.tsa.authority().certificate());
        pem("other-ca.pem", WORLD.qosAuthority.certificate());
    }

    @Test
    void opensslVerifiesTheTokenOfAReceiptOverItsSignatureValue() throws Exception {
        unpack(WORLD.bundleOf(WORLD::longTerm, writer -> {}));
        String extract = "extracts/" + RELAYED.id();

        assertThat(stamped(extract + ".tst", extract + ".signature", "tsa-ca.pem"))
                .contains("Verification: OK");
        assertThat(stamped(extract + ".tst", extract + ".signature", "other-ca.pem"))
                .contains("Verification: FAILED");
        assertThat(stamped(extract + ".tst", "extracts/" + WORLD.receipts.get(0).id() + ".signature", "tsa-ca.pem"))
                .contains("Verification: FAILED");
    }

    @Test
    void opensslVerifiesATokenOverACheckpoint() throws Exception {
        String note = WORLD.qosLedger.checkpoint();
        Files.writeString(folder.resolve("note"), note);
        Files.write(
                folder.resolve("anchor.tst"),
                WORLD.tsa.stamp(StampRequest.ofNote(note).digest()));

        assertThat(stamped("anchor.tst", "note", "tsa-ca.pem")).contains("Verification: OK");
        Files.writeString(folder.resolve("note"), note + "\n");
        assertThat(stamped("anchor.tst", "note", "tsa-ca.pem")).contains("Verification: FAILED");
    }

    @Test
    void opensslVerifiesArchivedReceiptsAsCadesAndTheirArchiveTokens() throws Exception {
        unpack(WORLD.archived(WORLD.archived(RELAYED)));

        assertThat(run(
                        "openssl",
                        "cms",
                        "-verify",
                        "-cades",
                        "-binary",
                        "-inform",
                        "DER",
                        "-in",
                        "META-INF/signature001.p7s",
                        "-content",
                        "META-INF/ASiCManifest001.xml",
                        "-CAfile",
                        "other-ca.pem",
                        "-purpose",
                        "any",
                        "-out",
                        "/dev/null"))
                .contains("CAdES Verification successful");
        for (String number : List.of("001", "002")) {
            assertThat(stamped(
                            "META-INF/timestamp" + number + ".tst",
                            "META-INF/ASiCArchiveManifest" + number + ".xml",
                            "tsa-ca.pem"))
                    .contains("Verification: OK");
        }
    }

    @Test
    void weReadATokenThatOpensslMade() throws Exception {
        TestTsa tsa = WORLD.tsa;
        pem("tsa.pem", tsa.certificate());
        Files.writeString(
                folder.resolve("tsa.key"),
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(tsa.key().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        Files.writeString(folder.resolve("serial"), "01\n");
        Files.writeString(folder.resolve("tsa.cnf"), """
                [tsa]
                default_tsa = here
                [here]
                serial = serial
                crypto_device = builtin
                signer_cert = tsa.pem
                signer_key = tsa.key
                signer_digest = sha256
                default_policy = 1.3.6.1.4.1.99999.1.2
                digests = sha256
                accuracy = secs:1
                ordering = no
                tsa_name = yes
                ess_cert_id_chain = no
                ess_cert_id_alg = sha256
                """);
        Files.write(folder.resolve("data"), new byte[] {1, 2, 3});
        run("openssl", "ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq");
        run(
                "openssl",
                "ts",
                "-reply",
                "-config",
                "tsa.cnf",
                "-section",
                "here",
                "-queryfile",
                "query.tsq",
                "-token_out",
                "-out",
                "answer.tst");

        byte[] token = TimeStamp.inDer(Files.readAllBytes(folder.resolve("answer.tst")))
                .orElseThrow();
        TimeStamp.Reading reading = TimeStamp.check(token, Digest.sha256(new byte[] {1, 2, 3}));

        assertThat(reading).isInstanceOfSatisfying(TimeStamp.Reading.Good.class, good -> {
            assertThat(good.timeStamp().policy()).isEqualTo("1.3.6.1.4.1.99999.1.2");
            assertThat(good.timeStamp().nonce()).isPresent();
        });
    }

    private String stamped(String token, String data, String authority) throws Exception {
        return run("openssl", "ts", "-verify", "-token_in", "-in", token, "-data", data, "-CAfile", authority);
    }

    private void pem(String name, X509Certificate certificate) throws Exception {
        Files.writeString(
                folder.resolve(name),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
    }

    private String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private void unpack(byte[] zip) throws Exception {
        for (var entry : StrictZip.read(zip, 1 << 24).orElseThrow().entrySet()) {
            Path file = folder.resolve(entry.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, entry.getValue());
        }
    }
}
