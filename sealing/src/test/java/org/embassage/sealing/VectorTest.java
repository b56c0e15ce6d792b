package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.exchange.document.OpenedMessage;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.junit.jupiter.api.Test;

/** The message in the folder vectors/gw-cms-1, whose intermediate values docs/formats/sealed-message.md refers to. */
class VectorTest {

    private static final Instant MADE = Instant.parse("2026-11-25T02:00:00Z");

    private final byte[] sealed = octets("sealed.der");

    @Test
    void theMessageOfTheVectorIsOpened() throws Exception {
        OpenedMessage opened = SealAndOpenTest.opened(openerAt(MADE).open(sealed));

        assertThat(opened.content()).isEqualTo(octets("content.xml"));
        assertThat(opened.signer()).isEqualTo(certificate("signer.pem"));
        assertThat(opened.outer().hex()).isEqualTo(values().get("outer-digest"));
        assertThat(opened.inner().hex()).isEqualTo(values().get("inner-digest"));
    }

    @Test
    void theMessageIsJudgedByTheClockAndNeverByItsSigningTime() throws Exception {
        assertThat(TwoGateways.detail(
                        openerAt(Instant.parse("2040-01-01T00:00:00Z")).open(sealed)))
                .isEqualTo(Detail.SIGNER_UNTRUSTED);
        assertThat(TwoGateways.detail(
                        openerAt(Instant.parse("2027-11-25T02:00:00Z")).open(sealed)))
                .isEqualTo(Detail.REVOCATION_UNKNOWN);
    }

    @Test
    void everyIntermediateValueIsTheOneWrittenDown() throws Exception {
        Map<String, String> values = values();
        Envelope envelope = Envelope.read(sealed);
        BigInteger secret = ((ECPrivateKey) privateKey()).getS();

        byte[] wrappingKey = KeyAgreement.agree(secret, envelope.originator(), TwoGateways.RANDOM);
        byte[] key = ContentCipher.unwrap(wrappingKey, envelope.wrappedKey());
        byte[] signed = ContentCipher.decrypt(key, envelope.nonce(), envelope.encrypted());

        assertThat(hex(envelope.originator().getEncoded(false))).isEqualTo(values.get("originator-point"));
        assertThat(hex(Profile.SHARED_INFO)).isEqualTo(values.get("shared-info"));
        assertThat(hex(wrappingKey)).isEqualTo(values.get("key-encryption-key"));
        assertThat(hex(envelope.wrappedKey())).isEqualTo(values.get("wrapped-key"));
        assertThat(hex(key)).isEqualTo(values.get("content-encryption-key"));
        assertThat(hex(envelope.nonce())).isEqualTo(values.get("nonce"));
        assertThat(signed).isEqualTo(octets("signed.der"));
    }

    private static CmsOpener openerAt(Instant now) throws Exception {
        X509CRL crl = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(stream("authority.crl"));
        CertificateJudge judge = new CertificateJudge(List.of(certificate("authority.pem")), List.of(), List.of(crl));
        return new CmsOpener(
                new OneKey(new KeySource.KeyEntry(privateKey(), List.of(certificate("recipient.pem")))),
                () -> judge,
                CmsOpener.Revocation.REQUIRED,
                Clock.fixed(now, ZoneOffset.UTC),
                TwoGateways.RANDOM,
                CmsOpener.DEFAULT_MAX_OCTETS);
    }

    private static PrivateKey privateKey() throws Exception {
        String pem = new String(octets("recipient-key.pem"), StandardCharsets.US_ASCII);
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
    }

    private static Map<String, String> values() {
        return new String(octets("values.txt"), StandardCharsets.US_ASCII)
                .lines()
                .map(line -> line.split(" "))
                .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }

    private static X509Certificate certificate(String name) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(stream(name));
    }

    private static InputStream stream(String name) {
        return new ByteArrayInputStream(octets(name));
    }

    private static byte[] octets(String name) {
        try (InputStream in = VectorTest.class.getResourceAsStream("/vectors/gw-cms-1/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    /** Holds one decryption key and nothing else. */
    private record OneKey(KeyEntry entry) implements KeySource {

        @Override
        public KeyEntry current(KeyUse use) {
            return entry;
        }

        @Override
        public List<KeyEntry> all(KeyUse use) {
            return List.of(entry);
        }

        @Override
        public SecretKey intakeSecret() {
            throw new UnsupportedOperationException();
        }

        @Override
        public EpochKey currentEpoch() {
            throw new UnsupportedOperationException();
        }

        @Override
        public EpochKey epoch(String name) {
            throw new UnsupportedOperationException();
        }
    }
}
