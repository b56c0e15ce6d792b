package org.embassage.exchange.order;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.embassage.evidence.ExchangeId;
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

    /** About one item in quarantine. */
    sealed interface OnItem extends Order {

        /** The item's id. */
        String item();

        @Override
        default String subject() {
            return item();
        }

        @Override
        default Map<String, String> fields() {
            return Map.of("item", subject());
        }
    }

    /** About one exchange. */
    sealed interface OnExchange extends Order {

        /** Its id. */
        ExchangeId exchange();

        @Override
        default String subject() {
            return exchange().toString();
        }

        @Override
        default Map<String, String> fields() {
            return Map.of("exchange", subject());
        }
    }

    /** About the traffic with one peer. */
    sealed interface OnPeer extends Order {

        /** The peer. */
        GatewayId peer();

        @Override
        default String subject() {
            return peer().value();
        }

        @Override
        default Map<String, String> fields() {
            return Map.of("peer", subject());
        }
    }

    /** What lies in quarantine is given up. */
    record RejectQuarantined(String item, OrderReason reason) implements OnItem {
        @Override
        public String word() {
            return "quarantine-reject";
        }

        @Override
        public String act() {
            return "REJECT";
        }
    }

    /** What could not be handed over is tried again. */
    record ReprocessQuarantined(String item, OrderReason reason) implements OnItem {
        @Override
        public String word() {
            return "quarantine-reprocess";
        }

        @Override
        public String act() {
            return "REPROCESS";
        }
    }

    /** A record that a clause wants released by persons is released by one of them. */
    record ReleaseQuarantined(String item, OrderReason reason) implements OnItem {
        @Override
        public String word() {
            return "quarantine-release";
        }

        @Override
        public String act() {
            return "RELEASE";
        }
    }

    /** What waits of an exchange is carried at once. */
    record RetryExchange(ExchangeId exchange, OrderReason reason) implements OnExchange {
        @Override
        public String word() {
            return "exchange-retry";
        }

        @Override
        public String act() {
            return "RETRY";
        }
    }

    /** An exchange of which nothing was carried ends. */
    record CancelExchange(ExchangeId exchange, OrderReason reason) implements OnExchange {
        @Override
        public String word() {
            return "exchange-cancel";
        }

        @Override
        public String act() {
            return "CANCEL";
        }
    }

    /** No message goes to or comes from the peer until it is resumed. */
    record SuspendPeer(GatewayId peer, OrderReason reason) implements OnPeer {
        @Override
        public String word() {
            return "peer-suspend";
        }

        @Override
        public String act() {
            return "SUSPEND";
        }
    }

    /** Messages go to and come from the peer again. */
    record ResumePeer(GatewayId peer, OrderReason reason) implements OnPeer {
        @Override
        public String word() {
            return "peer-resume";
        }

        @Override
        public String act() {
            return "RESUME";
        }
    }

    /**
     * Content is erased. Its reason is one of those by which content can be erased.
     *
     * @param id of the exchange, drop or item in quarantine
     * @param atOnce whether the erasure is to be final as soon as can be, for backups too
     */
    record EraseOrder(What what, String id, boolean atOnce, OrderReason reason) implements Order {

        /** What is erased. */
        public enum What {
            EXCHANGE,
            DROP,
            ITEM
        }

        private static final Set<OrderReason> REASONS = Set.of(
                OrderReason.SUBJECT_RIGHT, OrderReason.UNLAWFUL, OrderReason.PURPOSE_ENDED, OrderReason.INACCURATE);

        /** @throws IllegalArgumentException if the id or the reason is none for it */
        public EraseOrder {
            boolean named = what == What.ITEM ? id.matches("[A-Za-z0-9-]{1,80}") : id.matches("[0-9a-f-]{36}");
            if (!named || !REASONS.contains(reason)) {
                throw new IllegalArgumentException("not an erasure");
            }
        }

        @Override
        public String word() {
            return "erase";
        }

        @Override
        public String act() {
            return "ERASE";
        }

        @Override
        public String subject() {
            return what.name().toLowerCase(java.util.Locale.ROOT) + "/" + id;
        }

        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("what", what.name());
            fields.put("id", id);
            fields.put("final", atOnce ? "NOW" : "WHEN-DUE");
            return fields;
        }

        private static EraseOrder of(Map<String, String> left, OrderReason reason) {
            String when = String.valueOf(left.remove("final"));
            if (!when.equals("NOW") && !when.equals("WHEN-DUE")) {
                throw new IllegalArgumentException("no moment");
            }
            return new EraseOrder(
                    What.valueOf(String.valueOf(left.remove("what"))),
                    String.valueOf(left.remove("id")),
                    when.equals("NOW"),
                    reason);
        }
    }

    /**
     * A backup is being made: it is written down, so that whoever erases knows of it.
     *
     * @param id a UUID
     * @param name of its folder, without the path
     * @param keys whether it has keys too
     */
    record NoteBackup(String id, String name, boolean keys, OrderReason reason) implements Order {

        /** @throws IllegalArgumentException if the id or the name is none */
        public NoteBackup {
            if (!id.matches("[0-9a-f-]{36}") || !name.matches("[A-Za-z0-9._-]{1,100}")) {
                throw new IllegalArgumentException("not a backup");
            }
        }

        @Override
        public String word() {
            return "backup";
        }

        @Override
        public String act() {
            return "BACKUP";
        }

        @Override
        public String subject() {
            return id;
        }

        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("backup", id);
            fields.put("name", name);
            fields.put("keys", keys ? "WITH" : "WITHOUT");
            return fields;
        }

        private static NoteBackup of(Map<String, String> left, OrderReason reason) {
            String keys = String.valueOf(left.remove("keys"));
            if (!keys.equals("WITH") && !keys.equals("WITHOUT")) {
                throw new IllegalArgumentException("no word of keys");
            }
            return new NoteBackup(
                    String.valueOf(left.remove("backup")),
                    String.valueOf(left.remove("name")),
                    keys.equals("WITH"),
                    reason);
        }
    }

    /**
     * The ledger of a gateway that was put back from a backup begins a new epoch.
     *
     * @param without peers whose word about what they hold is not waited for
     */
    record ReconcileLedger(List<GatewayId> without, OrderReason reason) implements Order {

        public ReconcileLedger {
            without = List.copyOf(without);
        }

        @Override
        public String word() {
            return "ledger-reconcile";
        }

        @Override
        public String act() {
            return "RECONCILE";
        }

        @Override
        public String subject() {
            return "ledger";
        }

        @Override
        public Map<String, String> fields() {
            return Map.of(
                    "without",
                    without.isEmpty()
                            ? "-"
                            : without.stream().map(GatewayId::value).collect(Collectors.joining(",")));
        }

        private static ReconcileLedger of(Map<String, String> left, OrderReason reason) {
            String named = String.valueOf(left.remove("without"));
            List<GatewayId> peers = named.equals("-")
                    ? List.of()
                    : Stream.of(named.split(",", -1)).map(GatewayId::new).toList();
            return new ReconcileLedger(peers, reason);
        }
    }

    /**
     * What waits for the peer is packed into a pouch.
     *
     * @param pouch name of the folder into which it is packed, a UUID
     */
    record PackPouch(GatewayId peer, String pouch, OrderReason reason) implements Order {

        /** @throws IllegalArgumentException if the name is none */
        public PackPouch {
            mustBePouch(pouch);
        }

        @Override
        public String word() {
            return "pouch-export";
        }

        @Override
        public String act() {
            return "POUCH_EXPORT";
        }

        @Override
        public String subject() {
            return peer.value();
        }

        @Override
        public Map<String, String> fields() {
            Map<String, String> fields = new LinkedHashMap<>();
            fields.put("peer", peer.value());
            fields.put("pouch", pouch);
            return fields;
        }
    }

    /**
     * A pouch that came is taken in.
     *
     * @param pouch name of the folder in which it lies, a UUID
     */
    record TakePouch(String pouch, OrderReason reason) implements Order {

        /** @throws IllegalArgumentException if the name is none */
        public TakePouch {
            mustBePouch(pouch);
        }

        @Override
        public String word() {
            return "pouch-import";
        }

        @Override
        public String act() {
            return "POUCH_IMPORT";
        }

        @Override
        public String subject() {
            return pouch;
        }

        @Override
        public Map<String, String> fields() {
            return Map.of("pouch", pouch);
        }
    }

    private static void mustBePouch(String name) {
        if (!name.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")) {
            throw new IllegalArgumentException("not a pouch");
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
                case "quarantine-release" -> new ReleaseQuarantined(item(left), reason);
                case "exchange-retry" -> new RetryExchange(exchange(left), reason);
                case "exchange-cancel" -> new CancelExchange(exchange(left), reason);
                case "peer-suspend" -> new SuspendPeer(peer(left), reason);
                case "erase" -> EraseOrder.of(left, reason);
                case "backup" -> NoteBackup.of(left, reason);
                case "pouch-export" -> new PackPouch(peer(left), String.valueOf(left.remove("pouch")), reason);
                case "pouch-import" -> new TakePouch(String.valueOf(left.remove("pouch")), reason);
                case "ledger-reconcile" -> ReconcileLedger.of(left, reason);
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

    private static ExchangeId exchange(Map<String, String> left) {
        return ExchangeId.parse(Optional.ofNullable(left.remove("exchange"))
                .orElseThrow(() -> new IllegalArgumentException("no exchange")));
    }

    private static GatewayId peer(Map<String, String> left) {
        return new GatewayId(
                Optional.ofNullable(left.remove("peer")).orElseThrow(() -> new IllegalArgumentException("no peer")));
    }
}
