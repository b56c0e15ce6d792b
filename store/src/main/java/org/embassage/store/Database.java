package org.embassage.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Jdbi;

/** One database: many readers, and writing transactions. Thread-safe. */
interface Database extends AutoCloseable {

    Dialect dialect();

    /** For reading only. */
    Jdbi reads();

    /**
     * Runs the work in one transaction and commits it durably.
     *
     * @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE; the work was undone, unless the connection was lost
     *     during the commit itself, where nobody can know: the caller repeats its step and meets a conflict if it stood
     */
    <T> T write(Work<T> work);

    /**
     * Does something while no other process on this database does what has the same number.
     *
     * @return what it returned; false, and nothing done, if another is at it
     */
    boolean alone(long number, BooleanSupplier work);

    /**
     * Overwrites what deleted rows left in the database's own files, as far as the database can. May leave some of it if
     * readers are at work.
     */
    void scrub();

    /** See {@link SqlStore#copyTo}. */
    void copyTo(Path file, String backup, Instant at);

    @Override
    void close();

    /** What is done in a transaction. May be run again after a collision with another node. */
    interface Work<T> {
        T in(Session session) throws SQLException;
    }
}
