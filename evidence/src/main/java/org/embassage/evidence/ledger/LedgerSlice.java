package org.embassage.evidence.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;

/**
 * All entries of a stretch of a ledger, in order, with the hashes of what lies before and behind, so that the root of the
 * whole ledger can be computed again (RFC 9162 §2.1.1): whoever believes the root knows that no entry of the stretch is
 * missing, added, changed or moved. An entry is shown as its text, or only as its hash.
 *
 * <pre>
 * embassage-leaves/v1
 * origin QVL-BG/receipts/1
 * from 120                   index of the first entry
 * to 480                     index behind the last one
 * size 500                   of the checkpoint that has the root
 * hash base64…               the greatest subtrees outside the stretch, from left to right
 * leaf base64…               an entry: its text,
 * hidden base64…             or its leaf hash
 * </pre>
 *
 * <p>Holds the file's octets and nothing else in full: entries are read one by one. Immutable and thread-safe.
 */
public final class LedgerSlice {

    /** The most entries that a slice has. */
    public static final int MAX_ENTRIES = 200_000;

    private static final String MAGIC = "embassage-leaves/v1";
    private static final Pattern ORIGIN = Pattern.compile("[A-Z]{3}-[A-Z0-9]{1,16}/receipts/[A-Za-z0-9]{1,20}");
    private static final int MAX_LEAF = 0xffff;

    private final String origin;
    private final long from;
    private final long to;
    private final long size;
    private final List<Digest> outside;
    private final byte[] octets;
    private final int entriesAt;
    private final Digest root;

    private LedgerSlice(
            String origin, long from, long to, long size, List<Digest> outside, byte[] octets, int entriesAt) {
        this.origin = origin;
        this.from = from;
        this.to = to;
        this.size = size;
        this.outside = outside;
        this.octets = octets;
        this.entriesAt = entriesAt;
        this.root = Digest.of(new Roots().over(0, size));
    }

    /** One entry. */
    public sealed interface Entry {

        /** Shown in full. */
        record Clear(LedgerLeaf leaf) implements Entry {}

        /** Only its leaf hash is told: an entry that is no matter of whoever reads the slice. */
        record Hidden(Digest hash) implements Entry {}

        /** What is hashed into the tree. */
        default Digest leafHash() {
            return this instanceof Clear clear
                    ? Digest.of(MerkleHash.leaf(clear.leaf().octets()))
                    : ((Hidden) this).hash();
        }
    }

    /**
     * Takes a slice out of a ledger.
     *
     * @param tree of the ledger
     * @param from index of the first entry
     * @param to index behind the last; {@code from < to <= size}
     * @param size of a checkpoint, which goes into the bundle too
     * @param entries those of {@code [from, to)}, in order; taken one by one
     * @throws IllegalArgumentException if the numbers do not fit the ledger, if there are more than {@link #MAX_ENTRIES},
     *     or if the entries are not those of the tree
     */
    public static LedgerSlice of(
            String origin, MerkleTree tree, long from, long to, long size, Iterator<? extends Entry> entries) {
        require(shaped(origin, from, to, size), "a slice is a stretch of at most 200000 entries of a ledger");
        List<Digest> outside = tree.outside(from, to, size);
        StringBuilder head = new StringBuilder(MAGIC)
                .append("\norigin ")
                .append(origin)
                .append("\nfrom ")
                .append(from)
                .append("\nto ")
                .append(to)
                .append("\nsize ")
                .append(size)
                .append('\n');
        outside.forEach(
                hash -> head.append("hash ").append(base64(hash.bytes())).append('\n'));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(StandardCharsets.US_ASCII));
        int entriesAt = out.size();
        for (long index = from; index < to; index++) {
            require(entries.hasNext(), "the slice has fewer entries than it says");
            Entry entry = entries.next();
            String line = entry instanceof Entry.Clear clear
                    ? "leaf " + base64(clear.leaf().octets())
                    : "hidden " + base64(((Entry.Hidden) entry).hash().bytes());
            out.writeBytes((line + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        require(!entries.hasNext(), "the slice has more entries than it says");
        LedgerSlice slice = new LedgerSlice(origin, from, to, size, outside, out.toByteArray(), entriesAt);
        require(slice.root.equals(tree.root(size)), "the entries are not those of the ledger");
        return slice;
    }

    /**
     * Reads a slice. Its root is computed; nothing is said of whether that is the root of a ledger.
     *
     * @param octets not copied, and not to be changed afterwards
     * @return nothing if it is not exactly such a text
     */
    public static Optional<LedgerSlice> parse(byte[] octets) {
        Lines lines = new Lines(octets, 0);
        Optional<String> origin = lines.expect(MAGIC).isEmpty() ? Optional.empty() : lines.value("origin ");
        Optional<Long> from = origin.flatMap(read -> lines.value("from ")).flatMap(Numbers::parse);
        Optional<Long> to = from.flatMap(read -> lines.value("to ")).flatMap(Numbers::parse);
        Optional<Long> size = to.flatMap(read -> lines.value("size ")).flatMap(Numbers::parse);
        if (size.isEmpty() || !shaped(origin.orElseThrow(), from.orElseThrow(), to.orElseThrow(), size.get())) {
            return Optional.empty();
        }
        int hashes = outsideOf(0, size.get(), from.get(), to.get());
        List<Digest> outside = new ArrayList<>();
        for (int i = 0; i < hashes; i++) {
            Optional<Digest> hash = lines.value("hash ").flatMap(Hashes::parse);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            outside.add(hash.get());
        }
        int entriesAt = lines.at;
        for (long index = from.get(); index < to.get(); index++) {
            if (lines.next().flatMap(LedgerSlice::entry).isEmpty()) {
                return Optional.empty();
            }
        }
        return lines.at == octets.length
                ? Optional.of(new LedgerSlice(
                        origin.get(), from.get(), to.get(), size.get(), List.copyOf(outside), octets, entriesAt))
                : Optional.empty();
    }

    /** The ledger's origin, {@code <gateway-id>/receipts/<epoch>}. */
    public String origin() {
        return origin;
    }

    /** Index of the first entry. */
    public long from() {
        return from;
    }

    /** Index behind the last entry. */
    public long to() {
        return to;
    }

    /** The size of the ledger of which {@link #root} is the root. */
    public long size() {
        return size;
    }

    /** The root of the whole ledger, computed from the entries and the hashes of what lies outside. */
    public Digest root() {
        return root;
    }

    /** The entries in order: the first has index {@link #from}. Each is read when it is asked for. */
    public Iterator<Entry> entries() {
        Lines lines = new Lines(octets, entriesAt);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return lines.at < octets.length;
            }

            @Override
            public Entry next() {
                return lines.next().flatMap(LedgerSlice::entry).orElseThrow(NoSuchElementException::new);
            }
        };
    }

