package org.embassage.evidence;

import com.google.errorprone.annotations.Immutable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A SHA-256 digest (FIPS 180-4), 32 octets.
 *
 * <p>Bytes are copied in and out; comparison takes constant time; {@link #toString()} is lower-case hex.
 */
@Immutable
public final class Digest {

    /** Length in octets. */
    public static final int LENGTH = 32;

    @SuppressWarnings("Immutable") // never handed out, never written after construction
    private final byte[] octets;

    private Digest(byte[] octets) {
        this.octets = octets;
    }

    /** The digest of the concatenation of {@code parts}. */
    public static Digest sha256(byte[]... parts) {
        MessageDigest sha = newSha256();
        for (byte[] part : parts) {
            sha.update(part);
        }
        return new Digest(sha.digest());
    }

    /**
     * Wraps 32 octets.
     *
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static Digest of(byte[] octets) {
        if (octets.length != LENGTH) {
            throw new IllegalArgumentException("a SHA-256 digest has 32 octets, not " + octets.length);
        }
        return new Digest(octets.clone());
    }

    /**
     * Reads 64 lower-case hexadecimal digits, with or without the prefix {@code sha256:}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static Digest fromHex(String text) {
        String hex = text.startsWith("sha256:") ? text.substring(7) : text;
        if (hex.length() != 2 * LENGTH || !hex.equals(hex.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("a SHA-256 digest is written as 64 lower-case hexadecimal digits");
        }
        return new Digest(HexFormat.of().parseHex(hex));
    }

    /** A fresh SHA-256 of the JDK's own provider, which is eight times as fast as BouncyCastle's. */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A copy of the 32 octets. */
    public byte[] bytes() {
        return octets.clone();
    }

    /** 64 lower-case hexadecimal digits. */
    public String hex() {
        return HexFormat.of().formatHex(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && MessageDigest.isEqual(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return (octets[0] & 0xff) << 24 | (octets[1] & 0xff) << 16 | (octets[2] & 0xff) << 8 | (octets[3] & 0xff);
    }

    @Override
    public String toString() {
        return hex();
    }
}
