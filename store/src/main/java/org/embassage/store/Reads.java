package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** Reads through Jdbi; its failures, whose texts quote statements, never leave. */
final class Reads {

    private Reads() {}

    /** Makes a value of the row at which the result stands. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** All rows of a statement with named parameters, in its order. */
    static <T> List<T> list(Jdbi jdbi, String sql, Map<String, ?> values, Reader<T> reader) {
        return of(
                jdbi,
                handle -> handle.createQuery(sql)
                        .bindMap(values)
                        .map((row, context) -> reader.read(row))
                        .list());
    }

    static <T> T of(Jdbi jdbi, Function<Handle, T> read) {
        try (Handle handle = jdbi.open()) {
            return read.apply(handle);
        } catch (JdbiException failed) {
            throw Failures.unavailable(failed);
        }
    }
}
