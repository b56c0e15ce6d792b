package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.journal.Register.DropView;

/** Reads drops. */
final class DropQueries {

    private static final String DROP = "SELECT id, feed, opened_at, records, done, closed_at, refused FROM drop_taken ";

    private final Database database;

    DropQueries(Database database) {
        this.database = database;
    }

    Optional<DropView> drop(DropId drop) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(DROP + "WHERE id = :id")
                        .bind("id", drop.toString())
                        .map((row, context) -> view(row))
                        .findOne());
    }

    List<DropView> open() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(DROP + "WHERE closed_at IS NULL ORDER BY opened_at, id")
                        .map((row, context) -> view(row))
                        .list());
    }

    List<DropView> open(Instant since) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                DROP + "WHERE closed_at IS NULL AND opened_at >= :since ORDER BY opened_at, id")
                        .bind("since", since.toEpochMilli())
                        .map((row, context) -> view(row))
                        .list());
    }

    List<ResultLine> results(DropId drop) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT record_index, line, byte_offset, fault_code, fault_field,"
                                + " fault_clause, exchange_id, receipt_id FROM result_line WHERE drop_id = :drop"
                                + " ORDER BY byte_offset, line, seq")
                        .bind("drop", drop.toString())
                        .map((row, context) -> line(row))
                        .list());
    }

    Optional<ExchangeId> claimed(FeedId feed, Digest identity, GatewayId recipient) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT exchange_id FROM intake_claim"
                                + " WHERE feed = :feed AND identity = :identity AND recipient = :recipient")
                        .bind("feed", feed.value())
                        .bind("identity", identity.bytes())
                        .bind("recipient", recipient.value())
                        .map((row, context) -> Rows.exchange(row, "exchange_id"))
                        .findOne());
    }

    private static DropView view(ResultSet row) throws SQLException {
        return new DropView(
                Rows.drop(row, "id"),
                new FeedId(row.getString("feed")),
                Rows.time(row, "opened_at"),
                row.getInt("records"),
                row.getInt("done"),
                Rows.text(row, "closed_at").isPresent(),
                Rows.truth(row, "refused"));
    }

    private static ResultLine line(ResultSet row) throws SQLException {
        return new ResultLine(
                Rows.text(row, "record_index").map(Integer::valueOf),
                row.getInt("line"),
                row.getLong("byte_offset"),
                Rows.fault(row),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.receiptIfAny(row, "receipt_id"));
    }
}
