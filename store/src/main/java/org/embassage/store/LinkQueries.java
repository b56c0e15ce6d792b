package org.embassage.store;

import java.util.List;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register.Lane;
import org.embassage.exchange.port.Carrier.Transport;

/** Reads what is known of links to peers, and what waits for them. */
final class LinkQueries {

    private static final String WAITS = " WHERE o.peer = :peer AND o.transport = :transport AND o.ended_at IS NULL";

    private final Database database;
    private final ContentReader contents;

    LinkQueries(Database database, ContentReader contents) {
        this.database = database;
        this.contents = contents;
    }

    List<LinkState> links() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT * FROM link ORDER BY peer, transport")
                        .map((row, context) -> new LinkState(
                                Rows.gateway(row, "peer"),
                                Transport.valueOf(row.getString("transport")),
                                Rows.truth(row, "is_open"),
                                Rows.time(row, "since"),
                                row.getInt("failures"),
                                Rows.time(row, "next_try")))
                        .list());
    }

    List<Lane> lanes(GatewayId peer, Transport transport) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT DISTINCT e.agreement_id, e.agreement_version, e.agreement_digest,"
                                + " e.clause FROM outbox o JOIN exchange e ON e.id = o.exchange_id" + WAITS
                                + " AND o.kind = 'MESSAGE' AND e.closed = 0")
                        .bind("peer", peer.value())
                        .bind("transport", transport.name())
                        .map((row, context) -> new Lane(Rows.agreement(row), row.getString("clause")))
                        .list());
    }

    boolean movable(GatewayId peer, Transport transport) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT 1 FROM outbox o" + WAITS
                                + " AND (o.kind <> 'MESSAGE' OR o.home <> o.transport) LIMIT 1")
                        .bind("peer", peer.value())
                        .bind("transport", transport.name())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent());
    }

    int carried(ExchangeId exchange) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                "SELECT COALESCE(SUM(carried), 0) FROM outbox WHERE exchange_id = :exchange"
                                        + " AND kind = 'MESSAGE'")
                        .bind("exchange", exchange.toString())
                        .mapTo(Integer.class)
                        .one());
    }

    List<OutboxEntry> probes(GatewayId peer, Transport transport, int limit) {
        List<LeasedRow> rows = Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT " + LeasedRow.COLUMNS + " FROM outbox WHERE peer = :peer"
                                + " AND ended_at IS NULL AND (transport = :transport OR home = :transport)"
                                + " ORDER BY attempts, priority, queued_at LIMIT :limit")
                        .bind("peer", peer.value())
                        .bind("transport", transport.name())
                        .bind("limit", limit)
                        .map((row, context) -> LeasedRow.read(row))
                        .list());
        return rows.stream()
                .map(row -> row.entry().with(contents.content(row.contentId())))
                .toList();
    }
}
