package org.embassage.evidence.ledger;

import java.security.PublicKey;
import java.util.Optional;

/**
 * Verifies one key's signature on notes (c2sp.org/signed-note, Ed25519, type 0x01). Thread-safe.
 *
 * <p>Text form (vkey): {@code name+hash+base64(0x01 || public key)}, hash being 8 hexadecimal digits.
 */
public final class NoteVerifier {

    private final NamedKey key;

    private NoteVerifier(NamedKey key) {
        this.key = key;
    }

    /**
     * A verifier for an Ed25519 public key in its X.509 encoding.
     *
     * @throws IllegalArgumentException if it is another kind of key, or the name has spaces or a plus
     */
    public static NoteVerifier of(String name, PublicKey key) {
        return new NoteVerifier(NamedKey.of(name, NamedKey.NOTE, key));
    }

    /** @return nothing if it is not a vkey of an Ed25519 key */
    public static Optional<NoteVerifier> parse(String vkey) {
        return NamedKey.parse(vkey, NamedKey.NOTE).map(NoteVerifier::new);
    }

    /** The key's name, which for a ledger is its origin. */
    public String name() {
        return key.name();
    }

    /** The same key under another name: a ledger keeps its key when a new epoch begins. */
    public NoteVerifier under(String other) {
        return new NoteVerifier(key.under(other));
    }

    /** The text form. */
    public String vkey() {
        return key.vkey();
    }

    /** Whether the note has a signature line of this key and every such line verifies. */
    public boolean verifies(SignedNote note) {
        boolean found = false;
        for (SignedNote.Line line : note.signatures()) {
            Optional<byte[]> signature = key.claimed(line);
            if (signature.isPresent()) {
                found = true;
                if (!key.verifies(SignedNote.signedOctets(note.text()), signature.get())) {
                    return false;
                }
            }
        }
        return found;
    }

    NamedKey key() {
        return key;
    }

    /** The same name and key. */
    @Override
    public boolean equals(Object other) {
        return other instanceof NoteVerifier that && vkey().equals(that.vkey());
    }

    @Override
    public int hashCode() {
        return vkey().hashCode();
    }
}
