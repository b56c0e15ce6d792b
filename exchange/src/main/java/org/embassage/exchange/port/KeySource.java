package org.embassage.exchange.port;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.embassage.exchange.fault.Broken;

/**
 * Where this gateway's keys live: PKCS#12, PKCS#11 or Vault. Private keys may be handles that never show their bytes.
 * Thread-safe.
 */
public interface KeySource {

    /**
     * The key to use now.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE
     */
    KeyEntry current(KeyUse use);

    /**
     * The key to use now, for a use that a gateway may do without.
     *
     * @return nothing if there is none, or none can be had now
     */
    default Optional<KeyEntry> find(KeyUse use) {
        try {
            return Optional.of(current(use));
        } catch (Broken missing) {
            return Optional.empty();
        }
    }

    /**
     * All keys of the use that may still be needed, the current one first: after a rollover, older decryption keys
     * live on until the last message sealed to them has expired.
     */
    List<KeyEntry> all(KeyUse use);

    /** The secret that makes intake identities unguessable: HMAC-SHA-256, 256 bits, never rotated. */
    SecretKey intakeSecret();

    /** The current epoch's key under which the store wraps content keys: AES, 256 bits. Outside the database. */
    EpochKey currentEpoch();

    /**
     * The key of an earlier epoch.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE if it was destroyed
     */
    EpochKey epoch(String name);

    /**
     * @param key the private key, or a handle to it
     * @param chain the end entity's certificate first, then its issuers without the trust anchor; for SSH, LEDGER and
     *     WITNESS the certificate is self-signed and only carries the public key
     */
    record KeyEntry(PrivateKey key, List<X509Certificate> chain) {
        public KeyEntry {
            chain = List.copyOf(chain);
        }

        public X509Certificate certificate() {
            return chain.get(0);
        }

        @Override
        public String toString() {
            return "[secret]";
        }
    }

    /** @param name of the epoch, in clear beside what it wraps */
    record EpochKey(String name, SecretKey key) {
        @Override
        public String toString() {
            return "epoch " + name;
        }
    }
}
