package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.Register.Entered;

/** Reads what the ledger's entries are about, without any content. */
final class EnteredQueries {

    private static final String ENTERED = "SELECT l.idx, r.id, r.event, r.at, r.issued, r.peer, r.exchange_id,"
            + " CASE WHEN e.id IS NULL THEN 0 ELSE 1 END AS sent,"
            + " CASE WHEN r.drop_id IS NULL THEN 0 ELSE 1 END AS submission,"
            + " COALESCE(e.agreement_id, i.agreement_id, r.agreement_id) AS agreement,"
            + " COALESCE(e.kind, i.kind) AS kind, COALESCE(e.state, i.state) AS state,"
            + " COALESCE(e.sequence, i.sequence) AS sequence,"
            + " CASE WHEN r.exchange_id IS NULL THEN 1"
            + " WHEN r.event IN ('SUBMISSION_ACCEPTANCE', 'RELAY_ACCEPTANCE', 'RELAY_REJECTION')"
            + " THEN (SELECT COUNT(*) FROM receipt x WHERE x.exchange_id = r.exchange_id) ELSE 0 END AS receipts"
            + " FROM receipt r JOIN ledger_leaf l ON l.receipt_id = r.id"
            + " LEFT JOIN exchange e ON e.id = r.exchange_id"
            + " LEFT JOIN inbox i ON i.exchange_id = r.exchange_id AND i.peer = r.peer";

    private static final String STRETCH = " WHERE l.idx >= :from AND l.idx < :to";

    /** The sums keep SQLite from walking the ledger: the few without a proof have an index of their own. */
    private static final String UNPROVEN_IN_STRETCH =
            " WHERE l.idx + 0 >= :from AND l.idx + 0 < :to AND r.issued = 0 AND r.proof IS NULL";

    private static final String SINCE = "SELECT l.idx FROM receipt r JOIN ledger_leaf l ON l.receipt_id = r.id"
            + " WHERE r.issued = 1 AND r.at >= :time ORDER BY r.at, l.idx LIMIT 1";

    private static final String SENT = "SELECT sequence FROM exchange"
            + " WHERE recipient = :peer AND sequence >= :first AND sequence <= :last ORDER BY sequence";

    private static final String VOID = "SELECT text FROM ledger_leaf WHERE receipt_id IS NULL AND text LIKE :void";

    /** One receipt of each exchange of which a peer's message is not in the inbox with its number. */
    private static final String ONLY_IN_RECEIPTS = "SELECT MIN(r.id) FROM receipt r"
            + " LEFT JOIN inbox i ON i.exchange_id = r.exchange_id AND i.peer = r.peer"
            + " LEFT JOIN exchange e ON e.id = r.exchange_id"
            + " WHERE r.peer = :peer AND r.exchange_id IS NOT NULL AND i.sequence IS NULL AND e.id IS NULL"
            + " AND r.event IN ('SUBMISSION_ACCEPTANCE', 'RELAY_FAILURE', 'RELAY_REJECTION') GROUP BY r.exchange_id";

    private static final String RECEIVED = "SELECT sequence FROM inbox"
            + " WHERE peer = :peer AND sequence >= :first AND sequence <= :last ORDER BY sequence";

    private final Database database;

    EnteredQueries(Database database) {
        this.database = database;
    }

