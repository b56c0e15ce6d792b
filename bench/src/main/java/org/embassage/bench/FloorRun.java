package org.embassage.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.bench.Floor.Part;
import org.embassage.evidence.cms.Providers;

/**
 * Measures the floor: message and three receipts signed, message and two receipts verified, one ephemeral key, its agreement
 * on either side, content hashed and enciphered on either side.
 */
final class FloorRun {

    private static final int CONTENT = 10_000;
    /** About what a CMS signature covers: the DER of its signed attributes. */
    private static final int SIGNED = 300;

    private static final int WARM_UP = 3000;
    private static final int MEASURED = 2000;
    private static final int TAG_BITS = 128;
    private static final int NONCE = 12;

    private final Provider curves = Providers.bouncyCastle();
    private final SecureRandom random = new SecureRandom();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final byte[] content = new byte[CONTENT];
    private final byte[] signed = new byte[SIGNED];
    /** Keeps results from being optimised away. */
    private long kept;

    private interface Operation {
        int run() throws GeneralSecurityException;
    }

    Floor measure() {
        try {
            return new Floor(List.of(
                    part("ECDSA P-256 signature (message, 3 receipts)", 4, signing()),
                    part("ECDSA P-256 verification (message, 3 receipts)", 4, verifying()),
                    part("ephemeral P-256 key", 1, makingKeys()),
                    part("ECDH P-256 agreement (either side)", 2, agreeing()),
                    part("SHA-256 of 10 kB (either side)", 2, hashing()),
                    part("AES-256-GCM of 10 kB (either side)", 2, enciphering())));
        } catch (GeneralSecurityException missing) {
            throw new Unmeasurable("this Java lacks an algorithm of the profile");
        }
    }

    private KeyPairGenerator generator() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", curves);
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator;
    }

    private Operation makingKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = generator();
        return () -> generator.generateKeyPair().hashCode();
    }

    private Operation signing() throws GeneralSecurityException {
        KeyPair pair = generator().generateKeyPair();
        return () -> {
            Signature signature = Signature.getInstance("SHA256withECDSA", curves);
            signature.initSign(pair.getPrivate(), random);
            signature.update(signed);
            return signature.sign().length;
        };
    }

    private Operation verifying() throws GeneralSecurityException {
        KeyPair pair = generator().generateKeyPair();
        Signature signer = Signature.getInstance("SHA256withECDSA", curves);
        signer.initSign(pair.getPrivate(), random);
        signer.update(signed);
        byte[] octets = signer.sign();
        return () -> {
            Signature signature = Signature.getInstance("SHA256withECDSA", curves);
            signature.initVerify(pair.getPublic());
            signature.update(signed);
            return signature.verify(octets) ? 1 : 0;
        };
    }

    private Operation agreeing() throws GeneralSecurityException {
        KeyPair mine = generator().generateKeyPair();
        KeyPair theirs = generator().generateKeyPair();
        return () -> {
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH", curves);
            agreement.init(mine.getPrivate());
            agreement.doPhase(theirs.getPublic(), true);
            return agreement.generateSecret().length;
        };
    }

    private Operation hashing() throws GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256", "SUN");
        return () -> digest.digest(content)[0];
    }

    private Operation enciphering() throws GeneralSecurityException {
        SecretKeySpec key = new SecretKeySpec(random.generateSeed(32), "AES");
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        return () -> {
            byte[] nonce = new byte[NONCE];
            random.nextBytes(nonce);
            cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(content).length;
        };
    }

    private Part part(String name, int times, Operation operation) throws GeneralSecurityException {
        repeat(WARM_UP, operation);
        long before = threads.getCurrentThreadCpuTime();
        repeat(MEASURED, operation);
        return new Part(name, times, (threads.getCurrentThreadCpuTime() - before) / 1e6 / MEASURED);
    }

    private void repeat(int count, Operation operation) throws GeneralSecurityException {
        for (int i = 0; i < count; i++) {
            kept += operation.run();
        }
        if (kept == 0) {
            throw new GeneralSecurityException("nothing was done");
        }
    }
}
