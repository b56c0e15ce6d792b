package org.embassage.evidence;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;
import org.bouncycastle.jce.spec.ECPrivateKeySpec;
import org.bouncycastle.jce.spec.ECPublicKeySpec;

/**
 * Where the test world takes keys, time and chance from. Usually they are real. Inside {@link #fixed} a key is made from
 * its name, time stands still and signatures do not vary, so that the same octets are made again: such keys are public
 * and FOR TESTS ONLY.
 */
public final class Chance {

    private static final ThreadLocal<Chance> CURRENT = ThreadLocal.withInitial(Chance::new);
    private static final AtomicLong SERIAL = new AtomicLong(1000);
    private static final BouncyCastleProvider BC = new BouncyCastleProvider();

    private final Optional<Fixed> fixed;

    private Chance() {
        this.fixed = Optional.empty();
    }

    private Chance(Fixed fixed) {
        this.fixed = Optional.of(fixed);
    }

    private static final class Fixed {
        private final Instant now;
        private final SecureRandom random;
        private final AtomicLong serial = new AtomicLong(1000);
        private final Map<String, Integer> names = new HashMap<>();
        private final Map<String, KeyPair> keys;

        Fixed(String story, Instant now, Map<String, KeyPair> keys) {
            this.now = now;
            this.random = new Stream(story);
            this.keys = keys;
        }

        /** The second key of a name is another key. */
        byte[] seed(String name) {
            int number = names.merge(name, 1, Integer::sum);
            return digest("TEST ONLY " + name + " " + number);
        }

        KeyPair keep(String name, KeyPair pair) {
            keys.put(name + " " + names.get(name), pair);
            return pair;
        }
    }

    /** What this thread's tests use. */
    public static Chance current() {
        return CURRENT.get();
    }

    /**
     * Runs with everything fixed.
     *
     * @param story random octets, ids for example, are made from it
     * @param keys gets every key that is made, by its name and number
     */
    public static <T> T fixed(String story, Instant now, Map<String, KeyPair> keys, Callable<T> work) {
        CURRENT.set(new Chance(new Fixed(story, now, keys)));
        try {
            return work.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            CURRENT.remove();
        }
    }

    public Instant now() {
        return fixed.map(f -> f.now).orElseGet(Instant::now);
    }

    public Clock clock() {
        return fixed.map(f -> Clock.fixed(f.now, ZoneOffset.UTC)).orElseGet(Clock::systemUTC);
    }

    public SecureRandom random() {
        return fixed.map(f -> f.random).orElseGet(SecureRandom::new);
    }

    /** For a certificate. */
    public BigInteger serial() {
        return BigInteger.valueOf(fixed.map(f -> f.serial).orElse(SERIAL).incrementAndGet());
    }

    /** What signs with ECDSA. */
    public Provider provider() {
        return fixed.isPresent() ? new Unvarying() : BC;
    }

    /** A key on P-256. */
    public KeyPair ec(String name) {
        try {
            if (fixed.isEmpty()) {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
                generator.initialize(new ECGenParameterSpec("secp256r1"));
                return generator.generateKeyPair();
            }
            ECNamedCurveParameterSpec curve = ECNamedCurveTable.getParameterSpec("P-256");
            BigInteger secret = new BigInteger(1, fixed.get().seed(name)).mod(curve.getN());
            KeyFactory factory = KeyFactory.getInstance("EC", BC);
            return fixed.get()
                    .keep(
                            name,
                            new KeyPair(
                                    factory.generatePublic(
                                            new ECPublicKeySpec(curve.getG().multiply(secret), curve)),
                                    factory.generatePrivate(new ECPrivateKeySpec(secret, curve))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key for notes. */
    public KeyPair ed25519(String name) {
        try {
            if (fixed.isEmpty()) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            byte[] seed = fixed.get().seed(name);
            byte[] open =
                    new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded();
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return fixed.get()
                    .keep(
                            name,
                            new KeyPair(
                                    factory.generatePublic(
                                            new X509EncodedKeySpec(joined("302a300506032b6570032100", open))),
                                    factory.generatePrivate(new PKCS8EncodedKeySpec(
                                            joined("302e020100300506032b657004220420", seed)))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(String hex, byte[] rest) {
        byte[] head = HexFormat.of().parseHex(hex);
        byte[] all = Arrays.copyOf(head, head.length + rest.length);
        System.arraycopy(rest, 0, all, head.length, rest.length);
        return all;
    }

    private static byte[] digest(String text) {
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /** ECDSA by RFC 6979, under the usual name. */
    private static final class Unvarying extends Provider {
        private static final long serialVersionUID = 1;

        Unvarying() {
            super("Unvarying", "1", "ECDSA that makes the same signature again");
            put("Signature.SHA1withECDSA", "org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi$ecDetDSA");
            put("Signature.SHA256withECDSA", "org.bouncycastle.jcajce.provider.asymmetric.ec.SignatureSpi$ecDetDSA256");
        }
    }

    /** The digests of a text and of the numbers from 0. */
    private static final class Stream extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final String story;
        private long at;

        Stream(String story) {
            this.story = story;
        }

        @Override
        public void nextBytes(byte[] octets) {
            for (int i = 0; i < octets.length; i++) {
                octets[i] = digest(story + " " + at++)[0];
            }
        }
    }
}
