package org.embassage.exchange.order;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;

/**
 * One order with its giver, as it lies in a file (docs/formats/orders.md): lines of a key, a space and a value. There is
 * one way to write it, and only what is written so is read.
 *
 * @param id of the order, and of the act that it becomes in the ledger
 */
public record OrderSlip(EvidenceId id, Officer officer, Order order) {

    /** The largest file, in octets. */
    public static final int MAX_BYTES = 2048;

    private static final String MAGIC = "embassage-order/v1";
    private static final String END = "end";
    private static final List<String> KEYS = List.of("order", "word", "role", "pseudonym", "reason");

    /** The file's bytes. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC).append('\n');
        line(text, "order", id.toString());
        line(text, "word", order.word());
        line(text, "role", officer.role().word());
        line(text, "pseudonym", officer.pseudonym());
        line(text, "reason", order.reason().name());
        order.fields().forEach((key, value) -> line(text, key, value));
        return text.append(END).append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(' ').append(value).append('\n');
    }

    /** @return nothing if the bytes are not exactly an order's */
    public static Optional<OrderSlip> parse(byte[] octets) {
        if (octets.length > MAX_BYTES) {
            return Optional.empty();
        }
        List<String> lines = List.of(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        int count = lines.size();
        if (count < 3 || !lines.get(0).equals(MAGIC) || !lines.get(count - 2).equals(END)) {
            return Optional.empty();
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : lines.subList(1, count - 2)) {
            int space = line.indexOf(' ');
            if (space <= 0 || fields.put(line.substring(0, space), line.substring(space + 1)) != null) {
                return Optional.empty();
            }
        }
        return read(fields).filter(slip -> Arrays.equals(slip.octets(), octets));
    }

    private static Optional<OrderSlip> read(Map<String, String> fields) {
        if (!fields.keySet().containsAll(KEYS)) {
            return Optional.empty();
        }
        Map<String, String> own = new LinkedHashMap<>(fields);
        KEYS.forEach(own::remove);
        try {
            EvidenceId id = EvidenceId.parse(fields.getOrDefault("order", ""));
            Optional<Officer> officer = OfficerRole.of(fields.getOrDefault("role", ""))
                    .map(role -> new Officer(role, fields.getOrDefault("pseudonym", "")));
            return OrderReason.of(fields.getOrDefault("reason", ""))
                    .flatMap(reason -> Order.of(fields.getOrDefault("word", ""), reason, own))
                    .flatMap(order -> officer.map(giver -> new OrderSlip(id, giver, order)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
