package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.UUID;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/**
 * An outbox row whose content is not read yet.
 *
 * @param entry with an empty content
 */
record LeasedRow(OutboxEntry entry, String contentId) {

    private static final UUID NONE = new UUID(0, 0);

    /** Most urgent first, then oldest; of those that were put at once, each message right before what is said of it. */
    static final Comparator<LeasedRow> ORDER = Comparator.comparing(
                    (LeasedRow row) -> row.entry().priority())
            .thenComparing(row -> row.entry().queued())
            .thenComparing(row -> row.entry().exchange().map(ExchangeId::value).orElse(NONE))
            .thenComparing(row -> row.entry().kind())
            .thenComparing(row -> row.entry().id());

    /** What has waited longest first. */
    static final Comparator<LeasedRow> OLDEST =
            Comparator.comparing((LeasedRow row) -> row.entry().queued()).thenComparing(ORDER);

    /** What a statement must return. */
    static final String COLUMNS = "id, peer, kind, transport, priority, exchange_id, receipt_id, attempts, queued_at,"
            + " next_at, content_id, carried";

    private static final Content NOT_READ = new Content(new byte[0]);

    static LeasedRow read(ResultSet row) throws SQLException {
        OutboxEntry entry = new OutboxEntry(
                row.getString("id"),
                Rows.gateway(row, "peer"),
                ItemKind.valueOf(row.getString("kind")),
                Transport.valueOf(row.getString("transport")),
                Rows.priority(row),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.receiptIfAny(row, "receipt_id"),
                row.getInt("attempts"),
                Rows.time(row, "queued_at"),
                Rows.time(row, "next_at"),
                NOT_READ,
                row.getInt("carried"));
        return new LeasedRow(entry, row.getString("content_id"));
    }
}
