package org.embassage.evidence.ledger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.Digest;

/**
 * What a proof that holds says of a tree beyond what it proves: the digest of each run of entries that it is made of (RFC 9162
 * §2.1.3.1, §2.1.4.1). Such a digest depends on those entries alone and not on the size of the tree, so two trees that give a
 * run different digests are not prefixes of one another.
 */
public final class MerkleRanges {

    private MerkleRanges() {}

    /**
     * Entries from, included, to, excluded.
     */
    public record Range(long from, long to) {}

    /** Of an inclusion proof for which {@link MerkleProofs#includes} holds. */
    public static Map<Range, Digest> ofInclusion(byte[] leafHash, long index, long size, List<Digest> path) {
        List<Split> splits = new ArrayList<>();
        Range leaf = new Range(0, size);
        while (leaf.to() - leaf.from() > 1) {
            Split split = Split.of(leaf, index);
            splits.add(split);
            leaf = split.inner();
        }
        Map<Range, Digest> known = new LinkedHashMap<>();
        byte[] hash = leafHash;
        known.put(leaf, Digest.of(hash));
        for (int i = 0; i < path.size(); i++) {
            Split split = splits.get(splits.size() - 1 - i);
            byte[] sibling = path.get(i).bytes();
            known.put(split.outer(), path.get(i));
            hash = split.innerIsLeft() ? MerkleHash.node(hash, sibling) : MerkleHash.node(sibling, hash);
            known.put(split.whole(), Digest.of(hash));
        }
        return known;
    }

    /** Of a consistency proof for which {@link MerkleProofs#consistent} holds, without the two roots. */
    public static Map<Range, Digest> ofConsistency(long oldSize, long newSize, List<Digest> path) {
        List<Range> outer = new ArrayList<>();
        Range node = new Range(0, newSize);
        while (node.to() != oldSize) {
            Split split = Split.of(node, oldSize - 1);
            outer.add(split.outer());
            node = split.inner();
        }
        Map<Range, Digest> known = new LinkedHashMap<>();
        int next = 0;
        if (node.from() > 0) {
            known.put(node, path.get(next++));
        }
        for (int i = outer.size() - 1; i >= 0; i--) {
            known.put(outer.get(i), path.get(next++));
        }
        return known;
    }

    /** A run of entries parted where a tree parts it. */
    private record Split(Range whole, Range inner, Range outer, boolean innerIsLeft) {
        /** @param entry that the inner part holds */
        static Split of(Range whole, long entry) {
            long middle = whole.from() + Long.highestOneBit(whole.to() - whole.from() - 1);
            Range left = new Range(whole.from(), middle);
            Range right = new Range(middle, whole.to());
            return entry < middle ? new Split(whole, left, right, true) : new Split(whole, right, left, false);
        }
    }
}
