package org.embassage.sealing;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.exchange.document.OpenedMessage;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener;

/** What a forger makes who has a gateway's certificate and not its key, and an opener that would believe it. */
public final class Forgery {

    private Forgery() {}

    /** A message that names the sender's certificate and is signed with some other key. */
    public static byte[] seal(
            byte[] message, X509Certificate sender, X509Certificate recipient, Clock clock, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair other = generator.generateKeyPair();
            byte[] signed = new CadesSigner(other.getPrivate(), sender, Optional.empty(), clock)
                    .signEncapsulated(message, Commitment.PROOF_OF_ORIGIN);
            return new EnvelopeWriter(random).encrypt(signed, Recipient.of(recipient));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An opener that does not look at signatures: the negative control of the chaos scenarios. */
    public static Opener unchecked(Opener checking, KeySource keys, SecureRandom random) {
        DecryptionKeys decryption = new DecryptionKeys(keys, random);
        return message -> {
            Opener.Opening opening = checking.open(message);
            return opening.fold(good -> good, bad -> believed(message, decryption, bad));
        };
    }

    @SuppressWarnings("RestrictedApi") // that it was not verified is the point
    private static Opener.Opening believed(byte[] message, DecryptionKeys keys, Opener.Opening.Unopenable bad) {
        try {
            DecryptionKeys.Decrypted decrypted = keys.decrypt(Envelope.read(message));
            byte[] octets = decrypted.content().octets();
            CMSSignedData signed = new CMSSignedData(octets);
            X509CertificateHolder holder = (X509CertificateHolder)
                    List.copyOf(signed.getCertificates().getMatches(null)).get(0);
            X509Certificate signer = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new java.io.ByteArrayInputStream(holder.getEncoded()));
            return new Opener.Opening.Opened(OpenedMessage.verified(
                    (byte[]) signed.getSignedContent().getContent(),
                    signer,
                    decrypted.certificate(),
                    bad.outer(),
                    Digest.sha256(octets)));
        } catch (Unopenable | CMSException | GeneralSecurityException | IOException stillBad) {
            return bad;
        }
    }

    /** The certificate that a gateway seals with. */
    public static X509Certificate certificate(KeySource keys) {
        return keys.current(KeyUse.SEAL).certificate();
    }

    /** Forged after this exchange, so that it looks like its neighbour. */
    public static String other(ExchangeId exchange, SecureRandom random) {
        String text = exchange.toString();
        return text.substring(0, text.length() - 8) + String.format(java.util.Locale.ROOT, "%08x", random.nextInt());
    }
}
