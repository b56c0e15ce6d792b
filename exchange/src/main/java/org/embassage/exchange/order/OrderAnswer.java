package org.embassage.exchange.order;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.fault.FaultCode;

/**
 * What the giver of an order is told (docs/formats/orders.md).
 *
 * @param order its id
 * @param refused why nothing was done; absent if it was carried out
 * @param cause the fault that stands behind the refusal, if there is one
 * @param receipts evidence that was issued
 */
public record OrderAnswer(
        EvidenceId order, Optional<FaultCode> refused, Optional<FaultCode> cause, List<EvidenceId> receipts) {

    /** The largest text, in octets. */
    public static final int MAX_BYTES = 16 * 1024;

    private static final String MAGIC = "embassage-order-answer/v1";
    private static final String NONE = "-";

    public OrderAnswer {
        receipts = List.copyOf(receipts);
    }

    static OrderAnswer done(EvidenceId order, List<EvidenceId> receipts) {
        return new OrderAnswer(order, Optional.empty(), Optional.empty(), receipts);
    }

    static OrderAnswer refused(EvidenceId order, FaultCode why, Optional<FaultCode> cause) {
        return new OrderAnswer(order, Optional.of(why), cause, List.of());
    }

    /** Whether it was carried out. */
    public boolean carriedOut() {
        return refused.isEmpty();
    }

    /** One line each: order, outcome, refused, cause, then a receipt each. */
    public String text() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\norder ")
                .append(order)
                .append("\noutcome ")
                .append(carriedOut() ? "DONE" : "REFUSED")
                .append("\nrefused ")
                .append(refused.map(Enum::name).orElse(NONE))
                .append("\ncause ")
                .append(cause.map(Enum::name).orElse(NONE))
                .append('\n');
        receipts.forEach(receipt -> text.append("receipt ").append(receipt).append('\n'));
        return text.append("end\n").toString();
    }

    /** @return nothing if the bytes are not exactly an answer's */
    public static Optional<OrderAnswer> parse(byte[] octets) {
        if (octets.length > MAX_BYTES) {
            return Optional.empty();
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        String[] lines = text.split("\n", -1);
        if (lines.length < 7) {
            return Optional.empty();
        }
        try {
            List<EvidenceId> receipts = new ArrayList<>();
            for (int i = 5; i < lines.length - 2; i++) {
                receipts.add(EvidenceId.parse(value(lines[i])));
            }
            OrderAnswer answer =
                    new OrderAnswer(EvidenceId.parse(value(lines[1])), code(lines[3]), code(lines[4]), receipts);
            return answer.text().equals(text) ? Optional.of(answer) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<FaultCode> code(String line) {
        String value = value(line);
        return value.equals(NONE) ? Optional.empty() : Optional.of(FaultCode.valueOf(value));
    }

    private static String value(String line) {
        return line.substring(line.indexOf(' ') + 1);
    }
}
