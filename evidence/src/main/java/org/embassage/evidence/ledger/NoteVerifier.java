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
 * Verifies one key's signature on notes (c2sp.org/signed-note, Ed25519, type 0x01). Thread-safe.
 *
 * <p>Text form (vkey): {@code name+hash+base64(0x01 || public key)}, hash being 8 hexadecimal digits.
 */
public final class NoteVerifier {

    private static final byte ED25519 = 1;
    /** DER of SubjectPublicKeyInfo for Ed25519 (RFC 8410 §4) up to the 32 octets of the key. */
    private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private final String name;
    private final byte[] rawKey;
    private final byte[] keyHash;
    private final PublicKey key;

    private NoteVerifier(String name, byte[] rawKey, PublicKey key) {
        this.name = name;
        this.rawKey = rawKey;
        this.keyHash = hash(name, rawKey);
        this.key = key;
    }

    /**
     * A verifier for an Ed25519 public key in its X.509 encoding.
     *
     * @throws IllegalArgumentException if it is another kind of key, or the name has spaces or a plus
     */
    public static NoteVerifier of(String name, PublicKey key) {
        byte[] encoded = key.getEncoded();
        boolean ed25519 = encoded.length == SPKI_PREFIX.length + 32
                && Arrays.equals(SPKI_PREFIX, 0, SPKI_PREFIX.length, encoded, 0, SPKI_PREFIX.length);
        if (!ed25519 || !isName(name)) {
            throw new IllegalArgumentException("a note's key is Ed25519, its name has no space and no plus");
        }
        return new NoteVerifier(name, Arrays.copyOfRange(encoded, SPKI_PREFIX.length, encoded.length), key);
    }

    /** @return nothing if it is not a vkey of an Ed25519 key */
    public static Optional<NoteVerifier> parse(String vkey) {
        String[] parts = vkey.split("\\+", 3);
        if (parts.length != 3 || !isName(parts[0])) {
            return Optional.empty();
        }
        try {
            byte[] typed = Base64.getDecoder().decode(parts[2]);
            if (typed.length != 33 || typed[0] != ED25519) {
                return Optional.empty();
            }
            byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
            byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + raw.length);
            System.arraycopy(raw, 0, spki, SPKI_PREFIX.length, raw.length);
            PublicKey key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
            NoteVerifier verifier = new NoteVerifier(parts[0], raw, key);
            return verifier.vkey().equals(vkey) ? Optional.of(verifier) : Optional.empty();
        } catch (IllegalArgumentException | GeneralSecurityException notAKey) {
            return Optional.empty();
        }
    }

    /** The key's name, which for a ledger is its origin. */
    public String name() {
        return name;
    }

    /** The text form. */
    public String vkey() {
        byte[] typed = new byte[33];
        typed[0] = ED25519;
        System.arraycopy(rawKey, 0, typed, 1, 32);
        return name + "+" + HexFormat.of().formatHex(keyHash) + "+"
                + Base64.getEncoder().encodeToString(typed);
    }

    /** Whether the note has a signature line of this key and every such line verifies. */
    public boolean verifies(SignedNote note) {
        boolean found = false;
        for (SignedNote.Line line : note.signatures()) {
            byte[] octets = SignedNote.decode(line.base64()).orElseThrow();
            if (line.name().equals(name) && Arrays.equals(octets, 0, 4, keyHash, 0, 4)) {
                found = true;
                if (!verifies(note.text(), Arrays.copyOfRange(octets, 4, octets.length))) {
                    return false;
                }
            }
        }
        return found;
    }

    private boolean verifies(String text, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(SignedNote.signedOctets(text));
            return verifier.verify(signature);
        } catch (GeneralSecurityException bad) {
            return false;
        }
    }

    byte[] keyHash() {
        return keyHash.clone();
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c));
    }

    private static byte[] hash(String name, byte[] rawKey) {
        MessageDigest sha = Digest.newSha256();
        sha.update(name.getBytes(StandardCharsets.UTF_8));
        sha.update((byte) '\n');
        sha.update(ED25519);
        return Arrays.copyOf(sha.digest(rawKey), 4);
    }
}
