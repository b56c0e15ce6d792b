package org.embassage.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.CertificateJudge.Verdict;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.schemas.SchemaCheck;
import org.embassage.schemas.SharedSchema;
import org.embassage.schemas.peercard.PeerCardType;
import org.embassage.sealing.development.DevelopmentMark;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** keys-dev/make-keys.sh makes, by openssl and keytool, keys that a gateway can work with. */
@Tag("foreign")
class MakeKeysForeignTest {

    @TempDir
    private static Path out;

    @BeforeAll
    static void makeKeys() throws Exception {
        Path script = Path.of("..", "keys-dev", "make-keys.sh").toAbsolutePath();

        Tool.Run run =
                new Tool(out).run("sh", script.toString(), out.resolve("keys").toString());

        assertThat(run.exit()).as(run.output()).isZero();
    }

    @Test
    void theKeyStoreHoldsAllKeysOfAGateway() {
        KeySource source = source("qvl");

        for (KeyUse use : KeyUse.values()) {
            assertThat(source.all(use)).hasSize(1);
            assertThat(DevelopmentMark.isOn(source.current(use).certificate())).isTrue();
        }
        assertThat(source.intakeSecret().getEncoded()).hasSize(32);
        assertThat(source.currentEpoch().name()).matches("20[0-9]{6}");
    }

    @Test
    void whatOneCountrySealsTheOtherOpens() throws Exception {
        CmsSealer sealer = new CmsSealer(source("qvl"), TwoGateways.CLOCK, TwoGateways.RANDOM);
        CertificateJudge judge = new CertificateJudge(List.of(anchor("QVL")), List.of(), List.of(crl("QVL")));
        CmsOpener opener = new CmsOpener(
                source("qos"),
                () -> judge,
                CmsOpener.Revocation.REQUIRED,
                TwoGateways.CLOCK,
                TwoGateways.RANDOM,
                CmsOpener.DEFAULT_MAX_OCTETS);
        ExchangeId exchange = new ExchangeId(UUID.fromString("01890000-0000-7000-8000-000000000001"));
        X509Certificate recipient = source("qos").current(KeyUse.DECRYPT).certificate();

        byte[] sealed = sealer.seal(exchange, TwoGateways.CONTENT, recipient).octets();

        assertThat(SealAndOpenTest.opened(opener.open(sealed)).content()).isEqualTo(TwoGateways.CONTENT);
        assertThat(judge.judge(recipient, Use.KEY_AGREEMENT, Instant.now())).isEqualTo(Verdict.NO_PATH_TO_ANCHOR);
    }

    @Test
    void thePeerCardIsValidAndSaysWhatTheKeyStoreHolds() throws Exception {
        byte[] file = Files.readAllBytes(out.resolve("keys/qos/home/peers/QVL-BG.card.xml"));
        KeySource source = source("qvl");

        SchemaCheck<PeerCardType> check = SharedSchema.readPeerCard(file);
        assertThat(check).isInstanceOf(SchemaCheck.Valid.class);
        PeerCardType card = ((SchemaCheck.Valid<PeerCardType>) check).view();
        assertThat(card.getSealCertificate().get(0).getValue())
                .isEqualTo(source.current(KeyUse.SEAL).certificate().getEncoded());
        assertThat(card.getEncryptionCertificate().get(0).getValue())
                .isEqualTo(source.current(KeyUse.DECRYPT).certificate().getEncoded());
        assertThat(card.getTlsKey())
                .containsExactly(KeyTexts.spkiPin(source.current(KeyUse.TLS).certificate())
                        .hex());
        assertThat(card.getSshUserKey())
                .containsExactly(KeyTexts.openSsh(
                        source.current(KeyUse.SSH).certificate().getPublicKey()));
        assertThat(card.getLedgerKey())
                .isEqualTo(KeyTexts.ledgerKey(
                        "QVL-BG/receipts/1",
                        source.current(KeyUse.LEDGER).certificate().getPublicKey()));
        assertThat(card.getWitnessKey())
                .isEqualTo(KeyTexts.witnessKey(
                        "QVL-BG/witness",
                        source.current(KeyUse.WITNESS).certificate().getPublicKey()));
    }

    @Test
    void thePeerCardIsSignedByTheCountrysPartyKey() throws Exception {
        byte[] file = Files.readAllBytes(out.resolve("keys/qos/home/peers/QVL-BG.card.xml"));
        byte[] signature = Files.readAllBytes(out.resolve("keys/qos/home/peers/QVL-BG.card.xml.p7s"));
        CertificateJudge judge = new CertificateJudge(List.of(anchor("QVL")), List.of(), List.of(crl("QVL")));

        SignatureCheck check = CadesVerifier.verifyDetached(signature, file);

        assertThat(check).isInstanceOfSatisfying(SignatureCheck.Good.class, good -> {
            assertThat(judge.judge(good.signer(), Use.SEAL, Instant.now())).isEqualTo(Verdict.GOOD);
            assertThat(good.signer().getSubjectX500Principal().getName()).contains("CN=QVL party");
        });
    }

    @Test
    void keysThatAreThereAreNotReplaced() throws Exception {
        Path script = Path.of("..", "keys-dev", "make-keys.sh").toAbsolutePath();
        byte[] before = Files.readAllBytes(out.resolve("keys/qvl/home/keys/gateway.p12"));

        Tool.Run run =
                new Tool(out).run("sh", script.toString(), out.resolve("keys").toString());

        assertThat(run.exit()).isNotZero();
        assertThat(Files.readAllBytes(out.resolve("keys/qvl/home/keys/gateway.p12")))
                .isEqualTo(before);
    }

    private static KeySource source(String country) {
        Path keys = out.resolve("keys").resolve(country).resolve("home/keys");
        return new Pkcs12KeySource(keys.resolve("gateway.p12"), keys.resolve("password"));
    }

    private static X509Certificate anchor(String country) throws Exception {
        try (InputStream in = Files.newInputStream(out.resolve("keys/qos/home/trust/" + country + ".pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static X509CRL crl(String country) throws Exception {
        try (InputStream in = Files.newInputStream(out.resolve("keys/qos/home/trust/" + country + ".crl"))) {
            return (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(in);
        }
    }
}
