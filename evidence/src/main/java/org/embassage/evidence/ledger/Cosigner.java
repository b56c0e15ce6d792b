package org.embassage.evidence.ledger;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Instant;

/**
 * Cosigns checkpoints of others with an Ed25519 key that is used for nothing else (c2sp.org/tlog-cosignature, {@code
 * cosignature/v1}). Thread-safe.
 *
 * <p>MUST NOT be asked to cosign before consistency with every checkpoint cosigned earlier is proven and the checkpoint is
 * durably stored.
 */
public final class Cosigner {

    private final PrivateKey key;
    private final CosignatureVerifier verifier;

    /** @param name of the cosigner, for a gateway {@code <gateway-id>/witness} */
    public Cosigner(String name, PrivateKey key, PublicKey publicKey) {
        this.key = key;
        this.verifier = CosignatureVerifier.of(name, publicKey);
    }

    /** The matching verifier. */
    public CosignatureVerifier verifier() {
        return verifier;
    }

    /**
     * The cosignature line for a note.
     *
     * @param text of the note, without its signatures
     * @param at truncated to whole seconds
     * @throws IllegalStateException if the key cannot be used
     */
    public SignedNote.Line cosign(String text, Instant at) {
        long seconds = at.getEpochSecond();
        try {
            Signature signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(CosignatureVerifier.message(text, seconds));
            return verifier.key()
                    .line(ByteBuffer.allocate(Long.BYTES + NamedKey.SIGNATURE_OCTETS)
                            .putLong(seconds)
                            .put(signer.sign())
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the witness's key cannot be used", e);
        }
    }
}
