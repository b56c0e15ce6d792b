package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.MerkleRanges.Range;
import org.junit.jupiter.api.Test;

/** What proofs say of runs of entries is what the tree itself says of them. */
class MerkleRangesTest {

    private static final int SIZE = 37;

    private static byte[] leaf(long index) {
        return MerkleHash.leaf(("leaf " + index).getBytes(StandardCharsets.US_ASCII));
    }

    private static Digest root(Range range) {
        MerkleTree tree = new MerkleTree();
        for (long i = range.from(); i < range.to(); i++) {
            tree.append(leaf(i));
        }
        return tree.root(tree.size());
    }

    private static MerkleTree tree() {
        MerkleTree tree = new MerkleTree();
        for (int i = 0; i < SIZE; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    @Test
    void everyRunOfAnInclusionProofHasTheDigestOfItsEntries() {
        MerkleTree tree = tree();
        for (int size = 1; size <= SIZE; size++) {
            for (int index = 0; index < size; index++) {
                Map<Range, Digest> ranges =
                        MerkleRanges.ofInclusion(leaf(index), index, size, tree.inclusionProof(index, size));

                assertThat(ranges).containsKeys(new Range(index, index + 1), new Range(0, size));
                ranges.forEach((range, digest) -> assertThat(digest).isEqualTo(root(range)));
            }
        }
    }

    @Test
    void everyRunOfAConsistencyProofHasTheDigestOfItsEntries() {
        MerkleTree tree = tree();
        for (int to = 1; to <= SIZE; to++) {
            for (int from = 1; from <= to; from++) {
                Map<Range, Digest> ranges = MerkleRanges.ofConsistency(from, to, tree.consistencyProof(from, to));

                assertThat(ranges).hasSameSizeAs(tree.consistencyProof(from, to));
                ranges.forEach((range, digest) -> assertThat(digest).isEqualTo(root(range)));
            }
        }
    }
}
