package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LedgerTilesTest {

    private static final List<String> LEAVES = leaves();
    private static final List<byte[]> HASHES = LEAVES.stream()
            .map(leaf -> MerkleHash.leaf(leaf.getBytes(StandardCharsets.UTF_8)))
            .toList();

    private static List<String> leaves() {
        List<String> leaves = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            leaves.add("leaf " + i + "\n");
        }
        return leaves;
    }

    private static <T> List<T> part(List<T> all, long from, int limit) {
        return all.subList((int) from, (int) Math.min(all.size(), from + limit));
    }

    private static Map<String, byte[]> files(long before, long size) {
        Map<String, byte[]> files = new TreeMap<>();
        new LedgerTiles((from, limit) -> part(HASHES, from, limit), (from, limit) -> part(LEAVES, from, limit))
                .between(before, size)
                .forEach(resource -> files.put(resource.path(), resource.octets()));
        return files;
    }

    /** The example of c2sp.org/tlog-tiles. */
    @Test
    void seventyThousandLeavesHaveTheTilesThatTheSpecificationCounts() {
        Map<String, byte[]> files = files(0, 70_000);

        assertThat(files.keySet().stream().filter(path -> path.startsWith("tile/0/")))
                .hasSize(274)
                .contains("tile/0/272", "tile/0/273.p/112");
        assertThat(files.keySet().stream().filter(path -> path.startsWith("tile/1/")))
                .containsExactlyInAnyOrder("tile/1/000", "tile/1/001.p/17");
        assertThat(files.keySet().stream().filter(path -> path.startsWith("tile/2/")))
                .containsExactly("tile/2/000.p/1");
        assertThat(files.get("tile/0/000")).hasSize(8192);
    }

    @Test
    void aTileAboveHashesAFullTileBelow() {
        MerkleTree tree = new MerkleTree();
        HASHES.subList(256, 512).forEach(tree::append);

        assertThat(Arrays.copyOfRange(files(0, 70_000).get("tile/1/000"), 32, 64))
                .isEqualTo(tree.root(256).bytes());
    }

    @Test
    void whatIsNewIsEnoughToReachTheWhole() {
        Map<String, byte[]> grown = files(0, 300);
        grown.putAll(files(300, 1000));

        assertThat(grown).containsAllEntriesOf(files(0, 1000));
    }

    @Test
    void entriesAreTheLeavesWithTheirLengths() {
        assertThat(files(0, 2).get("tile/entries/000.p/2"))
                .isEqualTo("\0\7leaf 0\n\0\7leaf 1\n".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFullTileOfTwoHundredFiftySixHasOneHashAbove() {
        assertThat(files(0, 256).keySet())
                .containsExactlyInAnyOrder("tile/0/000", "tile/entries/000", "tile/1/000.p/1");
    }
}
