package org.embassage.evidence.dispute;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;

/**
 * What {@code dispute.txt} says (docs/formats/dispute.md). There is one way to write it, and only what is written that way
 * is read. Nobody signs it: everything in it can be found again from the two bundles, and a verifier does so.
 *
 * <pre>
 * embassage-dispute/v1
 * made 2031-05-02T08:00:00Z
 * exchange 0193…                                 or - for all that the bundles are about
 * side QOS-POL 9c1b… sides/QOS-POL.zip           SHA-256 of the bundle; in the order of the gateways' names
 * side QVL-BG 77aa… sides/QVL-BG.zip
 * match 0193…                                    the receipt's id; in the order of the ids
 * only-QVL-BG 0193…
 * conflicting 0193…
 * end 3f9a…                                      SHA-256 of all lines before this one
 * </pre>
 *
 * @param made when, UTC, whole seconds; only said
 * @param exchange the only exchange whose receipts are compared, if it is about one
 * @param first the side whose gateway's name comes first
 * @param second the other
 * @param receipts where each receipt stands
 */
public record DisputeFile(
        Instant made,
        Optional<ExchangeId> exchange,
        Side first,
        Side second,
        SortedMap<EvidenceId, Standing> receipts) {

    private static final String MAGIC = "embassage-dispute/v1";
    private static final String HEX = "[0-9a-f]{64}";
    private static final Pattern SIDE = Pattern.compile("side ([A-Z]{3}-[A-Z0-9]{1,16}) (" + HEX + ") sides/\\1\\.zip");
    private static final Pattern RECEIPT =
            Pattern.compile("(match|conflicting|only-[A-Z]{3}-[A-Z0-9]{1,16}) ([0-9a-f-]{36})");
    /** Magic, made, exchange, two sides, end, and nothing behind the last line feed. */
    private static final int FEWEST_LINES = 7;

    public DisputeFile {
        made = made.truncatedTo(ChronoUnit.SECONDS);
        receipts = Collections.unmodifiableSortedMap(new TreeMap<>(receipts));
        if (first.gateway().compareTo(second.gateway()) >= 0) {
            throw new IllegalArgumentException("two sides, in the order of their names");
        }
    }

    /**
     * One side's bundle.
     *
     * @param gateway that exported it
     * @param bundle SHA-256 of the bundle
     */
    public record Side(GatewayId gateway, Digest bundle) {
        /** Where the bundle lies. */
        public String path() {
            return DisputeBundle.side(gateway);
        }
    }

    /** The gateway in whose bundle alone a receipt of this standing is. */
    public Optional<GatewayId> holder(Standing standing) {
        return standing.missing()
                ? Optional.of((standing == Standing.ONLY_FIRST ? first : second).gateway())
                : Optional.empty();
    }

    /** UTF-8. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\nmade ")
                .append(made)
                .append("\nexchange ")
                .append(exchange.map(ExchangeId::toString).orElse("-"))
                .append('\n');
        for (Side side : List.of(first, second)) {
            text.append("side ")
                    .append(side.gateway())
                    .append(' ')
                    .append(side.bundle().hex())
                    .append(' ')
                    .append(side.path())
                    .append('\n');
        }
        receipts.forEach((id, standing) ->
                text.append(word(standing)).append(' ').append(id).append('\n'));
        Digest end = Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        return text.append("end ").append(end.hex()).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** As the file and reports write it: {@code match}, {@code conflicting}, or {@code only-} and the side. */
    public String word(Standing standing) {
        return switch (standing) {
            case MATCH -> "match";
            case CONFLICTING -> "conflicting";
            case ONLY_FIRST -> "only-" + first.gateway();
            case ONLY_SECOND -> "only-" + second.gateway();
        };
    }

    /** @return nothing if it is not exactly such a text, or its last line does not fit the others */
    public static Optional<DisputeFile> parse(byte[] octets) {
        List<String> lines = Arrays.asList(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        if (lines.size() < FEWEST_LINES
                || !lines.get(1).startsWith("made ")
                || !lines.get(2).startsWith("exchange ")) {
            return Optional.empty();
        }
        try {
            String exchange = lines.get(2).substring("exchange ".length());
            DisputeFile read = new DisputeFile(
                    Instant.parse(lines.get(1).substring("made ".length())),
                    exchange.equals("-") ? Optional.empty() : Optional.of(ExchangeId.parse(exchange)),
                    side(lines.get(3)),
                    side(lines.get(4)),
                    new TreeMap<>());
            TreeMap<EvidenceId, Standing> receipts = new TreeMap<>();
            for (String line : lines.subList(5, lines.size() - 2)) {
                read.receipt(line, receipts);
            }
            DisputeFile file = new DisputeFile(read.made, read.exchange, read.first, read.second, receipts);
            return Arrays.equals(file.octets(), octets) ? Optional.of(file) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private static Side side(String line) {
        Matcher side = SIDE.matcher(line);
        if (!side.matches()) {
            throw new IllegalArgumentException("not a side");
        }
        return new Side(new GatewayId(side.group(1)), Digest.fromHex(side.group(2)));
    }

    private void receipt(String line, SortedMap<EvidenceId, Standing> receipts) {
        Matcher receipt = RECEIPT.matcher(line);
        if (!receipt.matches()) {
            throw new IllegalArgumentException("not a line of a dispute");
        }
        Standing standing = Arrays.stream(Standing.values())
                .filter(one -> word(one).equals(receipt.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a side that is none"));
        receipts.put(EvidenceId.parse(receipt.group(2)), standing);
    }
}
