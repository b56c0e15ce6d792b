package org.embassage.evidence.ledger;

import java.security.MessageDigest;
import org.embassage.evidence.Digest;

/** The two hashes of the Merkle tree (RFC 9162 §2.1.1, the same as RFC 6962 §2.1). */
public final class MerkleHash {

    private MerkleHash() {}

    /** SHA-256 of 0x00 and the leaf's bytes: 32 octets. */
    public static byte[] leaf(byte[] leaf) {
        MessageDigest sha = Digest.newSha256();
        sha.update((byte) 0);
        return sha.digest(leaf);
    }

    /** SHA-256 of 0x01, the left and the right child: 32 octets. */
    static byte[] node(byte[] left, byte[] right) {
        MessageDigest sha = Digest.newSha256();
        sha.update((byte) 1);
        sha.update(left);
        return sha.digest(right);
    }

    /** The root of the empty tree: SHA-256 of nothing. */
    static byte[] empty() {
        return Digest.newSha256().digest();
    }
}
