package org.embassage.store;

import java.sql.SQLException;
import java.util.Set;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a database's failures into ours. Their texts may quote values, so only their codes are kept. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final int SQLITE_CORRUPT = 11;
    private static final int SQLITE_NOTADB = 26;
    private static final Set<String> POSTGRES_CORRUPTED = Set.of("XX001", "XX002");

    private Failures() {}

    static Broken unavailable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Broken broken) {
                return broken;
            }
            if (t instanceof SQLException sql) {
                LOG.error("store unavailable: SQLSTATE {} code {}", sql.getSQLState(), sql.getErrorCode());
                return new Broken(isDamage(sql) ? FaultCode.STORE_DAMAGED : FaultCode.STORE_UNAVAILABLE);
            }
        }
        LOG.error("store unavailable: {}", failure.getClass().getName());
        return new Broken(FaultCode.STORE_UNAVAILABLE);
    }

    /** SQLite: CORRUPT and NOTADB, with their extended codes. PostgreSQL: data_corrupted, index_corrupted. */
    private static boolean isDamage(SQLException failure) {
        int code = failure.getErrorCode() & 0xff;
        String state = failure.getSQLState();
        return state == null ? code == SQLITE_CORRUPT || code == SQLITE_NOTADB : POSTGRES_CORRUPTED.contains(state);
    }

    /** Whether the database undid a transaction only because of another one, so that trying again helps. */
    static boolean isCollision(SQLException failure) {
        String state = failure.getSQLState();
        return "40001".equals(state) || "40P01".equals(state);
    }
}
