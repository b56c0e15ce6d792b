package org.embassage.evidence.ledger;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.List;

/** Signs notes with an Ed25519 key that is used for nothing else (c2sp.org/signed-note, type 0x01). Thread-safe. */
public final class NoteSigner {

    private final PrivateKey key;
    private final PublicKey publicKey;
    private final NoteVerifier verifier;

    /** @param name of the key; for a ledger its origin */
    public NoteSigner(String name, PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.publicKey = publicKey;
        this.verifier = NoteVerifier.of(name, publicKey);
    }

    /** The same key under another name: a ledger keeps its key when it begins a new epoch. */
    public NoteSigner under(String other) {
        return new NoteSigner(other, key, publicKey);
    }

    /** The matching verifier. */
    public NoteVerifier verifier() {
        return verifier;
    }

    /**
     * The signed note.
     *
     * @param text ends in a line feed
     * @throws IllegalStateException if the key cannot be used
     */
    public String sign(String text) {
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(SignedNote.signedOctets(text));
            return new SignedNote(text, List.of(verifier.key().line(signer.sign()))).toString();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the ledger's key cannot be used", e);
        }
    }
}
