package org.embassage.sealing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** Adds and removes epoch keys in the bytes of a PKCS#12; every other entry stays as it is. */
final class EpochEdit {

    private static final Pattern NAME = Pattern.compile("[0-9A-Za-z-]{1,32}");
    private static final int SECRET_OCTETS = 32;

    private EpochEdit() {}

    /** The name of an epoch that may follow the current one. */
    static void mustFollow(String name, KeyRing ring) {
        boolean later = ring.epochs().stream().allMatch(known -> known.compareTo(name) < 0);
        if (!NAME.matcher(name).matches() || !later) {
            throw new IllegalArgumentException("an epoch's name sorts after all before it");
        }
    }

    /** The current epoch is never destroyed. */
    static void mustNotBeCurrent(String name, KeyRing ring) {
        if (ring.currentEpoch().name().equals(name)) {
            throw new IllegalArgumentException("the current epoch cannot be destroyed");
        }
    }

    static byte[] with(byte[] pkcs12, char[] password, String name, SecureRandom random) {
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        try {
            return edited(
                    pkcs12,
                    password,
                    store -> store.setEntry(
                            KeyRing.EPOCH + name,
                            new KeyStore.SecretKeyEntry(new SecretKeySpec(secret, "AES")),
                            new KeyStore.PasswordProtection(password)));
        } finally {
            ContentCipher.wipe(secret);
        }
    }

    static byte[] without(byte[] pkcs12, char[] password, String name) {
        return edited(pkcs12, password, store -> store.deleteEntry(KeyRing.EPOCH + name));
    }

    private static byte[] edited(byte[] pkcs12, char[] password, Edit edit) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password);
            int before = otherEntries(store);
            edit.apply(store);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password);
            KeyStore again = KeyStore.getInstance("PKCS12");
            again.load(new ByteArrayInputStream(out.toByteArray()), password);
            if (otherEntries(again) != before) {
                throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
            }
            return out.toByteArray();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
    }

    private static int otherEntries(KeyStore store) throws GeneralSecurityException {
        return (int) Collections.list(store.aliases()).stream()
                .filter(alias -> !alias.startsWith(KeyRing.EPOCH))
                .count();
    }

    @FunctionalInterface
    private interface Edit {
        void apply(KeyStore store) throws GeneralSecurityException;
    }
}
