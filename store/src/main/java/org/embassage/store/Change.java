package org.embassage.store;

import java.util.Optional;
import org.embassage.exchange.journal.StepResult;

/**
 * One statement that changes one table.
 *
 * @param table that it changes; statements on different tables never depend on each other
 * @param conflict what it means if it changes no row; absent if that is no conflict
 */
record Change(String table, String sql, Optional<StepResult.Kind> conflict) {

    /** A change that may find nothing to do. */
    static Change of(String table, String sql) {
        return new Change(table, sql, Optional.empty());
    }

    /** A change that must find a row, or a place for one. */
    static Change orConflict(StepResult.Kind conflict, String table, String sql) {
        return new Change(table, sql, Optional.of(conflict));
    }

    /** An insertion of so many columns. A row that is there already is an error. */
    static Change insert(String table, String columns) {
        return of(table, insertion(table, columns));
    }

    /** An insertion that conflicts with a row of the same key. */
    static Change insertOrConflict(StepResult.Kind conflict, String table, String key, String columns) {
        return orConflict(conflict, table, insertion(table, columns) + " ON CONFLICT (" + key + ") DO NOTHING");
    }

    private static String insertion(String table, String columns) {
        String marks = columns.replaceAll("[^,]+", "?");
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + marks + ")";
    }
}
