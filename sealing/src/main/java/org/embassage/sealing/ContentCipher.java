package org.embassage.sealing;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM (NIST SP 800-38D) and AES-256 key wrap (RFC 3394) of the JDK's own provider, which is fifty times as fast
 * as BouncyCastle's. Encryption goes in steps of 16 KiB, from which the virtual machine's intrinsics set in soonest;
 * decryption is one call, which hands out nothing before the tag was verified.
 */
final class ContentCipher {

    private static final String PROVIDER = "SunJCE";
    private static final int STEP = 16 * 1024;
    private static final int TAG_BITS = 8 * Profile.TAG_OCTETS;

    private ContentCipher() {}

    /**
     * Encrypts into {@code out} from {@code at}: the ciphertext, as long as the content, then the tag.
     *
     * @throws IllegalStateException if there is no such cipher
     */
    static void encrypt(byte[] key, byte[] nonce, byte[] content, byte[] out, int at) {
        try {
            Cipher cipher = gcm(Cipher.ENCRYPT_MODE, key, nonce);
            int read = 0;
            int written = at;
            while (content.length - read > STEP) {
                written += cipher.update(content, read, STEP, out, written);
                read += STEP;
            }
            cipher.doFinal(content, read, content.length - read, out, written);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has AES-GCM", e);
        }
    }

    /**
     * @param encrypted ciphertext and tag
     * @throws GeneralSecurityException if the tag does not verify
     */
    static byte[] decrypt(byte[] key, byte[] nonce, byte[] encrypted) throws GeneralSecurityException {
        return gcm(Cipher.DECRYPT_MODE, key, nonce).doFinal(encrypted);
    }

    static byte[] wrap(byte[] wrappingKey, byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AESWrap", PROVIDER);
            cipher.init(Cipher.WRAP_MODE, new SecretKeySpec(wrappingKey, "AES"));
            return cipher.wrap(new SecretKeySpec(key, "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has AES key wrap", e);
        }
    }

    /** @throws GeneralSecurityException if it was wrapped with another key */
    static byte[] unwrap(byte[] wrappingKey, byte[] wrapped) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AESWrap", PROVIDER);
        cipher.init(Cipher.UNWRAP_MODE, new SecretKeySpec(wrappingKey, "AES"));
        SecretKey key = (SecretKey) cipher.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
        return key.getEncoded();
    }

    static void wipe(byte[] secret) {
        Arrays.fill(secret, (byte) 0);
    }

    private static Cipher gcm(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", PROVIDER);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
