package org.embassage.sealing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.interfaces.ECPrivateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Opener.Detail;
import org.jspecify.annotations.Nullable;

/** Our decryption keys, each found by the certificate that a message names. Thread-safe. */
final class DecryptionKeys {

    private final KeySource source;
    private final SecureRandom random;
    private final AtomicReference<@Nullable Prepared> prepared = new AtomicReference<>();

    DecryptionKeys(KeySource source, SecureRandom random) {
        this.source = source;
        this.random = random;
    }

    /** What was decrypted, and with which of our certificates (SHA-256 of its DER). */
    record Decrypted(Content content, Digest certificate) {}

    /** Octets that were encrypted to us. Whose they are nobody knows yet. */
    static final class Content {
        private final byte[] octets;

        private Content(byte[] octets) {
            this.octets = octets;
        }

        /** Not a copy. */
        byte[] octets() {
            return octets;
        }
    }

    /** @throws Broken KEY_UNAVAILABLE */
    Decrypted decrypt(Envelope envelope) throws Unopenable {
        Own own = keys().find(envelope.issuerAndSerial()).orElseThrow(() -> new Unopenable(Detail.NOT_FOR_US));
        try {
            byte[] wrappingKey = KeyAgreement.agree(own.secret, envelope.originator(), random);
            byte[] key = ContentCipher.unwrap(wrappingKey, envelope.wrappedKey());
            ContentCipher.wipe(wrappingKey);
            Unopenable.unless(key.length == Profile.KEY_OCTETS, Detail.DECRYPTION_FAILED);
            byte[] content = ContentCipher.decrypt(key, envelope.nonce(), envelope.encrypted());
            ContentCipher.wipe(key);
            return new Decrypted(new Content(content), own.certificate);
        } catch (GeneralSecurityException | RuntimeException forged) {
            throw new Unopenable(Detail.DECRYPTION_FAILED);
        }
    }

    /** Prepared once for as long as the source hands out the same list. */
    private Prepared keys() {
        List<KeyEntry> entries = source.all(KeyUse.DECRYPT);
        Prepared known = prepared.get();
        if (known != null && known.from() == entries) {
            return known;
        }
        Prepared fresh =
                new Prepared(entries, entries.stream().map(DecryptionKeys::own).toList());
        prepared.set(fresh);
        return fresh;
    }

    private static Own own(KeyEntry entry) {
        if (!(entry.key() instanceof ECPrivateKey ec)) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
        return new Own(
                Recipient.issuerAndSerial(entry.certificate()),
                ec.getS(),
                ParsedCertificates.digest(entry.certificate()));
    }

    private record Prepared(List<KeyEntry> from, List<Own> keys) {
        private Optional<Own> find(byte[] issuerAndSerial) {
            return keys.stream()
                    .filter(own -> Arrays.equals(own.issuerAndSerial, issuerAndSerial))
                    .findFirst();
        }
    }

    /** One key of ours, by the name that messages give it. */
    private static final class Own {
        private final byte[] issuerAndSerial;
        private final BigInteger secret;
        private final Digest certificate;

        private Own(byte[] issuerAndSerial, BigInteger secret, Digest certificate) {
            this.issuerAndSerial = issuerAndSerial;
            this.secret = secret;
            this.certificate = certificate;
        }
    }
}
