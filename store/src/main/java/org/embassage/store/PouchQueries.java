package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register.PouchView;
import org.embassage.exchange.journal.Register.TakenPouch;

/** Reads what waits for a peer whatever the transport, and what is known of pouches. */
final class PouchQueries {

    private static final String ANY = "";

    private final Database database;
    private final ContentReader contents;

    PouchQueries(Database database, ContentReader contents) {
        this.database = database;
        this.contents = contents;
    }

    List<OutboxEntry> waiting(GatewayId peer) {
        List<LeasedRow> rows = Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                "SELECT " + LeasedRow.COLUMNS + " FROM outbox WHERE peer = :peer AND ended_at IS NULL")
                        .bind("peer", peer.value())
                        .map((row, context) -> LeasedRow.read(row))
                        .list());
        return rows.stream().sorted(LeasedRow.ORDER).map(LeasedRow::entry).toList();
    }

    Content content(String outboxId) {
        return contents.content(Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT content_id FROM outbox WHERE id = :id")
                        .bind("id", outboxId)
                        .mapTo(String.class)
                        .one()));
    }

    List<PouchView> packed(Optional<GatewayId> peer, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT * FROM pouch WHERE :peer = '' OR peer = :peer"
                                + " ORDER BY at DESC, number DESC LIMIT :limit")
                        .bind("peer", peer.map(GatewayId::value).orElse(ANY))
                        .bind("limit", limit)
                        .map((row, context) -> view(row))
                        .list());
    }

    List<TakenPouch> taken(Optional<GatewayId> peer, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT * FROM pouch_taken WHERE :peer = '' OR peer = :peer"
                                + " ORDER BY seq DESC LIMIT :limit")
                        .bind("peer", peer.map(GatewayId::value).orElse(ANY))
                        .bind("limit", limit)
                        .map((row, context) -> new TakenPouch(
                                Rows.gateway(row, "peer"),
                                row.getLong("number"),
                                Rows.time(row, "at"),
                                Rows.digest(row, "manifest"),
                                Rows.truth(row, "whole")))
                        .list());
    }

    Optional<PouchView> of(ExchangeId exchange) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT p.* FROM pouch p JOIN pouch_item i ON i.peer = p.peer"
                                + " AND i.number = p.number JOIN outbox o ON o.id = i.outbox_id"
                                + " WHERE o.exchange_id = :exchange AND o.kind = 'MESSAGE' AND o.ended_at IS NULL"
                                + " ORDER BY p.number DESC LIMIT 1")
                        .bind("exchange", exchange.toString())
                        .map((row, context) -> view(row))
                        .findOne());
    }

    private static PouchView view(ResultSet row) throws SQLException {
        return new PouchView(
                Rows.gateway(row, "peer"),
                row.getLong("number"),
                Rows.time(row, "at"),
                Rows.digest(row, "manifest"),
                row.getInt("bundles"),
                row.getLong("octets"),
                row.getInt("items"),
                Rows.timeIfAny(row, "confirmed_at"));
    }
}
