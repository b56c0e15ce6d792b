package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.embassage.evidence.Digest;
import org.junit.jupiter.api.Test;

class MerkleTreeTest {

    /** The eight leaves of the test tree that certificate transparency implementations share. */
    private static final List<String> LEAVES =
            List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f");

    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void theRootsAreThoseOfTheSharedTestTree() {
        MerkleTree tree = new MerkleTree();

        assertThat(tree.root(0).hex()).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < LEAVES.size(); i++) {
            tree.append(MerkleHash.leaf(HexFormat.of().parseHex(LEAVES.get(i))));
            assertThat(tree.root(i + 1).hex()).isEqualTo(ROOTS.get(i));
        }
    }

    @Test
    void everyLeafIsProvenInEverySizeAndNoOtherLeafIs() {
        MerkleTree tree = treeOf(70);
        for (long size = 1; size <= 70; size++) {
            for (long index = 0; index < size; index++) {
                List<Digest> path = tree.inclusionProof(index, size);

                assertThat(MerkleProofs.includes(leaf(index), index, size, path, tree.root(size)))
                        .isTrue();
                assertThat(MerkleProofs.includes(leaf(index + 1), index, size, path, tree.root(size)))
                        .isFalse();
                if (size > 1) {
                    assertThat(MerkleProofs.includes(leaf(index), (index + 1) % size, size, path, tree.root(size)))
                            .isFalse();
                }
            }
        }
    }

    @Test
    void aPathThatIsLongerOrShorterProvesNothing() {
        MerkleTree tree = treeOf(11);
        List<Digest> path = tree.inclusionProof(4, 11);
        List<Digest> longer = new ArrayList<>(path);
        longer.add(path.get(0));

        assertThat(MerkleProofs.includes(leaf(4), 4, 11, longer, tree.root(11))).isFalse();
        assertThat(MerkleProofs.includes(leaf(4), 4, 11, path.subList(0, path.size() - 1), tree.root(11)))
                .isFalse();
    }

    @Test
    void everyPrefixIsConsistentAndARewrittenOneIsNot() {
        MerkleTree tree = treeOf(40);
        MerkleTree rewritten = new MerkleTree();
        for (long i = 0; i < 40; i++) {
            rewritten.append(leaf(i == 3 ? 1000 : i));
        }
        for (long newSize = 1; newSize <= 40; newSize++) {
            for (long oldSize = 1; oldSize <= newSize; oldSize++) {
                List<Digest> path = tree.consistencyProof(oldSize, newSize);

                assertThat(MerkleProofs.consistent(oldSize, tree.root(oldSize), newSize, tree.root(newSize), path))
                        .as("%d to %d", oldSize, newSize)
                        .isTrue();
                if (oldSize > 3) {
                    assertThat(MerkleProofs.consistent(
                                    oldSize,
                                    tree.root(oldSize),
                                    newSize,
                                    rewritten.root(newSize),
                                    rewritten.consistencyProof(oldSize, newSize)))
                            .isFalse();
                }
            }
        }
    }

    private static MerkleTree treeOf(int size) {
        MerkleTree tree = new MerkleTree();
        for (long i = 0; i < size; i++) {
            tree.append(leaf(i));
        }
        return tree;
    }

    private static byte[] leaf(long i) {
        return MerkleHash.leaf(Long.toString(i).getBytes(StandardCharsets.UTF_8));
    }
}
