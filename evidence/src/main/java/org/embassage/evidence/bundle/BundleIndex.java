package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/**
 * The list of a bundle's files, and who exported them for which question. There is one way to write it, and only what is
 * written that way is read.
 *
 * <pre>
 * embassage-bundle/v1
 * exporter QVL-BG
 * exported 2031-05-01T12:00:00Z
 * asked exchange 0193…
 * exchange 0193… 3f9a…              its id and the SHA-256 of its encrypted message
 * file 9c1b… VERIFY.md              SHA-256 and path, ordered by path
 * …
 * end 77aa…                         SHA-256 of all lines before this one
 * </pre>
 *
 * @param exporter the gateway that exported
 * @param exported when, UTC, whole seconds
 * @param asked the question, printable ASCII, at most 200 characters
 * @param exchanges the exchanges it is about, each with the digest of its encrypted message as transferred
 * @param files every other file, without the index's own signature
 */
public record BundleIndex(
        GatewayId exporter,
        Instant exported,
        String asked,
        SortedMap<ExchangeId, Digest> exchanges,
        SortedMap<String, Digest> files) {

    private static final String MAGIC = "embassage-bundle/v1";
    private static final Pattern ASKED = Pattern.compile("[ -~]{1,200}");
    private static final String HEX = "[0-9a-f]{64}";
    private static final Pattern FILE = Pattern.compile("file (" + HEX + ") ([A-Za-z0-9._/-]{1,200})");
    private static final Pattern EXCHANGE = Pattern.compile("exchange ([0-9a-f-]{36}) (" + HEX + ")");

    public BundleIndex {
        exported = exported.truncatedTo(ChronoUnit.SECONDS);
        exchanges = Collections.unmodifiableSortedMap(new TreeMap<>(exchanges));
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        if (!ASKED.matcher(asked).matches()) {
            throw new IllegalArgumentException("what was asked is written in printable ASCII");
        }
    }

    /** UTF-8. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\nexporter ")
                .append(exporter)
                .append("\nexported ")
                .append(exported)
                .append("\nasked ")
                .append(asked)
                .append('\n');
        exchanges.forEach((id, outer) -> text.append("exchange ")
                .append(id)
                .append(' ')
                .append(outer.hex())
                .append('\n'));
        files.forEach((path, digest) -> text.append("file ")
                .append(digest.hex())
                .append(' ')
                .append(path)
                .append('\n'));
        Digest end = Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append("end ").append(end.hex()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text, or its last line does not fit the others */
    public static Optional<BundleIndex> parse(byte[] octets) {
        List<String> lines = Arrays.asList(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        boolean shaped = lines.size() >= 6
                && lines.get(1).startsWith("exporter ")
                && lines.get(2).startsWith("exported ")
                && lines.get(3).startsWith("asked ");
        if (!shaped) {
            return Optional.empty();
        }
        try {
            TreeMap<ExchangeId, Digest> exchanges = new TreeMap<>();
            TreeMap<String, Digest> files = new TreeMap<>();
            for (String line : lines.subList(4, lines.size() - 2)) {
                read(line, exchanges, files);
            }
            BundleIndex index = new BundleIndex(
                    new GatewayId(lines.get(1).substring(9)),
                    Instant.parse(lines.get(2).substring(9)),
                    lines.get(3).substring(6),
                    exchanges,
                    files);
            return Arrays.equals(index.octets(), octets) ? Optional.of(index) : Optional.empty();
        } catch (IllegalArgumentException | java.time.DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static void read(String line, Map<ExchangeId, Digest> exchanges, Map<String, Digest> files) {
        var exchange = EXCHANGE.matcher(line);
        var file = FILE.matcher(line);
        if (exchange.matches()) {
            exchanges.put(ExchangeId.parse(exchange.group(1)), Digest.fromHex(exchange.group(2)));
        } else if (file.matches()) {
            files.put(file.group(2), Digest.fromHex(file.group(1)));
        } else {
            throw new IllegalArgumentException("not a line of an index");
        }
    }
}
