package org.embassage.sealing;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.embassage.exchange.port.Opener.Opening;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.GatewayKeys;

/** Velmark's border guard seals, Ostrana's police open: the fixture of this module's tests. */
final class TwoGateways {

    static final Clock CLOCK = Clock.systemUTC();
    static final SecureRandom RANDOM = new SecureRandom();
    static final byte[] CONTENT =
            "<Message>SYNTHETIC \u0458\u0430\u0432\u0430</Message>".getBytes(StandardCharsets.UTF_8);

    final DevelopmentPki velmark = new DevelopmentPki("QVL", CLOCK, RANDOM);
    final DevelopmentPki ostrana = new DevelopmentPki("QOS", CLOCK, RANDOM);
    final GatewayKeys sender = velmark.gateway(new GatewayId("QVL-BG"), "20261125");
    final GatewayKeys recipient = ostrana.gateway(new GatewayId("QOS-POL"), "20261125");
    final CmsSealer sealer = new CmsSealer(ring(sender), CLOCK, RANDOM);
    final CmsOpener opener = opener(recipient, judge(velmark.crl()));

    static KeySource ring(GatewayKeys keys) {
        return KeyRing.read(keys.pkcs12(), keys.password().toCharArray());
    }

    /** Believes Velmark only. */
    CertificateJudge judge(X509CRL... crls) {
        return new CertificateJudge(List.of(velmark.authority()), List.of(), List.of(crls));
    }

    static CmsOpener opener(GatewayKeys keys, CertificateJudge judge) {
        return new CmsOpener(
                ring(keys), () -> judge, CmsOpener.Revocation.REQUIRED, CLOCK, RANDOM, CmsOpener.DEFAULT_MAX_OCTETS);
    }

    X509Certificate encryptionCertificate() {
        return recipient.certificate(KeyUse.DECRYPT);
    }

    SealedMessage seal(byte[] content) {
        return sealer.seal(
                new ExchangeId(java.util.UUID.fromString("01890000-0000-7000-8000-000000000001")),
                content,
                encryptionCertificate());
    }

    /** Encrypts whatever it is to the recipient, unsigned. */
    byte[] encrypt(byte[] anything) {
        return new EnvelopeWriter(RANDOM).encrypt(anything, Recipient.of(encryptionCertificate()));
    }

    CadesSigner signer() {
        return new SealKeys(ring(sender), CLOCK).current();
    }

    Detail detail(byte[] sealed) {
        return detail(opener.open(sealed));
    }

    static Detail detail(Opening opening) {
        return opening.fold(
                opened -> {
                    throw new AssertionError("opened");
                },
                Opening.Unopenable::detail);
    }
}
