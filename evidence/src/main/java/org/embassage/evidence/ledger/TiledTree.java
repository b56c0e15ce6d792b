package org.embassage.evidence.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;

/**
 * A ledger that was read from plain files (c2sp.org/tlog-tiles): the entries are hashed anew, and every tile must say what they
 * give. Holds hashes only, 64 octets for each entry, and the time of each entry that states one.
 */
public final class TiledTree {

    private static final int WIDTH = LedgerTiles.WIDTH;
    private static final Set<String> KINDS = Set.of("evidence", "act", "agreement", "void", "epoch");
    private static final int LARGEST_BUNDLE = WIDTH * (2 + 0xffff);

    private final Path folder;
    private final MerkleTree tree = new MerkleTree();
    private final List<List<byte[]>> levels = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<String, Long> kinds = new TreeMap<>();
    /** Milliseconds since 1970 of each entry, 0 if it states no time. */
    private long[] times = new long[WIDTH];

    private String first = "";

    private TiledTree(Path folder) {
        this.folder = folder;
    }

    /** @param wrong whether something is false rather than missing */
    public record Problem(boolean wrong, String sentence) {}

    /**
     * Reads as many of the first {@code size} entries as there are, and all tiles that a tree of them has.
     *
     * @param progress is told how many entries are done
     * @throws IOException if a file cannot be read
     */
    public static TiledTree read(Path folder, long size, LongConsumer progress) throws IOException {
        TiledTree read = new TiledTree(folder);
        read.entries(size, progress);
        read.tiles();
        return read;
    }

    public long size() {
        return tree.size();
    }

    /** @throws IllegalArgumentException if it is not that large */
    public Digest root(long size) {
        return tree.root(size);
    }

    public List<Problem> problems() {
        return List.copyOf(problems);
    }

    /** Whether entry 0 begins a ledger of this origin. */
    public boolean begins(String origin) {
        return first.startsWith("embassage-leaf/v1\nepoch\n" + origin + "\n");
    }

    /** How many entries of each kind there are, in words. */
    public String kinds() {
        return kinds.entrySet().stream()
                .map((Map.Entry<String, Long> kind) -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    /** The time of the first entry from this index on that states one, UTC: of receipts and acts, by their ids. */
    public Optional<Instant> time(long from) {
        for (long index = from; index < tree.size(); index++) {
            if (times[(int) index] > 0) {
                return Optional.of(Instant.ofEpochMilli(times[(int) index]));
            }
        }
        return Optional.empty();
    }

    private void entries(long size, LongConsumer progress) throws IOException {
        while (tree.size() < size) {
            long tile = tree.size() / WIDTH;
            int width = (int) Math.min(WIDTH, size - tile * WIDTH);
            Optional<byte[]> bundle = found("tile/entries/", tile, width, LARGEST_BUNDLE);
            if (bundle.isEmpty()) {
                problems.add(new Problem(false, "tile/entries/" + LedgerTiles.place(tile, width) + " is missing"));
                return;
            }
            Optional<List<byte[]>> texts = parsed(bundle.get(), width);
            if (texts.isEmpty()) {
                problems.add(new Problem(
                        true,
                        "tile/entries/" + LedgerTiles.place(tile, width) + " is not a bundle of " + width
                                + " entries"));
                return;
            }
            texts.get().forEach(this::append);
            progress.accept(tree.size());
        }
    }

    private void append(byte[] entry) {
        int index = Math.toIntExact(tree.size());
        if (index == times.length) {
            times = Arrays.copyOf(times, times.length * 2);
        }
        String text = new String(entry, StandardCharsets.UTF_8);
        if (index == 0) {
            first = text;
        }
        String[] lines = text.split("\n", 4);
        boolean leaf = lines[0].equals("embassage-leaf/v1") && lines.length > 2 && KINDS.contains(lines[1]);
        kinds.merge(leaf ? lines[1] : "of no known kind", 1L, Long::sum);
        times[index] = new LedgerLeaf(text).time().map(Instant::toEpochMilli).orElse(0L);
        byte[] hash = MerkleHash.leaf(entry);
        tree.append(hash);
        add(0, hash);
    }

    private void add(int level, byte[] hash) {
        if (levels.size() == level) {
            levels.add(new ArrayList<>());
        }
        List<byte[]> hashes = levels.get(level);
        hashes.add(hash);
        if (hashes.size() % WIDTH == 0) {
            MerkleTree full = new MerkleTree();
            hashes.subList(hashes.size() - WIDTH, hashes.size()).forEach(full::append);
            add(level + 1, full.root(WIDTH).bytes());
        }
    }

    private void tiles() throws IOException {
        for (int level = 0; level < levels.size(); level++) {
            List<byte[]> hashes = levels.get(level);
            for (int from = 0; from < hashes.size(); from += WIDTH) {
                int width = Math.min(WIDTH, hashes.size() - from);
                tile(level, from / WIDTH, hashes.subList(from, from + width));
            }
        }
    }

    private void tile(int level, long tile, List<byte[]> hashes) throws IOException {
        String name = "tile/" + level + "/" + LedgerTiles.place(tile, hashes.size());
        Optional<byte[]> octets = found("tile/" + level + "/", tile, hashes.size(), WIDTH * Digest.LENGTH);
        ByteBuffer expected = ByteBuffer.allocate(hashes.size() * Digest.LENGTH);
        hashes.forEach(expected::put);
        if (octets.isEmpty()) {
            problems.add(new Problem(false, name + " is missing"));
        } else if (octets.get().length < expected.capacity()
                || !Arrays.equals(octets.get(), 0, expected.capacity(), expected.array(), 0, expected.capacity())) {
            problems.add(new Problem(true, name + " does not say what the entries give"));
        }
    }

    /** The file of exactly this width, or one of the same tile that is wider. */
    private Optional<byte[]> found(String prefix, long tile, int width, int most) throws IOException {
        Path full = folder.resolve(prefix + LedgerTiles.place(tile, WIDTH));
        Path exact = folder.resolve(prefix + LedgerTiles.place(tile, width));
        for (Path file : List.of(exact, full)) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.of(octets(file, most));
            }
        }
        Path parts = full.resolveSibling(full.getFileName() + ".p");
        if (!Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (Stream<Path> partial = Files.list(parts)) {
            Optional<Path> wider = partial.filter(
                            file -> Numbers.parse(file.getFileName().toString()).orElse(0L) >= width)
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .findFirst();
            return wider.isEmpty() ? Optional.empty() : Optional.of(octets(wider.get(), most));
        }
    }

    private static byte[] octets(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(most + 1);
        }
    }

    /** The first {@code width} entries of a bundle: two octets of length, big-endian, before each. */
    private static Optional<List<byte[]>> parsed(byte[] bundle, int width) {
        ByteBuffer in = ByteBuffer.wrap(bundle);
        List<byte[]> entries = new ArrayList<>();
        while (entries.size() < width) {
            if (in.remaining() < 2) {
                return Optional.empty();
            }
            int length = Short.toUnsignedInt(in.getShort());
            if (in.remaining() < length) {
                return Optional.empty();
            }
            byte[] entry = new byte[length];
            in.get(entry);
            entries.add(entry);
        }
        return Optional.of(entries);
    }
}
