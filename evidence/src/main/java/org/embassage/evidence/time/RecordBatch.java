package org.embassage.evidence.time;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.evidence.Digest;

/**
 * Files that share one token: a hash tree over their digests, and an evidence record for each (RFC 4998 §4.2). The order
 * in which the digests are given does not matter. Immutable; thread-safe.
 */
public final class RecordBatch {

    /** As many files share one token at most. */
    public static final int MAX_FILES = 1000;

    private final List<List<Digest>> levels = new ArrayList<>();
    private final Map<Digest, Integer> places = new HashMap<>();

    private RecordBatch(Collection<Digest> files) {
        TreeMap<String, Digest> sorted = new TreeMap<>();
        files.forEach(file -> sorted.put(file.hex(), file));
        List<Digest> level = List.copyOf(sorted.values());
        level.forEach(file -> places.put(file, places.size()));
        levels.add(level);
        while (level.size() > 1) {
            List<Digest> next = new ArrayList<>();
            for (int i = 0; i < level.size(); i += 2) {
                next.add(i + 1 < level.size() ? node(List.of(level.get(i), level.get(i + 1))) : level.get(i));
            }
            level = next;
            levels.add(level);
        }
    }

    /**
     * A batch.
     *
     * @param files SHA-256 of each file
     * @throws IllegalArgumentException if there is none, or more than {@link #MAX_FILES}
     */
    public static RecordBatch of(Collection<Digest> files) {
        if (files.isEmpty() || files.size() > MAX_FILES) {
            throw new IllegalArgumentException("a batch has 1 to " + MAX_FILES + " files");
        }
        return new RecordBatch(files);
    }

    /** What the token must be over: the root of the tree. */
    public StampRequest request() {
        return new StampRequest(
                StampRequest.About.FILES, levels.get(levels.size() - 1).get(0));
    }

    /**
     * The evidence record of one file, DER: what belongs into {@code <file>.ers}.
     *
     * @param token over {@link #request()}, DER
     * @throws IllegalArgumentException if the file is not of the batch, or the token is over something else
     */
    public byte[] record(Digest file, byte[] token) {
        if (!(TimeStamp.check(token, request().digest()) instanceof TimeStamp.Reading.Good)) {
            throw new IllegalArgumentException("not a token over the root of the batch");
        }
        return EvidenceRecord.encode(List.of(List.of(new ArchivedToken(path(file), token))));
    }

    /** The reduced hash tree: the digest with its first sibling, then the sibling of each node on the way to the root. */
    private List<List<Digest>> path(Digest file) {
        int place = Optional.ofNullable(places.get(file))
                .orElseThrow(() -> new IllegalArgumentException("a file of another batch"));
        List<List<Digest>> path = new ArrayList<>();
        for (List<Digest> level : levels) {
            int sibling = place ^ 1;
            if (sibling < level.size()) {
                path.add(path.isEmpty() ? List.of(file, level.get(sibling)) : List.of(level.get(sibling)));
            }
            place /= 2;
        }
        return path;
    }

    /** RFC 4998 §4.2: the hash of the concatenation, in binary ascending order; of one value that value itself. */
    static Digest node(Collection<Digest> values) {
        byte[][] sorted = values.stream()
                .distinct()
                .map(Digest::bytes)
                .sorted(Comparator.comparing(octets -> octets, Arrays::compareUnsigned))
                .toArray(byte[][]::new);
        return sorted.length == 1 ? Digest.of(sorted[0]) : Digest.sha256(sorted);
    }
}
