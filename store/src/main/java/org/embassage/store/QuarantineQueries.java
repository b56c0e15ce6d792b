package org.embassage.store;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Register.QuarantineView;

/** Reads the quarantine, and what became of orders. */
final class QuarantineQueries {

    private static final String ITEM = "SELECT q.*, d.word, k.epoch, k.wrapped FROM quarantine q"
            + " LEFT JOIN quarantine_decision d ON d.quarantine_id = q.id"
            + " LEFT JOIN content_key k ON k.id = 'quarantine/' || q.id ";

    private final Database database;
    private final ContentReader contents;

    QuarantineQueries(Database database, ContentReader contents) {
        this.database = database;
        this.contents = contents;
    }

    List<QuarantineView> newest(int limit) {
        return list("ORDER BY q.at DESC, q.id DESC LIMIT :limit", Map.of("limit", limit));
    }

    Map<FaultCode, Long> waiting() {
        Map<FaultCode, Long> counts = new EnumMap<>(FaultCode.class);
        Reads.of(
                        database.reads(),
                        handle -> handle.createQuery("SELECT q.fault_code, COUNT(*) AS items FROM quarantine q"
                                        + " LEFT JOIN quarantine_decision d ON d.quarantine_id = q.id"
                                        + " WHERE d.quarantine_id IS NULL GROUP BY q.fault_code")
                                .map((row, context) ->
                                        Map.entry(FaultCode.valueOf(row.getString("fault_code")), row.getLong("items")))
                                .list())
                .forEach(count -> counts.put(count.getKey(), count.getValue()));
        return counts;
    }

    Optional<QuarantineView> one(String id) {
        return list("WHERE q.id = :id", Map.of("id", id)).stream().findFirst();
    }

    List<String> releases(String id) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                "SELECT officer FROM quarantine_release WHERE quarantine_id = :id ORDER BY at, officer")
                        .bind("id", id)
                        .mapTo(String.class)
                        .list());
    }

    Optional<String> orderAnswer(EvidenceId order) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery("SELECT answer FROM order_done WHERE id = :id")
                        .bind("id", order.toString())
                        .mapTo(String.class)
                        .findOne());
    }

    private List<QuarantineView> list(String condition, Map<String, ?> values) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(ITEM + condition)
                        .bindMap(values)
                        .map((row, context) -> view(row))
                        .list());
    }

    private QuarantineView view(ResultSet row) throws SQLException {
        return new QuarantineView(
                row.getString("id"),
                Rows.fault(row).orElseGet(() -> Fault.of(FaultCode.STORE_DAMAGED)),
                detail(row),
                Rows.text(row, "peer").map(GatewayId::new),
                Rows.exchangeIfAny(row, "exchange_id"),
                Rows.text(row, "drop_id").map(DropId::parse),
                Rows.time(row, "at"),
                row.getInt("bytes"),
                Rows.text(row, "word"));
    }

    /** @return nothing if there was none, or if it was erased */
    private Optional<String> detail(ResultSet row) throws SQLException {
        Optional<byte[]> sealed = Optional.ofNullable(row.getBytes("detail"));
        Optional<String> epoch = Rows.text(row, "epoch");
        if (sealed.isEmpty() || epoch.isEmpty()) {
            return Optional.empty();
        }
        String id = row.getString("id");
        WrappedKey key = new WrappedKey(ContentIds.quarantine(id), epoch.get(), row.getBytes("wrapped"));
        byte[] clear = contents.decrypt(ContentIds.quarantineDetail(id), key, sealed.get());
        return Optional.of(new String(clear, StandardCharsets.UTF_8));
    }
}
