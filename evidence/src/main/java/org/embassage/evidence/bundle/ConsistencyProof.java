package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;

/**
 * Says that the ledger with {@code to} leaves continues the one with {@code from} (RFC 9162 §2.1.4). The roots are in
 * checkpoints that lie elsewhere in the bundle.
 *
 * <pre>
 * embassage-consistency/v1
 * origin QVL-BG/receipts/1
 * from 120
 * to 300
 * base64…                    one hash a line
 * </pre>
 *
 * @param origin of the ledger, {@code <gateway-id>/receipts/<epoch>}
 * @param from size, at least 1
 * @param to size, greater than {@code from}
 * @param path the proof's hashes
 */
public record ConsistencyProof(String origin, long from, long to, List<Digest> path) {

    private static final String MAGIC = "embassage-consistency/v1";
    private static final Pattern ORIGIN = Pattern.compile("[A-Z]{3}-[A-Z0-9]{1,16}/receipts/[A-Za-z0-9]{1,20}");
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final int MAX_PATH = 128;

    public ConsistencyProof {
        path = List.copyOf(path);
        if (!ORIGIN.matcher(origin).matches() || from < 1 || to <= from || path.size() > MAX_PATH) {
            throw new IllegalArgumentException("a consistency proof goes from a smaller to a greater size of a ledger");
        }
    }

    /** UTF-8. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\norigin ")
                .append(origin)
                .append("\nfrom ")
                .append(from)
                .append("\nto ")
                .append(to)
                .append('\n');
        path.forEach(hash ->
                text.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<ConsistencyProof> parse(byte[] octets) {
        List<String> lines = Arrays.asList(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        boolean shaped = lines.size() >= 5
                && lines.size() <= 5 + MAX_PATH
                && lines.get(1).startsWith("origin ")
                && lines.get(2).startsWith("from ")
                && NUMBER.matcher(lines.get(2).substring(5)).matches()
                && lines.get(3).startsWith("to ")
                && NUMBER.matcher(lines.get(3).substring(3)).matches();
        if (!shaped) {
            return Optional.empty();
        }
        try {
            List<Digest> path = new ArrayList<>();
            for (String line : lines.subList(4, lines.size() - 1)) {
                path.add(Digest.of(Base64.getDecoder().decode(line)));
            }
            ConsistencyProof proof = new ConsistencyProof(
                    lines.get(1).substring(7),
                    Long.parseLong(lines.get(2).substring(5)),
                    Long.parseLong(lines.get(3).substring(3)),
                    path);
            return Arrays.equals(proof.octets(), octets) ? Optional.of(proof) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
