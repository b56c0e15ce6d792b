package org.embassage.sealing.development;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.CertificateJudge.Verdict;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.Pkcs12KeySource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevelopmentPkiTest {

    private static final DevelopmentPki QVL = new DevelopmentPki("QVL", Clock.systemUTC(), new SecureRandom());

    @TempDir
    private static Path keys;

    private static final GatewayKeys KEYS = QVL.gateway(new GatewayId("QVL-BG"), "20261125");

    @Test
    void everyGatewayCertificateIsBelievedForItsUseAndForNoOther() {
        CertificateJudge judge = new CertificateJudge(List.of(QVL.authority()), List.of(), List.of(QVL.crl()));
        X509Certificate seal = KEYS.certificate(KeyUse.SEAL);
        X509Certificate decrypt = KEYS.certificate(KeyUse.DECRYPT);

        assertThat(judge.judge(seal, Use.SEAL, Instant.now())).isEqualTo(Verdict.GOOD);
        assertThat(judge.judge(decrypt, Use.KEY_AGREEMENT, Instant.now())).isEqualTo(Verdict.GOOD);
        assertThat(judge.judge(seal, Use.KEY_AGREEMENT, Instant.now())).isEqualTo(Verdict.WRONG_USE);
        assertThat(judge.judge(decrypt, Use.SEAL, Instant.now())).isEqualTo(Verdict.WRONG_USE);
    }

    @Test
    void aRevokedCertificateIsNotBelieved() {
        X509Certificate seal = KEYS.certificate(KeyUse.SEAL);
        CertificateJudge judge = new CertificateJudge(List.of(QVL.authority()), List.of(), List.of(QVL.crl(seal)));

        assertThat(judge.judge(seal, Use.SEAL, Instant.now())).isEqualTo(Verdict.REVOKED);
    }

    @Test
    void theOtherCountrysAuthorityIsNoAnchorForThisOne() {
        DevelopmentPki qos = new DevelopmentPki("QOS", Clock.systemUTC(), new SecureRandom());
        CertificateJudge judge = new CertificateJudge(List.of(qos.authority()), List.of(), List.of(qos.crl()));

        assertThat(judge.judge(KEYS.certificate(KeyUse.SEAL), Use.SEAL, Instant.now()))
                .isEqualTo(Verdict.NO_PATH_TO_ANCHOR);
    }

    @Test
    void thePartySignsFilesDetached() {
        byte[] content = "SYNTHETIC agreement".getBytes(StandardCharsets.UTF_8);

        SignatureCheck check = CadesVerifier.verifyDetached(QVL.signDetached(content), content);

        assertThat(check).isInstanceOf(SignatureCheck.Good.class);
        assertThat(((SignatureCheck.Good) check).signer()).isEqualTo(QVL.party());
        assertThat(CadesVerifier.verifyDetached(QVL.signDetached(content), new byte[] {1}))
                .isInstanceOf(SignatureCheck.Bad.class);
    }

    @Test
    void everyCertificateCarriesTheMarkOfDevelopment() {
        assertThat(DevelopmentMark.isOn(QVL.authority())).isTrue();
        assertThat(DevelopmentMark.isOn(QVL.party())).isTrue();
        for (KeyUse use : KeyUse.values()) {
            assertThat(DevelopmentMark.isOn(KEYS.certificate(use))).isTrue();
        }
    }

    @Test
    void whatIsWrittenIsReadAndBelongsToItsOwnerOnly(@TempDir Path home) throws Exception {
        KEYS.writeTo(home);

        Pkcs12KeySource source = new Pkcs12KeySource(home.resolve("gateway.p12"), home.resolve("password"));

        for (KeyUse use : KeyUse.values()) {
            assertThat(source.current(use).certificate()).isEqualTo(KEYS.certificate(use));
        }
        assertThat(source.intakeSecret().getEncoded()).hasSize(32);
        assertThat(source.currentEpoch().name()).isEqualTo("20261125");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("password"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("gateway.p12"))))
                .isEqualTo("rw-------");
    }

    @Test
    void keysAreNeverOverwritten(@TempDir Path home) throws Exception {
        KEYS.writeTo(home);

        assertThatThrownBy(() -> KEYS.writeTo(home)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void afterARolloverTheNewKeyIsCurrentAndTheOldOneIsStillThere(@TempDir Path home) throws Exception {
        GatewayKeys more = QVL.rollOver(KEYS, KeyUse.DECRYPT);
        more.writeTo(home);

        Pkcs12KeySource source = new Pkcs12KeySource(home.resolve("gateway.p12"), home.resolve("password"));

        assertThat(source.all(KeyUse.DECRYPT))
                .extracting(entry -> entry.certificate())
                .containsExactly(more.certificate(KeyUse.DECRYPT), KEYS.certificate(KeyUse.DECRYPT));
    }

    @Test
    void keysHaveTheTextFormsOfPeerCards() {
        assertThat(KeyTexts.openSsh(KEYS.certificate(KeyUse.SSH).getPublicKey()))
                .startsWith("ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBB");
        assertThat(KeyTexts.openSsh(KEYS.certificate(KeyUse.LEDGER).getPublicKey()))
                .startsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI");
        assertThat(KeyTexts.ledgerKey(
                        "QVL-BG/receipts/1", KEYS.certificate(KeyUse.LEDGER).getPublicKey()))
                .startsWith("QVL-BG/receipts/1+");
        assertThat(KeyTexts.pem(QVL.authority())).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(KeyTexts.pem(QVL.crl())).startsWith("-----BEGIN X509 CRL-----\n");
    }

    @Test
    void aCountrysKeysAreReadAgainAndSignAsBefore(@TempDir Path folder) throws Exception {
        QVL.writeTo(folder);

        DevelopmentPki again = DevelopmentPki.readFrom(folder, "QVL", Clock.systemUTC(), new SecureRandom());

        assertThat(again.authority()).isEqualTo(QVL.authority());
        assertThat(again.party()).isEqualTo(QVL.party());
        byte[] content = {1};
        assertThat(CadesVerifier.verifyDetached(again.signDetached(content), content))
                .isInstanceOfSatisfying(
                        SignatureCheck.Good.class,
                        good -> assertThat(good.signer()).isEqualTo(QVL.party()));
        again.crl().verify(QVL.authority().getPublicKey());
        assertThatThrownBy(() -> QVL.writeTo(folder)).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void aCountryMakesNoKeysForAnothersGateway() {
        assertThatThrownBy(() -> QVL.gateway(new GatewayId("QOS-POL"), "20261125"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anSshLoginsKeyHasItsPublicHalfInside() throws Exception {
        var entry = source().current(KeyUse.SSH);
        String pem = KeyTexts.sshPrivateKey(entry);

        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        byte[] spki = entry.certificate().getPublicKey().getEncoded();

        ECPrivateKey read = (ECPrivateKey) KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
        assertThat(read.getS()).isEqualTo(((ECPrivateKey) entry.key()).getS());
        assertThat(Arrays.copyOfRange(der, der.length - 65, der.length))
                .isEqualTo(Arrays.copyOfRange(spki, spki.length - 65, spki.length));
        assertThatThrownBy(() -> KeyTexts.sshPrivateKey(source().current(KeyUse.LEDGER)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Pkcs12KeySource source() throws Exception {
        Path folder = Files.createTempDirectory(keys, "ssh");
        KEYS.writeTo(folder);
        return new Pkcs12KeySource(folder.resolve("gateway.p12"), folder.resolve("password"));
    }
}
