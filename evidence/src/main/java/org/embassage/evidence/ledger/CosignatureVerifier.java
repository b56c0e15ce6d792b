package org.embassage.evidence.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Verifies one cosigner's lines on checkpoints (c2sp.org/tlog-cosignature, {@code cosignature/v1}, Ed25519, type 0x04). A
 * cosigner says that at its time the checkpoint was the largest consistent one which it had seen of that ledger. Thread-safe.
 *
 * <p>Text form (vkey): {@code name+hash+base64(0x04 || public key)}, hash being 8 hexadecimal digits.
 */
public final class CosignatureVerifier {

    private static final int OCTETS = Long.BYTES + NamedKey.SIGNATURE_OCTETS;
    /** 9999-12-31; later times are nonsense, and are not even written in four digits of a year. */
    private static final long LATEST = 253_402_300_799L;

    private final NamedKey key;

    private CosignatureVerifier(NamedKey key) {
        this.key = key;
    }

    /**
     * A verifier for an Ed25519 public key in its X.509 encoding.
     *
     * @throws IllegalArgumentException if it is another kind of key, or the name has spaces or a plus
     */
    public static CosignatureVerifier of(String name, PublicKey key) {
        return new CosignatureVerifier(NamedKey.of(name, NamedKey.COSIGNATURE, key));
    }

    /** @return nothing if it is not a vkey of an Ed25519 cosigner */
    public static Optional<CosignatureVerifier> parse(String vkey) {
        return NamedKey.parse(vkey, NamedKey.COSIGNATURE).map(CosignatureVerifier::new);
    }

    /** The cosigner's name. */
    public String name() {
        return key.name();
    }

    /** The text form. */
    public String vkey() {
        return key.vkey();
    }

    /**
     * When this cosigner cosigned the note, whole seconds UTC: the latest time if it has several lines.
     *
     * @return nothing if there is no line of this key, or any line of this key does not verify
     */
    public Optional<Instant> cosigned(SignedNote note) {
        Optional<Instant> latest = Optional.empty();
        for (SignedNote.Line line : note.signatures()) {
            Optional<byte[]> claimed = key.claimed(line);
            if (claimed.isEmpty()) {
                continue;
            }
            Optional<Instant> time = time(note.text(), claimed.get());
            if (time.isEmpty()) {
                return Optional.empty();
            }
            latest = latest.filter(known -> known.isAfter(time.get())).or(() -> time);
        }
        return latest;
    }

    /** Whether a line says that it is of this key, good or not. */
    public boolean claims(SignedNote note) {
        return note.signatures().stream().anyMatch(line -> key.claimed(line).isPresent());
    }

    /** The line of this key, if {@link #cosigned} says that there is a good one. */
    public Optional<SignedNote.Line> line(SignedNote note) {
        return cosigned(note).isEmpty()
                ? Optional.empty()
                : note.signatures().stream()
                        .filter(line -> key.claimed(line).isPresent())
                        .findFirst();
    }

    private Optional<Instant> time(String text, byte[] timestamped) {
        if (timestamped.length != OCTETS) {
            return Optional.empty();
        }
        long seconds = ByteBuffer.wrap(timestamped).getLong();
        byte[] signature = Arrays.copyOfRange(timestamped, Long.BYTES, timestamped.length);
        return seconds >= 0 && seconds <= LATEST && key.verifies(message(text, seconds), signature)
                ? Optional.of(Instant.ofEpochSecond(seconds))
                : Optional.empty();
    }

    static byte[] message(String text, long seconds) {
        return ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
    }

    NamedKey key() {
        return key;
    }
}
