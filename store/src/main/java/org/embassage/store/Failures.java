package org.embassage.store;

import java.sql.SQLException;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a database's failures into ours. Their texts may quote values, so only their codes are kept. */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static Broken unavailable(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof Broken broken) {
                return broken;
            }
            if (t instanceof SQLException sql) {
                LOG.error("store unavailable: SQLSTATE {} code {}", sql.getSQLState(), sql.getErrorCode());
                return new Broken(FaultCode.STORE_UNAVAILABLE);
            }
        }
        LOG.error("store unavailable: {}", failure.getClass().getName());
        return new Broken(FaultCode.STORE_UNAVAILABLE);
    }

    /** Whether the database undid a transaction only because of another one, so that trying again helps. */
    static boolean isCollision(SQLException failure) {
        String state = failure.getSQLState();
        return "40001".equals(state) || "40P01".equals(state);
    }
}
