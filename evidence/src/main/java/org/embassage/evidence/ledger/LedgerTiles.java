package org.embassage.evidence.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Digest;

/**
 * A ledger as tiles and entry bundles (c2sp.org/tlog-tiles): each tile has up to 256 hashes, tiles above level 0 hash full
 * tiles below. What a given size needs can be written as plain files and read by any program that knows the format.
 */
public final class LedgerTiles {

    static final int WIDTH = 256;

    private final Source<byte[]> hashes;
    private final Source<String> leaves;

    /** @param hashes leaf hashes, in order; @param leaves texts, in order */
    public LedgerTiles(Source<byte[]> hashes, Source<String> leaves) {
        this.hashes = hashes;
        this.leaves = leaves;
    }

    /** Reads a ledger in order. */
    @FunctionalInterface
    public interface Source<T> {
        /** At most {@code limit} from index {@code from}. */
        List<T> read(long from, int limit);
    }

    /** @param path relative to the log's prefix, for example {@code tile/0/x001/067.p/112} */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Resource(String path, byte[] octets) {}

    /**
     * The tiles and entry bundles of the tree of {@code size} leaves that the tree of {@code before} leaves did not have.
     *
     * @throws IllegalArgumentException if the source has fewer leaves
     */
    public List<Resource> between(long before, long size) {
        List<Resource> resources = new ArrayList<>();
        for (long tile = before / WIDTH; tile * WIDTH < size; tile++) {
            int width = (int) Math.min(WIDTH, size - tile * WIDTH);
            resources.add(new Resource("tile/entries/" + place(tile, width), entries(tile, width)));
        }
        for (int level = 0; level < 8; level++) {
            long below = span(level);
            long count = size / below;
            long had = before / below;
            if (count == 0) {
                break;
            }
            for (long tile = had / WIDTH; tile * WIDTH < count; tile++) {
                int width = (int) Math.min(WIDTH, count - tile * WIDTH);
                resources.add(new Resource("tile/" + level + "/" + place(tile, width), tile(level, tile, width)));
            }
        }
        return resources;
    }

    /** How many leaves are under one hash of a level. */
    private static long span(int level) {
        return 1L << (8 * level);
    }

    private byte[] entries(long tile, int width) {
        List<String> texts = leaves.read(tile * WIDTH, width);
        require(texts.size() == width);
        int length = 0;
        List<byte[]> all = new ArrayList<>();
        for (String text : texts) {
            byte[] entry = text.getBytes(StandardCharsets.UTF_8);
            require(entry.length <= 0xffff);
            all.add(entry);
            length += 2 + entry.length;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        all.forEach(entry -> out.putShort((short) entry.length).put(entry));
        return out.array();
    }

    private byte[] tile(int level, long tile, int width) {
        ByteBuffer out = ByteBuffer.allocate(width * Digest.LENGTH);
        if (level == 0) {
            List<byte[]> read = hashes.read(tile * WIDTH, width);
            require(read.size() == width);
            read.forEach(out::put);
        } else {
            for (int i = 0; i < width; i++) {
                out.put(root(level, tile * WIDTH + i));
            }
        }
        return out.array();
    }

    /** The hash over the leaves under the {@code index}-th hash of a level. */
    private byte[] root(int level, long index) {
        long from = index * span(level);
        MerkleTree tree = new MerkleTree();
        long done = 0;
        while (done < span(level)) {
            List<byte[]> page = hashes.read(from + done, (int) Math.min(4096, span(level) - done));
            require(!page.isEmpty());
            page.forEach(tree::append);
            done += page.size();
        }
        return tree.root(span(level)).bytes();
    }

    static String place(long tile, int width) {
        StringBuilder path = new StringBuilder("%03d".formatted(tile % 1000));
        for (long rest = tile / 1000; rest > 0; rest /= 1000) {
            path.insert(0, "x%03d/".formatted(rest % 1000));
        }
        return width == WIDTH ? path.toString() : path + ".p/" + width;
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("the source does not have these leaves");
        }
    }
}
