package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.util.Base64;
import org.embassage.evidence.Digest;
import org.embassage.exchange.document.OpenedMessage;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.embassage.exchange.port.Opener.Opening;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The other side may be any CMS implementation: openssl opens what we seal, and we open what openssl seals. */
@Tag("foreign")
class OpensslForeignTest {

    @TempDir
    private Path folder;

    private static final TwoGateways TWO = new TwoGateways();

    @BeforeEach
    void writeKeys() throws Exception {
        write("ca.pem", KeyTexts.pem(TWO.velmark.authority()));
        writeKey("seal", TwoGateways.ring(TWO.sender).current(KeyUse.SEAL));
        writeKey("decrypt", TwoGateways.ring(TWO.recipient).current(KeyUse.DECRYPT));
        Files.write(folder.resolve("content"), TwoGateways.CONTENT);
    }

    @Test
    void opensslDecryptsAndVerifiesWhatWeSealed() throws Exception {
        SealedMessage sealed = TWO.seal(TwoGateways.CONTENT);
        Files.write(folder.resolve("sealed.der"), sealed.octets());

        openssl(
                "cms -decrypt -binary -inform DER -in sealed.der -recip decrypt.pem -inkey decrypt.key -out signed.der");
        String verified = openssl(
                "cms -verify -cades -binary -purpose any -inform DER -in signed.der -CAfile ca.pem -out opened");

        assertThat(Digest.sha256(Files.readAllBytes(folder.resolve("signed.der"))))
                .isEqualTo(sealed.inner());
        assertThat(Files.readAllBytes(folder.resolve("opened"))).isEqualTo(TwoGateways.CONTENT);
        assertThat(verified).contains("CAdES Verification successful");
    }

    @Test
    void opensslRefusesWhatWasChangedOnItsWay() throws Exception {
        byte[] sealed = TWO.seal(TwoGateways.CONTENT).octets();
        sealed[sealed.length - 1] ^= 1;
        Files.write(folder.resolve("sealed.der"), sealed);

        Tool.Run run = new Tool(folder)
                .run(
                        "openssl",
                        "cms",
                        "-decrypt",
                        "-binary",
                        "-inform",
                        "DER",
                        "-in",
                        "sealed.der",
                        "-recip",
                        "decrypt.pem",
                        "-inkey",
                        "decrypt.key",
                        "-out",
                        "signed.der");

        assertThat(run.exit()).isNotZero();
    }

    @Test
    void weOpenWhatOpensslSealed() throws Exception {
        openssl("cms -sign -cades -nodetach -binary -md sha256 -in content -signer seal.pem -inkey seal.key"
                + " -outform DER -out signed.der");
        openssl("cms -encrypt -binary -aes-256-gcm -aes256-wrap -in signed.der -outform DER -out sealed.der"
                + " -recip decrypt.pem -keyopt ecdh_kdf_md:sha256");

        OpenedMessage opened =
                SealAndOpenTest.opened(TWO.opener.open(Files.readAllBytes(folder.resolve("sealed.der"))));

        assertThat(opened.content()).isEqualTo(TwoGateways.CONTENT);
        assertThat(opened.inner()).isEqualTo(Digest.sha256(Files.readAllBytes(folder.resolve("signed.der"))));
    }

    @Test
    void weRefuseWhatOpensslSealedWithAnotherDerivation() throws Exception {
        openssl("cms -sign -cades -nodetach -binary -md sha256 -in content -signer seal.pem -inkey seal.key"
                + " -outform DER -out signed.der");
        openssl("cms -encrypt -binary -aes-256-gcm -aes256-wrap -in signed.der -outform DER -out sealed.der"
                + " -recip decrypt.pem");

        assertThat(TWO.detail(Files.readAllBytes(folder.resolve("sealed.der")))).isEqualTo(Detail.WRONG_ALGORITHM);
    }

    @Test
    void weRefuseWhatOpensslSealedWithCbc() throws Exception {
        openssl("cms -sign -cades -nodetach -binary -md sha256 -in content -signer seal.pem -inkey seal.key"
                + " -outform DER -out signed.der");
        openssl("cms -encrypt -binary -aes-256-cbc -aes256-wrap -in signed.der -outform DER -out sealed.der"
                + " -recip decrypt.pem -keyopt ecdh_kdf_md:sha256");

        assertThat(TWO.opener.open(Files.readAllBytes(folder.resolve("sealed.der"))))
                .isInstanceOf(Opening.Unopenable.class);
    }

    @Test
    void weRefuseWhatOpensslSignedWithoutCades() throws Exception {
        openssl("cms -sign -nodetach -binary -md sha256 -in content -signer seal.pem -inkey seal.key"
                + " -outform DER -out signed.der");

        byte[] sealed = TWO.encrypt(Files.readAllBytes(folder.resolve("signed.der")));

        assertThat(TWO.detail(sealed)).isEqualTo(Detail.ATTRIBUTES_WRONG);
    }

    private String openssl(String arguments) throws Exception {
        Tool.Run run = new Tool(folder).run(("openssl " + arguments).split(" "));
        assertThat(run.exit()).as(run.output()).isZero();
        return run.output();
    }

    private void writeKey(String name, KeyEntry entry) throws Exception {
        write(name + ".pem", KeyTexts.pem(entry.certificate()));
        write(name + ".key", pem(entry.key()));
    }

    private static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    private void write(String name, String text) throws Exception {
        Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }
}
