package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook;

/** Reads what is to be erased and what was. Each way of being due has a query of its own, which follows an index. */
final class SqlErasurebook implements Erasurebook {

    /** Its receipts are in a checkpoint, and nothing of it waits to be carried. */
    private static final String TOLD = " AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.exchange_id = %1$s"
            + " AND o.ended_at IS NULL) AND NOT EXISTS (SELECT 1 FROM receipt r JOIN ledger_leaf l ON l.receipt_id = r.id"
            + " WHERE r.exchange_id = %1$s AND l.idx >= (SELECT COALESCE(MAX(size), 0) FROM checkpoint))";

    private static final String SENT = "SELECT e.id AS exchange_id, e.recipient AS peer FROM exchange e ";
    private static final String SENT_WHERE = "e.closed = 1 AND e.erased_at IS NULL AND NOT EXISTS (SELECT 1 FROM"
            + " drop_taken d WHERE d.id = e.drop_id AND d.closed_at IS NULL)" + TOLD.formatted("e.id");
    private static final String RECEIVED = "SELECT i.exchange_id, i.peer FROM inbox i ";
    private static final String RECEIVED_WHERE = "i.state IN ('HANDED_OVER', 'HANDOVER_FAILED')"
            + " AND i.erased_at IS NULL" + TOLD.formatted("i.exchange_id");
    private static final String DROPS = "SELECT d.id FROM drop_taken d WHERE d.closed_at IS NOT NULL"
            + " AND d.erased_at IS NULL AND d.closed_at <= :cutoff AND NOT EXISTS (SELECT 1 FROM exchange e"
            + " WHERE e.drop_id = d.id AND e.closed = 0) ORDER BY d.closed_at LIMIT :limit";
    private static final String ITEMS = "SELECT id FROM quarantine WHERE erased_at IS NULL AND at <= :cutoff AND "
            + ErasureChanges.HOLDS_CONTENT + " AND id NOT LIKE 'handover-%' AND NOT EXISTS (SELECT 1 FROM drop_taken d"
            + " WHERE d.id = quarantine.drop_id AND d.closed_at IS NULL) ORDER BY at LIMIT :limit";
    private static final String ERASURE =
            "SELECT x.*, p.destroyed_at FROM erasure x LEFT JOIN epoch p ON p.name = x.epoch ";
    private static final String EPOCHS = "SELECT n.name, p.begun_at, p.retired_at, p.destroyed_at,"
            + " (SELECT COUNT(*) FROM content_key k WHERE k.epoch = n.name) AS keys,"
            + " CASE WHEN p.destroyed_at IS NULL THEN (SELECT COUNT(*) FROM erasure x WHERE x.epoch = n.name) ELSE 0 END"
            + " AS waiting,"
            + " CASE WHEN p.destroyed_at IS NULL THEN (SELECT MIN(x.at) FROM erasure x WHERE x.epoch = n.name) END"
            + " AS oldest, CASE WHEN p.destroyed_at IS NULL AND EXISTS (SELECT 1 FROM erasure x WHERE x.epoch = n.name"
            + " AND x.at_once = 1) THEN 1 ELSE 0 END AS at_once FROM (SELECT DISTINCT epoch AS name FROM content_key UNION SELECT name FROM epoch UNION"
            + " SELECT epoch FROM erasure WHERE epoch <> '-') n LEFT JOIN epoch p ON p.name = n.name ORDER BY n.name";

    private final Database database;

    SqlErasurebook(Database database) {
        this.database = database;
    }

