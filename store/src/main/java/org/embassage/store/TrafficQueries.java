package org.embassage.store;

import java.util.List;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Register.TrafficStop;

/** Reads with whom traffic is stopped. */
final class TrafficQueries {

    private static final String STOPS = "SELECT peer, at, cause, evidence FROM traffic t WHERE stopped = 1"
            + " AND seq = (SELECT MAX(seq) FROM traffic n WHERE n.peer = t.peer)"
            + " UNION ALL SELECT peer, since_at, '" + TrafficStop.RECOVERING + "', order_id FROM recovery r"
            + " WHERE recovered_at IS NULL"
            + " AND NOT EXISTS (SELECT 1 FROM traffic n WHERE n.peer = r.peer AND n.at >= r.since_at)"
            + " ORDER BY peer";

    private final Database database;

    TrafficQueries(Database database) {
        this.database = database;
    }

    List<TrafficStop> stops() {
        return Reads.of(
                database.reads(),
                handle -> handle.createQuery(STOPS)
                        .map((row, context) -> new TrafficStop(
                                new GatewayId(row.getString("peer")),
                                Rows.time(row, "at"),
                                row.getString("cause"),
                                EvidenceId.parse(row.getString("evidence"))))
                        .list());
    }
}
