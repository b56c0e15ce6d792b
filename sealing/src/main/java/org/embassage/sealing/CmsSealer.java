package org.embassage.sealing;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.cms.Commitment;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Sealer;

/**
 * Seals by GW-CMS-1: SignedData with the CAdES attributes and commitment proofOfOrigin, then AuthEnvelopedData with
 * AES-256-GCM to one recipient by ephemeral-static ECDH on P-256 (docs/formats/sealed-message.md). Thread-safe.
 *
 * <p>Guarantees: fresh content key, nonce and ephemeral key for each message; DER throughout. Does not guarantee: that
 * the recipient's certificate is one to trust — peer cards do.
 */
public final class CmsSealer implements Sealer {

    private static final int MAX_KEPT = 256;

    private final SealKeys keys;
    private final EnvelopeWriter envelopes;
    private final Map<X509Certificate, Recipient> recipients = new ConcurrentHashMap<>();

    /** @param random for content keys, nonces and ephemeral keys */
    public CmsSealer(KeySource keys, Clock clock, SecureRandom random) {
        this.keys = new SealKeys(keys, clock);
        this.envelopes = new EnvelopeWriter(random);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if a header names another certificate than the one given, or that is not EC on
     *     P-256 for key agreement
     */
    @Override
    public List<SealedMessage> seal(List<ToSeal> messages) {
        CadesSigner signer = keys.current();
        return messages.stream().map(one -> seal(one, signer)).toList();
    }

    private SealedMessage seal(ToSeal one, CadesSigner signer) {
        if (!one.message().header().recipientCertificate().equals(ParsedCertificates.digest(one.recipient()))) {
            throw new IllegalArgumentException("the header names another recipient certificate");
        }
        return seal(one.message().header().exchange(), one.message().message(), one.recipient(), signer);
    }

    /** Seals bytes as they are. */
    SealedMessage seal(ExchangeId exchange, byte[] message, X509Certificate recipient) {
        return seal(exchange, message, recipient, keys.current());
    }

    private SealedMessage seal(ExchangeId exchange, byte[] message, X509Certificate to, CadesSigner signer) {
        Recipient recipient = recipient(to);
        byte[] signed = sign(message, signer);
        byte[] sealed = envelopes.encrypt(signed, recipient);
        return new SealedMessage(exchange, sealed, Digest.sha256(sealed), Digest.sha256(signed));
    }

    private static byte[] sign(byte[] message, CadesSigner signer) {
        try {
            return signer.signEncapsulated(message, Commitment.PROOF_OF_ORIGIN);
        } catch (IllegalStateException unusable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    /** Kept, because its point carries the table that makes agreement fast. */
    private Recipient recipient(X509Certificate certificate) {
        Recipient known = recipients.get(certificate);
        if (known != null) {
            return known;
        }
        if (recipients.size() >= MAX_KEPT) {
            recipients.clear();
        }
        Recipient fresh = Recipient.of(certificate);
        recipients.put(certificate, fresh);
        return fresh;
    }
}
