package org.embassage.gateway.backup;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.Digest;

/**
 * What a backup is and has, as {@code manifest.txt}.
 *
 * <pre>
 * embassage-backup/v1
 * backup 0193…                       id
 * gateway QVL-BG
 * at 2031-06-01T12:00:00Z
 * store sqlite                       or postgresql: then its own tools copied the database
 * keys no
 * ledger 300                         leaves in all, of all epochs
 * checkpoint QVL-BG/receipts/1 298   the newest checkpoint: origin, size
 * file 64-hex 8192 gateway.yaml      SHA-256, octets, place; one for each file
 * end
 * </pre>
 */
record Manifest(
        String backup,
        String gateway,
        Instant at,
        String store,
        boolean keys,
        long leaves,
        String checkpoint,
        SortedMap<String, Entry> files) {

    static final String NAME = "manifest.txt";

    private static final String MAGIC = "embassage-backup/v1";

    /** A file's digest and size. */
    record Entry(Digest digest, long octets) {}

    String text() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\nbackup ")
                .append(backup)
                .append("\ngateway ")
                .append(gateway)
                .append("\nat ")
                .append(at)
                .append("\nstore ")
                .append(store)
                .append("\nkeys ")
                .append(keys ? "yes" : "no")
                .append("\nledger ")
                .append(leaves)
                .append("\ncheckpoint ")
                .append(checkpoint)
                .append('\n');
        files.forEach((place, entry) -> text.append("file ")
                .append(entry.digest().hex())
                .append(' ')
                .append(entry.octets())
                .append(' ')
                .append(place)
                .append('\n'));
        return text.append("end\n").toString();
    }

    /** @return nothing if it is not exactly such a text, or names a place outside the backup */
    static Optional<Manifest> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length < 10 || !lines[0].equals(MAGIC)) {
            return Optional.empty();
        }
        try {
            SortedMap<String, Entry> files = new TreeMap<>();
            for (int i = 8; i < lines.length - 2; i++) {
                String[] words = lines[i].split(" ", 4);
                if (words.length != 4 || !isInside(words[3])) {
                    return Optional.empty();
                }
                files.put(words[3], new Entry(Digest.fromHex(words[1]), Long.parseLong(words[2])));
            }
            Manifest read = new Manifest(
                    value(lines[1], "backup "),
                    value(lines[2], "gateway "),
                    Instant.parse(value(lines[3], "at ")),
                    value(lines[4], "store "),
                    value(lines[5], "keys ").equals("yes"),
                    Long.parseLong(value(lines[6], "ledger ")),
                    value(lines[7], "checkpoint "),
                    files);
            return read.text().equals(text) ? Optional.of(read) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isInside(String place) {
        return !place.isEmpty()
                && !place.startsWith("/")
                && java.util.Arrays.stream(place.split("/", -1))
                        .noneMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    private static String value(String line, String label) {
        if (!line.startsWith(label)) {
            throw new IllegalArgumentException("another line");
        }
        return line.substring(label.length());
    }
}
