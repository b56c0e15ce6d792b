package org.embassage.sealing;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.util.BigIntegers;
import org.embassage.evidence.Digest;

/**
 * Ephemeral-static ECDH on P-256 with the X9.63 key derivation of SHA-256 (RFC 5753 §7.1.4; SEC 1 §3.3.1, §3.6.1).
 *
 * <p>The sender's two multiplications are by points that it uses again and again, the base point and the recipient's
 * key; a table for each makes them twice as fast. The recipient's multiplication is blinded by a random multiple of the
 * curve's order, because the multiplier's time depends on its scalar and the other side chooses the point.
 */
final class KeyAgreement {

    /** An uncompressed point: 04, x, y. */
    static final int POINT_OCTETS = 65;

    private static final int FIELD_OCTETS = 32;
    private static final int UNCOMPRESSED = 4;
    private static final int BLINDING_BITS = 64;
    private static final byte[] COUNTER_ONE = {0, 0, 0, 1};
    private static final X9ECParameters P256 = CustomNamedCurves.getByName("P-256");

    private KeyAgreement() {}

    /** What a sender obtains: its fresh public key, to be sent, and the key-encryption key. */
    static final class Fresh {
        private final byte[] publicPoint;
        private final byte[] key;

        private Fresh(byte[] publicPoint, byte[] key) {
            this.publicPoint = publicPoint;
            this.key = key;
        }

        /** Not a copy. */
        byte[] publicPoint() {
            return publicPoint;
        }

        /** Not a copy: wipe it. */
        byte[] key() {
            return key;
        }
    }

    /**
     * A point of the curve.
     *
     * @throws IllegalArgumentException if the octets are anything but an uncompressed point on P-256
     */
    static ECPoint point(byte[] octets) {
        if (octets.length != POINT_OCTETS || octets[0] != UNCOMPRESSED) {
            throw new IllegalArgumentException("not an uncompressed point of P-256");
        }
        return P256.getCurve().decodePoint(octets);
    }

    /** With a key pair that is used for this once. */
    static Fresh agree(ECPoint recipient, SecureRandom random) {
        BigInteger secret =
                BigIntegers.createRandomInRange(BigInteger.ONE, P256.getN().subtract(BigInteger.ONE), random);
        ECPoint own = new FixedPointCombMultiplier().multiply(P256.getG(), secret);
        ECPoint shared = new FixedPointCombMultiplier().multiply(recipient, secret);
        return new Fresh(own.normalize().getEncoded(false), derive(shared));
    }

    /** The same key-encryption key, from the sender's public key. Wipe it. */
    static byte[] agree(BigInteger secret, ECPoint sender, SecureRandom random) {
        BigInteger blinded = secret.add(P256.getN().multiply(new BigInteger(BLINDING_BITS, random)));
        return derive(sender.multiply(blinded));
    }

    private static byte[] derive(ECPoint shared) {
        if (shared.isInfinity()) {
            throw new IllegalArgumentException("no shared secret");
        }
        byte[] secret = BigIntegers.asUnsignedByteArray(
                FIELD_OCTETS, shared.normalize().getAffineXCoord().toBigInteger());
        MessageDigest sha = Digest.newSha256();
        sha.update(secret);
        Arrays.fill(secret, (byte) 0);
        sha.update(COUNTER_ONE);
        return sha.digest(Profile.SHARED_INFO);
    }
}
