package org.embassage.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.embassage.evidence.ledger.LedgerSlice.Entry;
import org.junit.jupiter.api.Test;

class LedgerSliceTest {

    private static final String ORIGIN = "QVL-BG/receipts/1";
    private static final int MOST = 40;

    private final MerkleTree tree = new MerkleTree();
    private final List<LedgerLeaf> leaves = new ArrayList<>();

    LedgerSliceTest() {
        for (int i = 0; i < MOST; i++) {
            LedgerLeaf leaf = LedgerLeaf.epoch(ORIGIN, "SYNTHETIC " + i);
            leaves.add(leaf);
            tree.append(MerkleHash.leaf(leaf.octets()));
        }
    }

    private LedgerSlice slice(int from, int to, int size) {
        return LedgerSlice.of(ORIGIN, tree, from, to, size, entries(from, to).iterator());
    }

    /** Every third entry is hidden. */
    private List<Entry> entries(int from, int to) {
        List<Entry> entries = new ArrayList<>();
        for (int i = from; i < to; i++) {
            Entry clear = new Entry.Clear(leaves.get(i));
            entries.add(i % 3 == 0 ? new Entry.Hidden(clear.leafHash()) : clear);
        }
        return entries;
    }

    /** All slices of all ledgers of up to 40 entries. */
    private void everySlice(Consumer<LedgerSlice> look) {
        for (int size = 1; size <= MOST; size++) {
            for (int from = 0; from < size; from++) {
                for (int to = from + 1; to <= size; to++) {
                    look.accept(slice(from, to, size));
                }
            }
        }
    }

    @Test
    void everySliceGivesTheRootOfItsLedgerAlsoAfterItWasWrittenAndRead() {
        everySlice(slice -> {
            assertThat(slice.root()).isEqualTo(tree.root(slice.size()));

            LedgerSlice read = LedgerSlice.parse(slice.octets()).orElseThrow();

            assertThat(read).isEqualTo(slice);
            assertThat(read.root()).isEqualTo(tree.root(slice.size()));
            List<Entry> entries = new ArrayList<>();
            read.entries().forEachRemaining(entries::add);
            assertThat(entries).isEqualTo(entries((int) slice.from(), (int) slice.to()));
        });
    }

    @Test
    void noSliceGivesTheRootOnceALineOfItIsGoneTwiceOrAnother() {
        everySlice(slice -> {
            List<String> lines = lines(slice);
            for (int at = 5; at < lines.size(); at++) {
                int line = at;
                tampered(slice, lines, changed -> changed.remove(line));
                tampered(slice, lines, changed -> changed.add(line, changed.get(line)));
                tampered(slice, lines, changed -> changed.set(line, another(changed.get(line))));
            }
        });
    }

    @Test
    void noSliceGivesTheRootOnceTwoLinesAreSwapped() {
        everySlice(slice -> {
            List<String> lines = lines(slice);
            for (int at = 5; at + 1 < lines.size(); at++) {
                int line = at;
                tampered(slice, lines, changed -> Collections.swap(changed, line, line + 1));
            }
        });
    }

    @Test
    void aHiddenEntryIsNoTextAndATextIsNoHash() {
        everySlice(slice -> {
            List<String> lines = lines(slice);
            for (int at = 5; at < lines.size(); at++) {
                int line = at;
                String text = lines.get(line);
                String other = text.startsWith("leaf ")
                        ? text.replace("leaf ", "hidden ")
                        : text.replaceFirst("(hidden|hash) ", "leaf ");
                tampered(slice, lines, changed -> changed.set(line, other));
            }
        });
    }

    /** A ledger of another size has the same numbers of hashes sometimes, and then another root. */
    @Test
    void noSliceGivesTheRootOfItsLedgerUnderOtherNumbers() {
        everySlice(slice -> {
            List<String> lines = lines(slice);
            for (int by : new int[] {-1, 1}) {
                tampered(slice, lines, changed -> changed.set(2, "from " + (slice.from() + by)));
                tampered(slice, lines, changed -> changed.set(3, "to " + (slice.to() + by)));
                sized(slice, lines, slice.size() + by);
                tampered(slice, lines, changed -> {
                    changed.set(2, "from " + (slice.from() + by));
                    changed.set(3, "to " + (slice.to() + by));
                });
            }
        });
    }

    private void sized(LedgerSlice slice, List<String> lines, long size) {
        List<String> changed = new ArrayList<>(lines);
        changed.set(4, "size " + size);
        Optional<LedgerSlice> read = parse(changed);
        if (read.isPresent() && size <= MOST) {
            assertThat(read.get().root()).as("%s as of %s", slice, size).isNotEqualTo(tree.root(size));
        }
    }

    private void tampered(LedgerSlice slice, List<String> lines, Consumer<List<String>> change) {
        List<String> changed = new ArrayList<>(lines);
        change.accept(changed);
        if (!changed.equals(lines)) {
            assertThat(parse(changed).map(LedgerSlice::root))
                    .as("%s, changed: %s", slice, changed)
                    .isNotEqualTo(Optional.of(tree.root(slice.size())));
        }
    }

    private static Optional<LedgerSlice> parse(List<String> lines) {
        return LedgerSlice.parse((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(LedgerSlice slice) {
        return List.of(new String(slice.octets(), StandardCharsets.UTF_8).split("\n"));
    }

    /** The same with another first character of the base64. */
    private static String another(String line) {
        int at = line.indexOf(' ') + 1;
        char first = line.charAt(at) == 'A' ? 'B' : 'A';
        return line.substring(0, at) + first + line.substring(at + 1);
    }

    @Test
    void entriesThatAreNotThoseOfTheLedgerAreNotTaken() {
        List<Entry> entries = entries(3, 9);

        refused(3, 9, 20, entries.subList(1, 6));
        refused(3, 8, 20, entries);
        refused(2, 8, 20, entries);
        refused(3, 9, 41, entries);
        refused(9, 3, 20, entries);
        refused(3, 3, 20, List.of());
        assertThat(LedgerSlice.of(ORIGIN, tree, 3, 9, 20, entries.iterator()).root())
                .isEqualTo(tree.root(20));
    }

    private void refused(long from, long to, long size, List<Entry> entries) {
        assertThatThrownBy(() -> LedgerSlice.of(ORIGIN, tree, from, to, size, entries.iterator()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSliceThatIsCutAnywhereIsNotRead() {
        byte[] whole = slice(5, 8, 13).octets();
        for (int length = 0; length < whole.length; length++) {
            assertThat(LedgerSlice.parse(java.util.Arrays.copyOf(whole, length)))
                    .isEmpty();
        }
    }

    @Test
    void moreEntriesThanASliceMayHaveAreNotRead() {
        String text = "embassage-leaves/v1\norigin " + ORIGIN + "\nfrom 0\nto 200001\nsize 200001\n";

        assertThat(LedgerSlice.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
