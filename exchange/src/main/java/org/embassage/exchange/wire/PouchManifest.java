package org.embassage.exchange.wire;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;

/**
 * What a pouch holds (docs/formats/pouch.md): who packed it for whom, its dispatch bundles, and which pouches of the other side
 * came whole. Its signature is what a pouch has instead of a transport's authentication. There is one way to write it, and only
 * what is written so is read. It has no personal data.
 *
 * @param number 1 for the first pouch of this pair, in this direction; each gets the next one
 * @param packed UTC, whole milliseconds
 * @param taken pouches of {@code to} that {@code from} has taken in whole
 */
public record PouchManifest(
        GatewayId from, GatewayId to, long number, Instant packed, List<Taken> taken, List<Part> parts) {

    /** The manifest's file. */
    public static final String NAME = "pouch.txt";

    /** Its detached CMS signature by the seal key of {@link #from}. */
    public static final String SIGNATURE = "pouch.p7s";

    /** The largest text, in octets. */
    public static final int MAX_BYTES = 8 << 20;

    /** The largest signature, in octets. */
    public static final int MAX_SIGNATURE = 64 << 10;

    /** No pouch has more bundles. */
    public static final int MAX_PARTS = 50_000;

    private static final String MAGIC = "embassage-pouch/v1";
    private static final int HEAD = 6;

    public PouchManifest {
        taken = List.copyOf(taken);
        parts = List.copyOf(parts);
        if (number < 1 || parts.size() > MAX_PARTS) {
            throw new IllegalArgumentException("a pouch has a number from 1 on and at most " + MAX_PARTS + " bundles");
        }
    }

    /** A pouch of the other side, by the digest of its manifest. */
    public record Taken(long number, Digest manifest) {}

    /**
     * One dispatch bundle.
     *
     * @param octets its size
     * @param counts of its items by kind; no zeros
     */
    public record Part(Digest digest, long octets, Map<ItemKind, Integer> counts) {

        /** @throws IllegalArgumentException if it can be none */
        public Part {
            EnumMap<ItemKind, Integer> sorted = new EnumMap<>(ItemKind.class);
            sorted.putAll(counts);
            counts = java.util.Collections.unmodifiableMap(sorted);
            boolean counted =
                    counts.values().stream().allMatch(count -> count >= 1 && count <= DispatchBundle.MAX_ITEMS);
            if (octets < 1 || octets > DispatchBundle.MAX_BYTES || counts.isEmpty() || !counted) {
                throw new IllegalArgumentException("not a bundle");
            }
        }
    }

    /** The file name of the n-th bundle, counted from 1; fit for any file system. */
    public static String name(int n) {
        return String.format("b%07d.emb", n);
    }

    /** How many items of each kind there are in all. */
    public Map<ItemKind, Integer> counts() {
        EnumMap<ItemKind, Integer> counts = new EnumMap<>(ItemKind.class);
        parts.forEach(part -> part.counts().forEach((kind, count) -> counts.merge(kind, count, Integer::sum)));
        return counts;
    }

    /** The size of all bundles. */
    public long size() {
        return parts.stream().mapToLong(Part::octets).sum();
    }

    /** The file's bytes. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC).append('\n');
        text.append("from ").append(from).append('\n');
        text.append("to ").append(to).append('\n');
        text.append("pouch ").append(number).append('\n');
        text.append("packed ").append(packed).append('\n');
        taken.forEach(each -> text.append("taken ")
                .append(each.number())
                .append(' ')
                .append(each.manifest().hex())
                .append('\n'));
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            text.append("bundle ")
                    .append(name(i + 1))
                    .append(' ')
                    .append(part.digest().hex());
            text.append(' ').append(part.octets());
            part.counts()
                    .forEach((kind, count) ->
                            text.append(' ').append(kind).append('=').append(count));
            text.append('\n');
        }
        Digest end = Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append("end ").append(end.hex()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** By what a pouch is named in the ledger and in the answer of the other side. */
    public Digest digest() {
        return Digest.sha256(octets());
    }

    /** @return nothing if the bytes are not exactly a manifest's */
    public static Optional<PouchManifest> parse(byte[] octets) {
        if (octets.length > MAX_BYTES) {
            return Optional.empty();
        }
        List<String> lines = List.of(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        if (lines.size() < HEAD + 1 || !lines.get(0).equals(MAGIC)) {
            return Optional.empty();
        }
        try {
            List<Taken> taken = new ArrayList<>();
            List<Part> parts = new ArrayList<>();
            for (String line : lines.subList(HEAD - 1, lines.size() - 2)) {
                String[] words = line.split(" ", -1);
                if (words[0].equals("taken") && words.length == 3) {
                    taken.add(new Taken(Long.parseLong(words[1]), Digest.fromHex(words[2])));
                } else {
                    parts.add(part(words));
                }
            }
            PouchManifest read = new PouchManifest(
                    new GatewayId(value(lines, 1, "from ")),
                    new GatewayId(value(lines, 2, "to ")),
                    Long.parseLong(value(lines, 3, "pouch ")),
                    Instant.parse(value(lines, 4, "packed ")),
                    taken,
                    parts);
            return Optional.of(read).filter(manifest -> Arrays.equals(manifest.octets(), octets));
        } catch (IllegalArgumentException | java.time.DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Part part(String[] words) {
        if (words.length < 5) {
            throw new IllegalArgumentException("no bundle");
        }
        EnumMap<ItemKind, Integer> counts = new EnumMap<>(ItemKind.class);
        for (int i = 4; i < words.length; i++) {
            String[] pair = words[i].split("=", -1);
            if (pair.length != 2) {
                throw new IllegalArgumentException("no count");
            }
            counts.put(ItemKind.valueOf(pair[0]), Integer.parseInt(pair[1]));
        }
        return new Part(Digest.fromHex(words[2]), Long.parseLong(words[3]), counts);
    }

    private static String value(List<String> lines, int index, String key) {
        String line = lines.get(index);
        if (!line.startsWith(key)) {
            throw new IllegalArgumentException("another line");
        }
        return line.substring(key.length());
    }

    /** The files of the pouch, in their order: the manifest, its signature, the bundles. Papers may lie beside them. */
    public List<String> names() {
        List<String> names = new ArrayList<>(List.of(NAME, SIGNATURE));
        for (int i = 1; i <= parts.size(); i++) {
            names.add(name(i));
        }
        return names;
    }
}