    /** The file's text, ASCII; a copy. */
    public byte[] octets() {
        return octets.clone();
    }

    private static boolean shaped(String origin, long from, long to, long size) {
        return ORIGIN.matcher(origin).matches() && from >= 0 && from < to && to <= size && to - from <= MAX_ENTRIES;
    }

    /** How many greatest subtrees of the entries [low, high) lie outside [from, to). */
    private static int outsideOf(long low, long high, long from, long to) {
        if (high <= from || low >= to) {
            return 1;
        }
        if (low >= from && high <= to) {
            return 0;
        }
        long split = low + MerkleTree.largestPowerBelow(high - low);
        return outsideOf(low, split, from, to) + outsideOf(split, high, from, to);
    }

    /** Computes the root, taking hashes and entries from left to right. */
    private final class Roots {
        private final Iterator<Digest> hashes = outside.iterator();
        private final Iterator<Entry> entries = entries();

        byte[] over(long low, long high) {
            if (high <= from || low >= to) {
                return hashes.next().bytes();
            }
            if (high - low == 1) {
                return entries.next().leafHash().bytes();
            }
            long split = low + MerkleTree.largestPowerBelow(high - low);
            byte[] left = over(low, split);
            return MerkleHash.node(left, over(split, high));
        }
    }

    private static Optional<Entry> entry(String line) {
        if (line.startsWith("hidden ")) {
            return Hashes.parse(line.substring(7)).map(Entry.Hidden::new);
        }
        if (!line.startsWith("leaf ")) {
            return Optional.empty();
        }
        try {
            byte[] leaf = Base64.getDecoder().decode(line.substring(5));
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(leaf))
                    .toString();
            boolean canonical = leaf.length <= MAX_LEAF && base64(leaf).equals(line.substring(5));
            return canonical ? Optional.of(new Entry.Clear(new LedgerLeaf(text))) : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** Reads a text line by line; each ends in a line feed and is ASCII. */
    private static final class Lines {
        private final byte[] text;
        private int at;

        Lines(byte[] text, int at) {
            this.text = text;
            this.at = at;
        }

        Optional<String> next() {
            int end = at;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            if (end >= text.length) {
                return Optional.empty();
            }
            String line = new String(text, at, end - at, StandardCharsets.ISO_8859_1);
            at = end + 1;
            return Optional.of(line);
        }

        Optional<String> value(String label) {
            return next().filter(line -> line.startsWith(label)).map(line -> line.substring(label.length()));
        }

        Optional<String> expect(String whole) {
            return next().filter(whole::equals);
        }
    }

    /** The same octets. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LedgerSlice that && Arrays.equals(octets, that.octets);
    }

    @Override
    public int hashCode() {
        return root.hashCode();
    }

    @Override
    public String toString() {
        return "entries " + from + " to " + to + " of " + size + " of " + origin;
    }
}
