package org.embassage.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.exchange.journal.StepResult;
import org.embassage.store.StepPlan.Planned;

/**
 * Writes many steps in one transaction.
 *
 * <p>Conflicts are rare, so all steps are first written at once, their statements batched table by table; the order
 * within a table stays. If one finds a conflict, the transaction starts afresh, each step in a savepoint.
 */
final class StepWriter {

    private static final String GROW = "UPDATE ledger_head SET size = size + ? WHERE id = 1 RETURNING size";
    private static final String LEAF = "INSERT INTO ledger_leaf (idx, hash, text, receipt_id) VALUES (?, ?, ?, ?)";

    private StepWriter() {}

    /** @return one result for each plan, in order; the caller commits */
    static List<StepResult> write(Session session, List<StepPlan> plans) throws SQLException {
        List<Optional<StepResult.Kind>> conflicts = new ArrayList<>();
        if (atOnce(session, plans)) {
            plans.forEach(plan -> conflicts.add(Optional.empty()));
        } else {
            session.restart();
            for (StepPlan plan : plans) {
                conflicts.add(inSavepoint(session, plan));
            }
        }
        return appendLeaves(session, plans, conflicts);
    }

    /** @return whether there was no conflict */
    private static boolean atOnce(Session session, List<StepPlan> plans) throws SQLException {
        Map<String, List<Run>> tables = new LinkedHashMap<>();
        for (StepPlan plan : plans) {
            for (Planned planned : plan.changes()) {
                List<Run> runs = tables.computeIfAbsent(planned.change().table(), table -> new ArrayList<>());
                if (runs.isEmpty() || !runs.get(runs.size() - 1).change.equals(planned.change())) {
                    runs.add(new Run(planned.change()));
                }
                runs.get(runs.size() - 1).rows.add(planned.args());
            }
        }
        moveLast(tables, "content_key");
        moveLast(tables, "content");
        for (List<Run> runs : tables.values()) {
            for (Run run : runs) {
                if (!run.write(session)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Contents are named after what they belong to: whether that conflicts must be known before. */
    private static void moveLast(Map<String, List<Run>> tables, String table) {
        List<Run> runs = tables.remove(table);
        if (runs != null) {
            tables.put(table, runs);
        }
    }

    /** Consecutive changes of one table by the same statement. */
    private static final class Run {
        private final Change change;
        private final List<Object[]> rows = new ArrayList<>();

        Run(Change change) {
            this.change = change;
        }

        boolean write(Session session) throws SQLException {
            for (int changed : session.batch(change.sql(), rows)) {
                if (changed == 0 && change.conflict().isPresent()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** @return the conflict, after which nothing of the step is left */
    private static Optional<StepResult.Kind> inSavepoint(Session session, StepPlan plan) throws SQLException {
        session.execute("SAVEPOINT step");
        for (Planned planned : plan.changes()) {
            int changed = session.update(planned.change().sql(), planned.args());
            if (changed == 0 && planned.change().conflict().isPresent()) {
                session.execute("ROLLBACK TO SAVEPOINT step");
                session.execute("RELEASE SAVEPOINT step");
                return planned.change().conflict();
            }
        }
        session.execute("RELEASE SAVEPOINT step");
        return Optional.empty();
    }

    /** Comes last, because the head's lock holds up every other writer until the commit. */
    private static List<StepResult> appendLeaves(
            Session session, List<StepPlan> plans, List<Optional<StepResult.Kind>> conflicts) throws SQLException {
        int count = 0;
        for (int i = 0; i < plans.size(); i++) {
            count += conflicts.get(i).isEmpty() ? plans.get(i).leaves().size() : 0;
        }
        long index = count == 0 ? 0 : grow(session, count);
        List<Object[]> rows = new ArrayList<>();
        List<StepResult> results = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            if (conflicts.get(i).isPresent()) {
                results.add(new StepResult.Conflict(conflicts.get(i).get()));
                continue;
            }
            List<Long> indexes = new ArrayList<>();
            for (StepPlan.Leaf leaf : plans.get(i).leaves()) {
                rows.add(leaf.args(index));
                indexes.add(index++);
            }
            results.add(new StepResult.Committed(indexes));
        }
        insert(session, rows);
        return results;
    }

    private static void insert(Session session, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        for (int changed : session.batch(LEAF, rows)) {
            if (changed != 1) {
                throw new SQLException("a leaf was not written");
            }
        }
    }

    /** @return the index of the first of {@code count} new leaves */
    private static long grow(Session session, int count) throws SQLException {
        List<Long> size = session.query(GROW, row -> row.getLong(1), count);
        return size.get(0) - count;
    }
}
