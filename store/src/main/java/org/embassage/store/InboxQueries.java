package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.port.Carrier.Transport;

/** Reads the inbox. */
final class InboxQueries {

    private static final String INBOX = "SELECT * FROM inbox ";

    private final Database database;

    InboxQueries(Database database) {
        this.database = database;
    }

    List<InboxView> all(ExchangeId exchange) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(INBOX + "WHERE exchange_id = :exchange ORDER BY received_at, peer")
                        .bind("exchange", exchange.toString())
                        .map((row, context) -> view(row))
                        .list());
    }

    List<InboxView> newest(Optional<InboxState> state, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(
                                INBOX + state.map(s -> "WHERE state = :state ").orElse("")
                                        + "ORDER BY received_at DESC, exchange_id DESC LIMIT :limit")
                        .bindMap(state.<Map<String, Object>>map(s -> Map.of("state", s.name()))
                                .orElse(Map.of()))
                        .bind("limit", limit)
                        .map((row, context) -> view(row))
                        .list());
    }

    List<InboxView> mostUrgent(InboxState state, Collection<AgreementRef> except, int limit) {
        Map<String, Object> values = new HashMap<>();
        StringBuilder others = new StringBuilder();
        for (AgreementRef agreement : except) {
            int number = values.size();
            others.append("AND NOT (agreement_id = :id").append(number);
            others.append(" AND agreement_version = :version").append(number);
            others.append(" AND agreement_digest = :digest").append(number).append(") ");
            values.put("id" + number, agreement.id());
            values.put("version" + number, agreement.version());
            values.put("digest" + number, agreement.digest().bytes());
        }
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(INBOX + "WHERE state = :state " + others
                                + "ORDER BY priority, received_at, exchange_id LIMIT :limit")
                        .bind("state", state.name())
                        .bindMap(values)
                        .bind("limit", limit)
                        .map((row, context) -> view(row))
                        .list());
    }

    List<InboxView> expired(InboxState state, Instant before, int limit) {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(INBOX + "WHERE state = :state AND expires_at < :before"
                                + " ORDER BY expires_at, exchange_id LIMIT :limit")
                        .bind("state", state.name())
                        .bind("before", before.toEpochMilli())
                        .bind("limit", limit)
                        .map((row, context) -> view(row))
                        .list());
    }

    Map<InboxState, Long> counts() {
        return SqlRegister.counts(
                InboxState.class,
                Reads.of(
                        database.reads(),
                        handle -> handle.createQuery("SELECT state, COUNT(*) AS n FROM inbox GROUP BY state")
                                .reduceResultSet(new HashMap<>(), (found, row, context) -> {
                                    found.put(row.getString("state"), row.getLong("n"));
                                    return found;
                                })));
    }

    private static InboxView view(ResultSet row) throws SQLException {
        boolean refused = row.getString("state").equals(InboxChanges.REFUSED);
        Optional<Fault> fault = Rows.fault(row);
        return new InboxView(
                Rows.gateway(row, "peer"),
                Rows.exchange(row, "exchange_id"),
                Rows.digest(row, "outer_digest"),
                Rows.digest(row, "inner_digest"),
                refused ? Optional.empty() : Optional.of(accepted(row, fault)),
                refused ? fault : Optional.empty());
    }

    private static InboxView.Accepted accepted(ResultSet row, Optional<Fault> fault) throws SQLException {
        return new InboxView.Accepted(
                row.getString("kind"),
                row.getString("schema_version"),
                Rows.priority(row),
                row.getLong("sequence"),
                Rows.agreement(row),
                row.getString("clause"),
                Rows.time(row, "submitted_at"),
                Rows.time(row, "expires_at"),
                Rows.time(row, "received_at"),
                Transport.valueOf(row.getString("via")),
                Rows.digest(row, "manifest_digest"),
                Rows.exchangeIfAny(row, "supersedes"),
                InboxState.valueOf(row.getString("state")),
                Rows.time(row, "state_since"),
                Rows.text(row, "file_name"),
                fault);
    }
}