    @Override
    public List<Erasable> due(Instant now, Duration retention, int limit) {
        Map<String, ?> cutoff = Map.of("cutoff", now.minus(retention).toEpochMilli(), "limit", limit);
        Map<String, ?> until = Map.of("now", now.toEpochMilli(), "limit", limit);
        List<Erasable> due = new ArrayList<>();
        add(
                due,
                limit,
                SENT + "WHERE e.state_since <= :cutoff AND " + SENT_WHERE + " ORDER BY e.state_since LIMIT :limit",
                cutoff,
                SqlErasurebook::sent);
        add(
                due,
                limit,
                RECEIVED + "WHERE i.state_since <= :cutoff AND " + RECEIVED_WHERE
                        + " ORDER BY i.state_since LIMIT :limit",
                cutoff,
                SqlErasurebook::received);
        add(
                due,
                limit,
                SENT
                        + "JOIN retain_until u ON u.exchange_id = e.id AND u.peer = e.recipient WHERE u.until_at <= :now AND "
                        + SENT_WHERE + " ORDER BY u.until_at LIMIT :limit",
                until,
                SqlErasurebook::sent);
        add(
                due,
                limit,
                RECEIVED
                        + "JOIN retain_until u ON u.exchange_id = i.exchange_id AND u.peer = i.peer WHERE u.until_at <= :now AND "
                        + RECEIVED_WHERE + " ORDER BY u.until_at LIMIT :limit",
                until,
                SqlErasurebook::received);
        add(due, limit, DROPS, cutoff, row -> new Erasable.DropCopy(Rows.drop(row, "id")));
        add(due, limit, ITEMS, cutoff, row -> new Erasable.Item(row.getString("id")));
        return due;
    }

    private void add(List<Erasable> due, int limit, String sql, Map<String, ?> values, Reads.Reader<Erasable> reader) {
        if (due.size() < limit) {
            list(sql, values, reader).stream()
                    .filter(found -> !due.contains(found))
                    .limit(limit - (long) due.size())
                    .forEach(due::add);
        }
    }

    private static Erasable sent(ResultSet row) throws SQLException {
        return new Erasable.Sent(Rows.exchange(row, "exchange_id"), Rows.gateway(row, "peer"));
    }

    private static Erasable received(ResultSet row) throws SQLException {
        return new Erasable.Received(Rows.exchange(row, "exchange_id"), Rows.gateway(row, "peer"));
    }

    @Override
    public Standing standing(Erasable erasable) {
        if (erasable instanceof Erasable.Sent sent) {
            return one(
                    "SELECT e.erased_at, CASE WHEN e.closed = 1 AND NOT EXISTS (SELECT 1 FROM drop_taken d"
                            + " WHERE d.id = e.drop_id AND d.closed_at IS NULL) THEN 1 ELSE 0 END AS ready"
                            + " FROM exchange e WHERE e.id = :id",
                    Map.of("id", sent.exchange().toString()));
        }
        if (erasable instanceof Erasable.Received received) {
            return one(
                    "SELECT erased_at, CASE WHEN state IN ('HANDED_OVER', 'HANDOVER_FAILED') THEN 1 ELSE 0 END AS ready"
                            + " FROM inbox WHERE exchange_id = :id AND peer = :peer",
                    Map.of(
                            "id",
                            received.exchange().toString(),
                            "peer",
                            received.peer().value()));
        }
        if (erasable instanceof Erasable.DropCopy copy) {
            return one(
                    "SELECT erased_at, CASE WHEN closed_at IS NOT NULL THEN 1 ELSE 0 END AS ready FROM drop_taken"
                            + " WHERE id = :id",
                    Map.of("id", copy.drop().toString()));
        }
        return item(((Erasable.Item) erasable).quarantineId());
    }

    /** What waits for its hand-over is erased with its exchange. */
    private Standing item(String id) {
        Standing kept = one(
                "SELECT erased_at, CASE WHEN id LIKE 'handover-%' THEN 0 ELSE 1 END AS ready FROM quarantine"
                        + " WHERE id = :id",
                Map.of("id", id));
        boolean content = !list(
                        "SELECT id FROM quarantine WHERE id = :id AND " + ErasureChanges.HOLDS_CONTENT,
                        Map.of("id", id),
                        row -> id)
                .isEmpty();
        return kept == Standing.UNKNOWN || content ? kept : Standing.PROOF;
    }