    List<Entered> list(EnteredQuery query) {
        Map<String, Object> values =
                new HashMap<>(Map.of("from", query.from(), "to", query.to(), "limit", query.limit()));
        query.exchange().ifPresent(exchange -> values.put("exchange", exchange.toString()));
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(sql(query))
                        .bindMap(values)
                        .map((row, context) -> entered(row))
                        .list());
    }

    static String sql(EnteredQuery query) {
        return ENTERED
                + (query.unproven() ? UNPROVEN_IN_STRETCH : STRETCH)
                + (query.exchange().isPresent() ? " AND r.exchange_id = :exchange" : "")
                + " ORDER BY l.idx LIMIT :limit";
    }

    List<EvidenceId> onlyInReceipts(GatewayId peer) {
        return Reads.list(
                database.reads(),
                ONLY_IN_RECEIPTS,
                Map.of("peer", peer.value()),
                row -> EvidenceId.parse(row.getString(1)));
    }

    private static Entered entered(ResultSet row) throws SQLException {
        return new Entered(
                row.getLong("idx"),
                EvidenceId.parse(row.getString("id")),
                EvidenceEvent.valueOf(row.getString("event")),
                Rows.time(row, "at"),
                Rows.truth(row, "issued"),
                Rows.text(row, "peer").map(GatewayId::new),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.truth(row, "sent"),
                Rows.truth(row, "submission"),
                Rows.text(row, "agreement"),
                Rows.text(row, "kind"),
                Rows.text(row, "state"),
                sequence(row),
                row.getInt("receipts"));
    }

    private static Optional<Long> sequence(ResultSet row) throws SQLException {
        long sequence = row.getLong("sequence");
        return row.wasNull() ? Optional.empty() : Optional.of(sequence);
    }

    Optional<Long> since(Instant time) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(SINCE)
                        .bind("time", time.toEpochMilli())
                        .mapTo(Long.class)
                        .findOne());
    }

    List<Long> sequences(GatewayId peer, boolean sent, long first, long last) {
        String voided = "embassage-leaf/v1\nvoid\n" + (sent ? "%\n" + peer + "\n%" : peer + "\n%");
        return Reads.of(database.reads(), handle -> {
            SortedSet<Long> found = new TreeSet<>(handle.createQuery(sent ? SENT : RECEIVED)
                    .bind("peer", peer.value())
                    .bind("first", first)
                    .bind("last", last)
                    .mapTo(Long.class)
                    .list());
            handle.createQuery(VOID)
                    .bind("void", voided)
                    .mapTo(String.class)
                    .forEach(leaf -> addVoid(found, leaf.split("\n", -1), first, last));
            return List.copyOf(found);
        });
    }

    /** Lines 4 and 5 of the leaf are the first and the last number. */
    private static void addVoid(SortedSet<Long> found, String[] leaf, long first, long last) {
        long end = Math.min(last, Long.parseLong(leaf[5]));
        for (long number = Math.max(first, Long.parseLong(leaf[4])); number <= end; number++) {
            found.add(number);
        }
    }

    Optional<ExchangeId> exchangeOf(DropId drop, int recordIndex, GatewayId recipient) {
        return Reads.list(
                        database.reads(),
                        "SELECT id FROM exchange WHERE drop_id = :drop AND record_index = :record AND recipient = :peer"
                                + " LIMIT 1",
                        Map.of("drop", drop.toString(), "record", recordIndex, "peer", recipient.value()),
                        row -> Rows.exchange(row, "id"))
                .stream()
                .findFirst();
    }

    long greatestArrived(GatewayId peer, Instant before) {
        return Reads.list(
                        database.reads(),
                        "SELECT COALESCE(MAX(sequence), 0) AS greatest FROM inbox"
                                + " WHERE peer = :peer AND received_at < :before",
                        Map.of("peer", peer.value(), "before", before.toEpochMilli()),
                        row -> row.getLong("greatest"))
                .get(0);
    }

    long greatestSequence(GatewayId recipient) {
        return Reads.list(
                        database.reads(),
                        "SELECT COALESCE(MAX(sequence), 0) AS greatest FROM exchange WHERE recipient = :peer",
                        Map.of("peer", recipient.value()),
                        row -> row.getLong("greatest"))
                .get(0);
    }

    List<ExchangeId> carriedUnanswered(GatewayId peer, Instant before) {
        return Reads.list(
                database.reads(),
                "SELECT e.id FROM outbox o JOIN exchange e ON e.id = o.exchange_id WHERE o.peer = :peer"
                        + " AND o.kind = 'MESSAGE' AND o.ended_at IS NULL AND o.carried_at < :before AND e.state = 'SEALED'"
                        + " ORDER BY e.id",
                Map.of("peer", peer.value(), "before", before.toEpochMilli()),
                row -> Rows.exchange(row, "id"));
    }
}
