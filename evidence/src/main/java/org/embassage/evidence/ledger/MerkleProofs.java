package org.embassage.evidence.ledger;

import java.util.List;
import org.embassage.evidence.Digest;

/** Verifies proofs (RFC 9162 §2.1.3.2, §2.1.4.2). Index, sizes and the path's exact length are checked before any hash. */
public final class MerkleProofs {

    private MerkleProofs() {}

    /** Whether the leaf with this hash is at {@code index} of the tree of {@code size} leaves with this root. */
    public static boolean includes(byte[] leafHash, long index, long size, List<Digest> path, Digest root) {
        if (index < 0 || size <= 0 || index >= size || path.size() != inclusionLength(index, size)) {
            return false;
        }
        byte[] hash = leafHash;
        long fn = index;
        long sn = size - 1;
        for (Digest sibling : path) {
            if ((fn & 1) == 1 || fn == sn) {
                hash = MerkleHash.node(sibling.bytes(), hash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                hash = MerkleHash.node(hash, sibling.bytes());
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && Digest.of(hash).equals(root);
    }

    /** Whether the tree of {@code oldSize} leaves is a prefix of the tree of {@code newSize} leaves. */
    public static boolean consistent(long oldSize, Digest oldRoot, long newSize, Digest newRoot, List<Digest> path) {
        if (oldSize <= 0 || newSize < oldSize) {
            return false;
        }
        if (oldSize == newSize) {
            return path.isEmpty() && oldRoot.equals(newRoot);
        }
        boolean oldIsComplete = Long.bitCount(oldSize) == 1;
        if (path.size() != consistencyLength(oldSize, newSize)) {
            return false;
        }
        int next = 0;
        byte[] first = oldIsComplete ? oldRoot.bytes() : path.get(next++).bytes();
        byte[] oldHash = first;
        byte[] newHash = first;
        long fn = oldSize - 1;
        long sn = newSize - 1;
        while ((fn & 1) == 1) {
            fn >>= 1;
            sn >>= 1;
        }
        for (; next < path.size(); next++) {
            byte[] sibling = path.get(next).bytes();
            if (sn == 0) {
                return false;
            }
            if ((fn & 1) == 1 || fn == sn) {
                oldHash = MerkleHash.node(sibling, oldHash);
                newHash = MerkleHash.node(sibling, newHash);
                while ((fn & 1) == 0 && fn != 0) {
                    fn >>= 1;
                    sn >>= 1;
                }
            } else {
                newHash = MerkleHash.node(newHash, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0
                && Digest.of(oldHash).equals(oldRoot)
                && Digest.of(newHash).equals(newRoot);
    }

    /** How many siblings there are between a leaf and the root: levels where it has one. */
    private static int inclusionLength(long index, long size) {
        int inner = 64 - Long.numberOfLeadingZeros(index ^ (size - 1));
        return inner + Long.bitCount(index >> inner);
    }

    private static int consistencyLength(long oldSize, long newSize) {
        int shift = Long.numberOfTrailingZeros(oldSize);
        int inner = 64 - Long.numberOfLeadingZeros((oldSize - 1) ^ (newSize - 1)) - shift;
        int border = Long.bitCount((oldSize - 1) >> (inner + shift));
        boolean oldIsComplete = Long.bitCount(oldSize) == 1;
        return inner + border + (oldIsComplete ? 0 : 1);
    }
}