    private Standing one(String sql, Map<String, ?> values) {
        return list(
                        sql,
                        values,
                        row -> Rows.text(row, "erased_at").isPresent()
                                ? Standing.ERASED
                                : Rows.truth(row, "ready") ? Standing.READY : Standing.OPEN)
                .stream()
                .findFirst()
                .orElse(Standing.UNKNOWN);
    }

    @Override
    public List<Erasable> exchange(ExchangeId exchange) {
        Map<String, ?> id = Map.of("id", exchange.toString());
        List<Erasable> found = new ArrayList<>(list(SENT + "WHERE e.id = :id", id, SqlErasurebook::sent));
        found.addAll(
                list(RECEIVED + "WHERE i.exchange_id = :id AND i.state <> 'REFUSED'", id, SqlErasurebook::received));
        return found;
    }

    @Override
    public Optional<DropId> copyOf(ExchangeId exchange) {
        return list(
                        "SELECT d.id FROM exchange e JOIN drop_taken d ON d.id = e.drop_id WHERE e.id = :id"
                                + " AND d.closed_at IS NOT NULL AND d.erased_at IS NULL",
                        Map.of("id", exchange.toString()),
                        row -> Rows.drop(row, "id"))
                .stream()
                .findFirst();
    }

    @Override
    public List<Erasure> erasures(Instant since, int limit) {
        return list(
                ERASURE + "WHERE x.at >= :since ORDER BY x.at DESC, x.content_id LIMIT :limit",
                Map.of("since", since.toEpochMilli(), "limit", limit),
                SqlErasurebook::erasure);
    }

    @Override
    public List<Erasure> erasures(ExchangeId exchange) {
        return list(
                ERASURE + "WHERE x.exchange_id = :id ORDER BY x.at, x.content_id",
                Map.of("id", exchange.toString()),
                SqlErasurebook::erasure);
    }

    @Override
    public List<Erasure> erasures(DropId drop) {
        return list(
                ERASURE + "WHERE x.drop_id = :id ORDER BY x.at, x.content_id",
                Map.of("id", drop.toString()),
                SqlErasurebook::erasure);
    }

    @Override
    public Optional<Erasure> erasure(String quarantineId) {
        return list(ERASURE + "WHERE x.quarantine_id = :id", Map.of("id", quarantineId), SqlErasurebook::erasure)
                .stream()
                .findFirst();
    }

    private static Erasure erasure(ResultSet row) throws SQLException {
        return new Erasure(
                row.getString("content_id"),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.text(row, "drop_id").map(DropId::parse),
                Rows.text(row, "quarantine_id"),
                ErasureReason.valueOf(row.getString("reason")),
                Rows.time(row, "at"),
                EvidenceId.parse(row.getString("evidence_id")),
                row.getString("epoch"),
                timeIfAny(row, "destroyed_at"));
    }

    private static Optional<Instant> timeIfAny(ResultSet row, String column) throws SQLException {
        return Rows.text(row, column).map(Long::valueOf).map(Instant::ofEpochMilli);
    }

    @Override
    public Counts counts() {
        long erased = list("SELECT COUNT(*) AS n FROM erasure", Map.of(), row -> row.getLong("n"))
                .get(0);
        List<Epoch> waiting =
                epochs().stream().filter(epoch -> epoch.waiting() > 0).toList();
        return new Counts(
                erased,
                waiting.stream().mapToLong(Epoch::waiting).sum(),
                waiting.stream()
                        .flatMap(epoch -> epoch.oldestWaiting().stream())
                        .min(Instant::compareTo));
    }

    @Override
    public List<Epoch> epochs() {
        return list(
                EPOCHS,
                Map.of(),
                row -> new Epoch(
                        row.getString("name"),
                        timeIfAny(row, "begun_at"),
                        row.getLong("keys"),
                        row.getLong("waiting"),
                        timeIfAny(row, "oldest"),
                        Rows.truth(row, "at_once"),
                        timeIfAny(row, "retired_at"),
                        timeIfAny(row, "destroyed_at")));
    }

    private <T> List<T> list(String sql, Map<String, ?> values, Reads.Reader<T> reader) {
        return Reads.list(database.reads(), sql, values, reader);
    }
}
