package org.embassage.exchange.order;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.GatewayId;

/** What a person may order of a gateway. Another order is another record here, a line in {@link OrderSlip}, and a handler. */
public sealed interface Order {

    /** As the order's file names it, for example {@code quarantine-reject}. */
    String word();

    /** As the ledger names the act, for example {@code REJECT}. */
    String act();

    /** Id of what is acted upon, as the ledger names it. */
    String subject();

    /** Why. */
    OrderReason reason();

    /** What its file says besides, in this order; keys and values without white space. */
    Map<String, String> fields();

    /** What lies in quarantine is given up. */
    record RejectQuarantined(String item, OrderReason reason) implements Order {
        @Override
        public String word() {
            return "quarantine-reject";
        }

        @Override
        public String act() {
            return "REJECT";
        }

        @Override
        public String subject() {
            return item;
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("item", item);
        }
    }

    /** What could not be handed over is tried again. */
    record ReprocessQuarantined(String item, OrderReason reason) implements Order {
        @Override
        public String word() {
            return "quarantine-reprocess";
        }

        @Override
        public String act() {
            return "REPROCESS";
        }

        @Override
        public String subject() {
            return item;
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("item", item);
        }
    }

    /** No message goes to or comes from the peer until it is resumed. */
    record SuspendPeer(GatewayId peer, OrderReason reason) implements Order {
        @Override
        public String word() {
            return "peer-suspend";
        }

        @Override
        public String act() {
            return "SUSPEND";
        }

        @Override
        public String subject() {
            return peer.value();
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("peer", peer.value());
        }
    }

    /** Messages go to and come from the peer again. */
    record ResumePeer(GatewayId peer, OrderReason reason) implements Order {
        @Override
        public String word() {
            return "peer-resume";
        }

        @Override
        public String act() {
            return "RESUME";
        }

        @Override
        public String subject() {
            return peer.value();
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("peer", peer.value());
        }
    }

    /**
     * The order that a file's lines name.
     *
     * @return nothing if there is no such order, or a field is missing, malformed or too many
     */
    static Optional<Order> of(String word, OrderReason reason, Map<String, String> given) {
        Map<String, String> left = new LinkedHashMap<>(given);
        try {
            Order order = switch (word) {
                case "quarantine-reject" -> new RejectQuarantined(item(left), reason);
                case "quarantine-reprocess" -> new ReprocessQuarantined(item(left), reason);
                case "peer-suspend" -> new SuspendPeer(peer(left), reason);
                case "peer-resume" -> new ResumePeer(peer(left), reason);
                default -> throw new IllegalArgumentException("no such order");
            };
            return left.isEmpty() ? Optional.of(order) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static String item(Map<String, String> left) {
        return Optional.ofNullable(left.remove("item"))
                .filter(id -> id.matches("[A-Za-z0-9-]{1,80}"))
                .orElseThrow(() -> new IllegalArgumentException("no item"));
    }

    private static GatewayId peer(Map<String, String> left) {
        return new GatewayId(
                Optional.ofNullable(left.remove("peer")).orElseThrow(() -> new IllegalArgumentException("no peer")));
    }
}
