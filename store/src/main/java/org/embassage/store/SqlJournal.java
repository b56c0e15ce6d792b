package org.embassage.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.port.Carrier.Transport;

/** The write port over a database. */
final class SqlJournal implements Journal {

    private static final String RESERVE = "INSERT INTO sequence_head (peer, next) VALUES (?, ?)"
            + " ON CONFLICT (peer) DO UPDATE SET next = sequence_head.next + ? RETURNING next";

    private final Database database;
    private final Planner planner;
    private final CommitQueue queue;
    private final ContentReader contents;
    private final String leaseUrgent;
    private final String leaseOldest;

    SqlJournal(Database database, Planner planner, ContentReader contents) {
        this.database = database;
        this.planner = planner;
        this.queue = new CommitQueue(database);
        this.contents = contents;
        this.leaseUrgent = leaseSql("priority, queued_at");
        this.leaseOldest = leaseSql("queued_at, priority");
    }

    private String leaseSql(String order) {
        return "WITH due AS MATERIALIZED (" + dueSql(order, database.dialect().skipLocked())
                + ") UPDATE outbox SET next_at = ? WHERE id IN (SELECT id FROM due)" + " RETURNING "
                + LeasedRow.COLUMNS;
    }

    /** What no pause explains is due too: a clock was set back (docs/formats/store.md). */
    static String dueSql(String order, String locking) {
        return "SELECT id FROM outbox WHERE peer = ? AND transport = ? AND ended_at IS NULL AND (next_at <= ?"
                + " OR next_at > ? AND (carried = 0 OR tried_at > ? OR next_at > tried_at + ?))"
                + " ORDER BY " + order + " LIMIT ? " + locking;
    }

    @Override
    public List<StepResult> commit(List<StepOutcome> steps) {
        if (steps.isEmpty()) {
            return List.of();
        }
        return queue.commit(steps.stream().map(planner::plan).toList());
    }

    @Override
    public long reserveSequence(GatewayId peer, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("at least one number is reserved");
        }
        long next = database.write(session -> session.query(RESERVE, row -> row.getLong(1), peer, 1L + count, count)
                .get(0));
        return next - count;
    }

    @Override
    public List<OutboxEntry> lease(GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit) {
        return lease(leaseUrgent, LeasedRow.ORDER, peer, transport, now, leaseUntil, limit);
    }

    @Override
    public List<OutboxEntry> leaseOldest(
            GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit) {
        return lease(leaseOldest, LeasedRow.OLDEST, peer, transport, now, leaseUntil, limit);
    }

    private List<OutboxEntry> lease(
            String sql,
            Comparator<LeasedRow> order,
            GatewayId peer,
            Transport transport,
            Instant now,
            Instant until,
            int limit) {
        Instant soon = now.plus(LONGEST_UNCARRIED);
        long longest = LONGEST_CARRIED.toMillis();
        Leased leased = database.write(session -> {
            List<LeasedRow> rows = new ArrayList<>(
                    session.query(sql, LeasedRow::read, peer, transport, now, soon, soon, longest, limit, until));
            rows.sort(order); // RETURNING promises none
            List<String> ids = rows.stream().map(LeasedRow::contentId).toList();
            return new Leased(rows, contents.fetch(session, ids));
        });
        List<OutboxEntry> entries = new ArrayList<>();
        for (int i = 0; i < leased.rows.size(); i++) {
            entries.add(leased.rows.get(i).entry().with(contents.decrypt(leased.contents.get(i))));
        }
        return entries;
    }

    private record Leased(List<LeasedRow> rows, List<StoredContent> contents) {}
}
