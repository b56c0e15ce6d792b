package org.embassage.sealing;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.function.Supplier;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.CertificateJudge.Verdict;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.exchange.document.OpenedMessage;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Opener;

/**
 * Opens GW-CMS-1 and nothing else: strict DER, the profile's algorithms, one recipient that is one of our decryption
 * certificates, one signer whose certificate is believed now for sealing (docs/formats/sealed-message.md).
 * Thread-safe.
 *
 * <p>Guarantees: no octet of the content is handed out before the tag, the signature and the signer's certificate were
 * verified. Does not guarantee: that the signer is the sender named inside, or that the message is new.
 */
public final class CmsOpener implements Opener {

    /** What a message may have at most unless configured otherwise: 2 MiB. */
    public static final int DEFAULT_MAX_OCTETS = 2 * 1024 * 1024;

    private final DecryptionKeys keys;
    private final Supplier<CertificateJudge> judge;
    private final Revocation revocation;
    private final Clock clock;
    private final int maxOctets;

    /** What to do where no revocation list in force speaks of a signer. */
    public enum Revocation {
        /** Such a message is not opened. */
        REQUIRED,
        /** Such a message is opened; a signer that a list names as revoked is refused all the same. */
        IF_KNOWN
    }

    /**
     * @param judge holding the trust anchors and revocation lists; asked for each message, so that new lists take
     *     effect at once
     * @param random for blinding
     * @param maxOctets larger messages are not even looked at
     */
    public CmsOpener(
            KeySource keys,
            Supplier<CertificateJudge> judge,
            Revocation revocation,
            Clock clock,
            SecureRandom random,
            int maxOctets) {
        this.keys = new DecryptionKeys(keys, random);
        this.judge = judge;
        this.revocation = revocation;
        this.clock = clock;
        this.maxOctets = maxOctets;
    }

    @Override
    public Opening open(byte[] sealed) {
        Digest outer = Digest.sha256(sealed);
        try {
            return new Opening.Opened(opened(sealed, outer));
        } catch (Unopenable unopenable) {
            return new Opening.Unopenable(outer, unopenable.detail());
        }
    }

    private OpenedMessage opened(byte[] sealed, Digest outer) throws Unopenable {
        Unopenable.unless(sealed.length <= maxOctets, Detail.TOO_LARGE);
        DecryptionKeys.Decrypted decrypted = keys.decrypt(envelope(sealed));
        byte[] signed = decrypted.content().octets();
        SignatureCheck check = signature(signed);
        if (check instanceof SignatureCheck.Good good) {
            believe(good.signer());
            return OpenedMessage.verified(
                    good.content(), good.signer(), decrypted.certificate(), outer, Digest.sha256(signed));
        }
        throw new Unopenable(detail(((SignatureCheck.Bad) check).problem()));
    }

    /** Whatever the bytes make the parser do, it is the bytes that are wrong. */
    private static Envelope envelope(byte[] sealed) throws Unopenable {
        try {
            return Envelope.read(sealed);
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new Unopenable(Detail.WRONG_STRUCTURE);
        }
    }

    private static SignatureCheck signature(byte[] signed) throws Unopenable {
        try {
            SignedShape.check(signed);
            return CadesVerifier.verifyEncapsulated(signed);
        } catch (RuntimeException | StackOverflowError malformed) {
            throw new Unopenable(Detail.NOT_SIGNED_DATA);
        } catch (Unopenable unopenable) {
            boolean structure = unopenable.detail() == Detail.NOT_DER || unopenable.detail() == Detail.WRONG_STRUCTURE;
            throw structure ? new Unopenable(Detail.NOT_SIGNED_DATA) : unopenable;
        }
    }

    private void believe(X509Certificate signer) throws Unopenable {
        CertificateJudge current = judge.get();
        Verdict verdict;
        try {
            verdict = current.judge(signer, Use.SEAL, clock.instant());
        } catch (RuntimeException malformed) {
            throw new Unopenable(Detail.SIGNER_UNTRUSTED);
        }
        Unopenable.unless(verdict != Verdict.REVOKED, Detail.SIGNER_REVOKED);
        Unopenable.unless(verdict.isGood(), Detail.SIGNER_UNTRUSTED);
        Unopenable.unless(verdict == Verdict.GOOD || revocation == Revocation.IF_KNOWN, Detail.REVOCATION_UNKNOWN);
    }

    private static Detail detail(SignatureCheck.Problem problem) {
        return switch (problem) {
            case MALFORMED -> Detail.NOT_SIGNED_DATA;
            case SIGNER_COUNT -> Detail.SIGNER_COUNT;
            case ALGORITHM -> Detail.WRONG_ALGORITHM;
            case ATTRIBUTES, CERTIFICATE -> Detail.ATTRIBUTES_WRONG;
            case CONTENT_DIFFERS, SIGNATURE_VALUE -> Detail.SIGNATURE_WRONG;
        };
    }
}
