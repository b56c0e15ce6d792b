package org.embassage.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.EpochKey;

/**
 * Encrypts contents before they touch the disk (docs/formats/store.md, "Encryption"). Each content key is random and
 * lies wrapped by the epoch key (AES key wrap, RFC 3394, which needs no nonce that could run out); each content is
 * sealed with AES-256-GCM (NIST SP 800-38D) and bound to its row and key by its additional data, so that nobody with the
 * database can put one in another's place. Thread-safe.
 */
final class ContentVault {

    private static final Provider JCE = provider();
    private static final byte FORMAT = 1;
    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;
    private static final int HEAD_OCTETS = 1 + NONCE_OCTETS;

    private final KeySource keys;
    private final SecureRandom random;

    ContentVault(KeySource keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** Makes a content key, wrapped under the current epoch. */
    ContentKey newKey(String id) {
        byte[] octets = new byte[KEY_OCTETS];
        random.nextBytes(octets);
        SecretKey key = new SecretKeySpec(octets, "AES");
        Arrays.fill(octets, (byte) 0);
        EpochKey epoch = keys.currentEpoch();
        try {
            Cipher wrap = Cipher.getInstance("AES/KW/NoPadding", JCE);
            wrap.init(Cipher.WRAP_MODE, epoch.key());
            return new ContentKey(id, epoch.name(), wrap.wrap(key), key);
        } catch (GeneralSecurityException unusable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    /**
     * The same content key, wrapped under another epoch. The result was unwrapped again and compared.
     *
     * @throws Broken KEY_UNAVAILABLE if one of the epochs' keys is gone, STORE_DAMAGED if the key was altered
     */
    byte[] rewrap(WrappedKey wrapped, String to) {
        SecretKey from = keys.epoch(wrapped.epoch()).key();
        SecretKey under = keys.epoch(to).key();
        try {
            Cipher unwrap = Cipher.getInstance("AES/KW/NoPadding", JCE);
            unwrap.init(Cipher.UNWRAP_MODE, from);
            Key key = unwrap.unwrap(wrapped.octets(), "AES", Cipher.SECRET_KEY);
            Cipher wrap = Cipher.getInstance("AES/KW/NoPadding", JCE);
            wrap.init(Cipher.WRAP_MODE, under);
            byte[] moved = wrap.wrap(key);
            unwrap.init(Cipher.UNWRAP_MODE, under);
            if (!MessageDigest.isEqual(
                    unwrap.unwrap(moved, "AES", Cipher.SECRET_KEY).getEncoded(), key.getEncoded())) {
                throw new Broken(FaultCode.STORE_DAMAGED);
            }
            return moved;
        } catch (GeneralSecurityException altered) {
            throw new Broken(FaultCode.STORE_DAMAGED);
        }
    }

    /** The name of the epoch in which keys are made now. */
    String epoch() {
        return keys.currentEpoch().name();
    }

    /** Encrypts a content for the row {@code contentId}. */
    byte[] seal(String contentId, ContentKey key, byte[] clear) {
        byte[] body = new byte[HEAD_OCTETS + clear.length + TAG_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        body[0] = FORMAT;
        System.arraycopy(nonce, 0, body, 1, NONCE_OCTETS);
        try {
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding", JCE);
            gcm.init(Cipher.ENCRYPT_MODE, key.key(), new GCMParameterSpec(8 * TAG_OCTETS, nonce));
            gcm.updateAAD(place(contentId, key.id()));
            gcm.doFinal(clear, 0, clear.length, body, HEAD_OCTETS);
            return body;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SunJCE has AES-256-GCM");
        }
    }

    /**
     * Decrypts a content of the row {@code contentId}.
     *
     * @throws Broken KEY_UNAVAILABLE if the epoch's key is gone, STORE_DAMAGED if these are not the bytes once stored there
     */
    byte[] open(String contentId, WrappedKey wrapped, byte[] body) {
        SecretKey epoch = keys.epoch(wrapped.epoch()).key();
        try {
            if (body.length < HEAD_OCTETS + TAG_OCTETS || body[0] != FORMAT) {
                throw new AEADBadTagException();
            }
            Cipher unwrap = Cipher.getInstance("AES/KW/NoPadding", JCE);
            unwrap.init(Cipher.UNWRAP_MODE, epoch);
            Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding", JCE);
            gcm.init(
                    Cipher.DECRYPT_MODE,
                    unwrap.unwrap(wrapped.octets(), "AES", Cipher.SECRET_KEY),
                    new GCMParameterSpec(8 * TAG_OCTETS, body, 1, NONCE_OCTETS));
            gcm.updateAAD(place(contentId, wrapped.id()));
            return gcm.doFinal(body, HEAD_OCTETS, body.length - HEAD_OCTETS);
        } catch (GeneralSecurityException altered) {
            throw new Broken(FaultCode.STORE_DAMAGED);
        }
    }

    private static byte[] place(String contentId, String keyId) {
        return ("embassage-store/v1\n" + contentId + "\n" + keyId).getBytes(StandardCharsets.UTF_8);
    }

    private static Provider provider() {
        Provider provider = Security.getProvider("SunJCE");
        if (provider == null) {
            throw new IllegalStateException("the Java platform lacks SunJCE");
        }
        return provider;
    }
}
