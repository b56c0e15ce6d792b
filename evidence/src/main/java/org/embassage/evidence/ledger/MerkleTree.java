package org.embassage.evidence.ledger;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.embassage.evidence.Digest;

/**
 * An append-only Merkle tree in memory that can give the root, an inclusion proof and a consistency proof for every size
 * it ever had (RFC 9162 §2.1). It keeps the hashes of all complete subtrees: 64 octets for each leaf. Not thread-safe.
 */
public final class MerkleTree {

    private final List<Level> levels = new ArrayList<>(List.of(new Level()));

    /** How many leaves it has. */
    public long size() {
        return levels.get(0).count;
    }

    /** Appends a leaf by its hash ({@link MerkleHash#leaf}). */
    public void append(byte[] leafHash) {
        byte[] hash = leafHash;
        for (int height = 0; ; height++) {
            if (height == levels.size()) {
                levels.add(new Level());
            }
            Level level = levels.get(height);
            level.add(hash);
            if (level.count % 2 != 0) {
                return;
            }
            hash = MerkleHash.node(level.get(level.count - 2), level.get(level.count - 1));
        }
    }

    /**
     * The root over the first {@code size} leaves.
     *
     * @throws IllegalArgumentException if the tree is smaller
     */
    public Digest root(long size) {
        require(size >= 0 && size <= size(), "the tree does not have that many leaves");
        return Digest.of(size == 0 ? MerkleHash.empty() : hash(0, size));
    }

    /**
     * Proves that the leaf at {@code index} is in the tree of the first {@code size} leaves.
     *
     * @return the sibling hashes, from the leaf's to the root's child
     * @throws IllegalArgumentException unless index &lt; size ≤ the tree's size
     */
    public List<Digest> inclusionProof(long index, long size) {
        require(index >= 0 && index < size && size <= size(), "no such leaf in a tree of that size");
        List<Digest> path = new ArrayList<>();
        include(index, 0, size, path);
        return path;
    }

    private void include(long index, long from, long to, List<Digest> path) {
        if (to - from == 1) {
            return;
        }
        long split = from + largestPowerBelow(to - from);
        if (index < split) {
            include(index, from, split, path);
            path.add(Digest.of(hash(split, to)));
        } else {
            include(index, split, to, path);
            path.add(Digest.of(hash(from, split)));
        }
    }

    /**
     * Proves that the first {@code oldSize} leaves of the tree of {@code newSize} leaves are unchanged.
     *
     * @return empty if the sizes are equal
     * @throws IllegalArgumentException unless 0 &lt; oldSize ≤ newSize ≤ the tree's size
     */
    public List<Digest> consistencyProof(long oldSize, long newSize) {
        require(oldSize > 0 && oldSize <= newSize && newSize <= size(), "no proof between such sizes");
        List<Digest> path = new ArrayList<>();
        if (oldSize < newSize) {
            subproof(oldSize, 0, newSize, true, path);
        }
        return path;
    }

    /** RFC 9162 §2.1.4.1 SUBPROOF over the leaves [from, to), of which the old tree has the first {@code old}. */
    private void subproof(long old, long from, long to, boolean whole, List<Digest> path) {
        long n = to - from;
        if (old == n) {
            if (!whole) {
                path.add(Digest.of(hash(from, to)));
            }
            return;
        }
        long k = largestPowerBelow(n);
        if (old <= k) {
            subproof(old, from, from + k, whole, path);
            path.add(Digest.of(hash(from + k, to)));
        } else {
            subproof(old - k, from + k, to, false, path);
            path.add(Digest.of(hash(from, from + k)));
        }
    }

    /**
     * The hashes of the greatest subtrees that have no leaf of {@code [from, to)}, from left to right: with them and those
     * leaves the root of the tree of {@code size} leaves can be computed.
     *
     * @throws IllegalArgumentException unless 0 ≤ from &lt; to ≤ size ≤ the tree's size
     */
    public List<Digest> outside(long from, long to, long size) {
        require(from >= 0 && from < to && to <= size && size <= size(), "no such stretch in a tree of that size");
        List<Digest> hashes = new ArrayList<>();
        outside(0, size, from, to, hashes);
        return hashes;
    }

    private void outside(long low, long high, long from, long to, List<Digest> hashes) {
        if (high <= from || low >= to) {
            hashes.add(Digest.of(hash(low, high)));
        } else if (low < from || high > to) {
            long split = low + largestPowerBelow(high - low);
            outside(low, split, from, to, hashes);
            outside(split, high, from, to, hashes);
        }
    }

    /** The hash over the leaves [from, to); a complete subtree is looked up. */
    private byte[] hash(long from, long to) {
        long n = to - from;
        if (Long.bitCount(n) == 1 && from % n == 0) {
            int height = Long.numberOfTrailingZeros(n);
            return levels.get(height).get(from >> height);
        }
        long split = from + largestPowerBelow(n);
        return MerkleHash.node(hash(from, split), hash(split, to));
    }

    /** The largest power of two below n, for n &gt; 1. */
    static long largestPowerBelow(long n) {
        return Long.highestOneBit(n - 1);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** The hashes of one height, side by side. */
    private static final class Level {
        private byte[] hashes = new byte[32 * 64];
        private long count;

        void add(byte[] hash) {
            int at = Math.toIntExact(count * Digest.LENGTH);
            if (at == hashes.length) {
                hashes = Arrays.copyOf(hashes, hashes.length * 2);
            }
            System.arraycopy(hash, 0, hashes, at, Digest.LENGTH);
            count++;
        }

        byte[] get(long index) {
            int at = Math.toIntExact(index * Digest.LENGTH);
            return Arrays.copyOfRange(hashes, at, at + Digest.LENGTH);
        }
    }
}
