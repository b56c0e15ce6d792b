package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.jdbi.v3.core.Handle;

/** Reads exchanges at their sender, and what waits to be carried. */
final class ExchangeQueries {

    private static final String EXCHANGE = "SELECT e.*, (SELECT COALESCE(SUM(o.attempts), 0) FROM outbox o"
            + " WHERE o.exchange_id = e.id AND o.kind = 'MESSAGE') AS attempts FROM exchange e ";

    private final Database database;

    ExchangeQueries(Database database) {
        this.database = database;
    }

    Optional<ExchangeView> exchange(ExchangeId exchange) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(EXCHANGE + "WHERE e.id = :id")
                        .bind("id", exchange.toString())
                        .map((row, context) -> view(row))
                        .findOne());
    }

    Optional<ExchangeId> byOuter(GatewayId recipient, Digest outer) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                "SELECT id FROM exchange WHERE outer_digest = :outer AND recipient = :recipient")
                        .bind("outer", outer.bytes())
                        .bind("recipient", recipient.value())
                        .map((row, context) -> Rows.exchange(row, "id"))
                        .findFirst());
    }

    /** Ids sort by the time they were made. */
    List<ExchangeView> newest(Optional<ExchangeState> state, Optional<GatewayId> peer, int limit) {
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        Map<String, Object> values = new HashMap<>(Map.of("limit", limit));
        state.ifPresent(wanted -> {
            conditions.add("e.state = :state");
            values.put("state", wanted.name());
        });
        peer.ifPresent(wanted -> {
            conditions.add("e.recipient = :peer");
            values.put("peer", wanted.value());
        });
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(EXCHANGE + "WHERE " + String.join(" AND ", conditions)
                                + " ORDER BY e.id DESC LIMIT :limit")
                        .bindMap(values)
                        .map((row, context) -> view(row))
                        .list());
    }

    List<ExchangeView> overdue(Instant cutoff, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(EXCHANGE + "WHERE e.closed = 0"
                                + " AND e.expires_at < :cutoff ORDER BY e.expires_at, e.id LIMIT :limit")
                        .bind("cutoff", cutoff.toEpochMilli())
                        .bind("limit", limit)
                        .map((row, context) -> view(row))
                        .list());
    }

    Map<ExchangeState, Long> counts() {
        return SqlRegister.counts(
                ExchangeState.class,
                Reads.of(
                        database.reads(),
                        handle -> handle.createQuery("SELECT state, COUNT(*) AS n FROM exchange GROUP BY state")
                                .reduceResultSet(new HashMap<>(), (found, row, context) -> {
                                    found.put(row.getString("state"), row.getLong("n"));
                                    return found;
                                })));
    }

    List<OutboxCount> outboxCounts() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT peer, kind, transport, COUNT(*) AS n, MIN(queued_at) AS oldest"
                                + " FROM outbox WHERE ended_at IS NULL GROUP BY peer, kind, transport"
                                + " ORDER BY peer, kind, transport")
                        .map((row, context) -> new OutboxCount(
                                Rows.gateway(row, "peer"),
                                ItemKind.valueOf(row.getString("kind")),
                                Transport.valueOf(row.getString("transport")),
                                row.getLong("n"),
                                Rows.time(row, "oldest")))
                        .list());
    }

    List<Long> unusedSequences(GatewayId peer) {
        return Reads.of(database.reads(), handle -> handle.inTransaction(open -> unused(open, peer.value())));
    }

    /** A bit for each reserved number: half a megabyte for four million. */
    private static List<Long> unused(Handle handle, String peer) {
        long next = handle.createQuery("SELECT next FROM sequence_head WHERE peer = :peer")
                .bind("peer", peer)
                .mapTo(Long.class)
                .findOne()
                .orElse(1L);
        BitSet taken = new BitSet(Math.toIntExact(next));
        handle.createQuery("SELECT sequence FROM exchange WHERE recipient = :peer")
                .bind("peer", peer)
                .map((row, context) -> row.getLong(1))
                .forEach(number -> taken.set(Math.toIntExact(number)));
        handle.createQuery("SELECT first_no, last_no FROM sequence_void WHERE peer = :peer")
                .bind("peer", peer)
                .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                .forEach(ends -> taken.set(Math.toIntExact(ends[0]), Math.toIntExact(ends[1] + 1)));
        List<Long> unused = new ArrayList<>();
        for (int n = taken.nextClearBit(1); n < next; n = taken.nextClearBit(n + 1)) {
            unused.add((long) n);
        }
        return unused;
    }

    private static ExchangeView view(ResultSet row) throws SQLException {
        return new ExchangeView(
                Rows.exchange(row, "id"),
                Rows.gateway(row, "recipient"),
                row.getString("kind"),
                row.getString("schema_version"),
                Rows.priority(row),
                Transport.valueOf(row.getString("transport")),
                row.getLong("sequence"),
                Rows.agreement(row),
                row.getString("clause"),
                Rows.time(row, "created_at"),
                Rows.time(row, "expires_at"),
                Rows.drop(row, "drop_id"),
                row.getInt("record_index"),
                new FeedId(row.getString("feed")),
                Rows.digest(row, "outer_digest"),
                Rows.digest(row, "inner_digest"),
                Rows.digest(row, "manifest_digest"),
                Rows.exchangeIfAny(row, "supersedes"),
                ExchangeState.valueOf(row.getString("state")),
                Rows.time(row, "state_since"),
                row.getInt("attempts"));
    }
}
