package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/** The domain's values out of columns. */
final class Rows {

    private static final Priority[] PRIORITIES = Priority.values();

    private Rows() {}

    static Optional<String> text(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Instant time(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    static Optional<Instant> timeIfAny(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static boolean truth(ResultSet row, String column) throws SQLException {
        return row.getInt(column) != 0;
    }

    static Digest digest(ResultSet row, String column) throws SQLException {
        return Digest.of(row.getBytes(column));
    }

    static GatewayId gateway(ResultSet row, String column) throws SQLException {
        return new GatewayId(row.getString(column));
    }

    static ExchangeId exchange(ResultSet row, String column) throws SQLException {
        return ExchangeId.parse(row.getString(column));
    }

    static Optional<ExchangeId> exchangeIfAny(ResultSet row, String column) throws SQLException {
        return text(row, column).map(ExchangeId::parse);
    }

    static Optional<EvidenceId> receiptIfAny(ResultSet row, String column) throws SQLException {
        return text(row, column).map(EvidenceId::parse);
    }

    static DropId drop(ResultSet row, String column) throws SQLException {
        return DropId.parse(row.getString(column));
    }

    static Priority priority(ResultSet row) throws SQLException {
        return PRIORITIES[row.getInt("priority")];
    }

    static AgreementRef agreement(ResultSet row) throws SQLException {
        return new AgreementRef(
                row.getString("agreement_id"), row.getInt("agreement_version"), digest(row, "agreement_digest"));
    }

    static Optional<Fault> fault(ResultSet row) throws SQLException {
        Optional<String> field = text(row, "fault_field");
        Optional<String> clause = text(row, "fault_clause");
        return text(row, "fault_code").map(code -> new Fault(FaultCode.valueOf(code), field, clause));
    }
}
