package org.embassage.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One connection for writing, with its prepared statements, which live as long as the session. Used by one thread at a
 * time.
 *
 * <p>Transactions are begun and ended by statements: the SQLite driver's own way begins the next one right after a
 * commit, and so would hold the file's write lock for ever.
 */
final class Session implements AutoCloseable {

    private final Connection connection;
    private final String begin;
    private final Map<String, PreparedStatement> prepared = new HashMap<>();

    Session(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.begin = dialect.begin();
    }

    void begin() throws SQLException {
        execute(begin);
    }

    void commit() throws SQLException {
        execute("COMMIT");
    }

    void rollback() throws SQLException {
        execute("ROLLBACK");
    }

    /** Undoes everything and begins anew. */
    void restart() throws SQLException {
        rollback();
        begin();
    }

    /** Reads one row. */
    interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** @return how many rows changed */
    int update(String sql, Object... args) throws SQLException {
        PreparedStatement statement = prepare(sql);
        Values.bind(statement, args);
        return statement.executeUpdate();
    }

    /** @return for each of the rows of arguments, how many rows it changed */
    int[] batch(String sql, List<Object[]> rows) throws SQLException {
        if (rows.size() == 1) {
            return new int[] {update(sql, rows.get(0))};
        }
        PreparedStatement statement = prepare(sql);
        for (Object[] args : rows) {
            Values.bind(statement, args);
            statement.addBatch();
        }
        return statement.executeBatch();
    }

    <T> List<T> query(String sql, RowReader<T> reader, Object... args) throws SQLException {
        PreparedStatement statement = prepare(sql);
        Values.bind(statement, args);
        try (ResultSet rows = statement.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(reader.read(rows));
            }
            return found;
        }
    }

    /** A command without arguments and result. */
    void execute(String sql) throws SQLException {
        prepare(sql).execute();
    }

    private PreparedStatement prepare(String sql) throws SQLException {
        PreparedStatement statement = prepared.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            prepared.put(sql, statement);
        }
        return statement;
    }

    /** Closes the statements and the connection. */
    @Override
    public void close() throws SQLException {
        try {
            for (Statement statement : prepared.values()) {
                statement.close();
            }
        } finally {
            connection.close();
        }
    }
}
