package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * An Ed25519 public key with the name and the signature type under which it signs notes (c2sp.org/signed-note, "Verifier
 * keys"). Thread-safe.
 */
final class NamedKey {

    /** A signature over the note's text. */
    static final byte NOTE = 1;
    /** A cosignature with a time (c2sp.org/tlog-cosignature). */
    static final byte COSIGNATURE = 4;

    static final int SIGNATURE_OCTETS = 64;

    private static final int KEY_OCTETS = 32;
    /** DER of SubjectPublicKeyInfo for Ed25519 (RFC 8410 §4) up to the 32 octets of the key. */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte type;
    private final byte[] raw;
    private final byte[] hash;
    private final PublicKey key;

    private NamedKey(String name, byte type, byte[] raw, PublicKey key) {
        this.name = name;
        this.type = type;
        this.raw = raw;
        this.hash = hash(name, type, raw);
        this.key = key;
    }

    /** @throws IllegalArgumentException if it is no Ed25519 key, or the name has spaces or a plus */
    static NamedKey of(String name, byte type, PublicKey key) {
        byte[] encoded = key.getEncoded();
        boolean ed25519 = encoded.length == SPKI_PREFIX.length + KEY_OCTETS
                && Arrays.equals(SPKI_PREFIX, 0, SPKI_PREFIX.length, encoded, 0, SPKI_PREFIX.length);
        if (!ed25519 || !isName(name)) {
            throw new IllegalArgumentException("a note's key is Ed25519, its name has no space and no plus");
        }
        return new NamedKey(name, type, Arrays.copyOfRange(encoded, SPKI_PREFIX.length, encoded.length), key);
    }

    /** @return nothing if it is not a vkey of an Ed25519 key of this type */
    static Optional<NamedKey> parse(String vkey, byte type) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != 1 + KEY_OCTETS || typed[0] != type) {
                return Optional.empty();
            }
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
            System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, raw.length);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            NamedKey parsed = new NamedKey(parts[0], type, raw, key);
            return parsed.vkey().equals(vkey) ? Optional.of(parsed) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException notAKey) {
            return Optional.empty();
        }
    }

    /** The same key and type under another name. @throws IllegalArgumentException if that has spaces or a plus */
    NamedKey under(String other) {
        return of(other, type, key);
    }

    String name() {
        return name;
    }

    String vkey() {
        byte[] typed = new byte[1 + KEY_OCTETS];
        typed[0] = type;
        System.arraycopy(raw, 0, typed, 1, KEY_OCTETS);
        return name + "+" + HexFormat.of().formatHex(hash) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** The octets behind the key id of a line that this key has made, by its name and id. */
    Optional<byte[]> claimed(SignedNote.Line line) {
        byte[] octets = SignedNote.decode(line.base64()).orElseThrow();
        return line.name().equals(name) && Arrays.equals(octets, 0, 4, hash, 0, 4)
                ? Optional.of(Arrays.copyOfRange(octets, 4, octets.length))
                : Optional.empty();
    }

    /** A signature line of this key. */
    SignedNote.Line line(byte[] signature) {
        byte[] octets = Arrays.copyOf(hash, 4 + signature.length);
        System.arraycopy(signature, 0, octets, 4, signature.length);
        return new SignedNote.Line(name, Base64.getEncoder().encodeToString(octets));
    }

    boolean verifies(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException bad) {
            return false;
        }
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c));
    }

    private static byte[] hash(String name, byte type, byte[] raw) {
        MessageDigest sha = Digest.newSha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
        sha.update(type);
        return Arrays.copyOf(sha.digest(raw), 4);
    }
}
