package org.embassage.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.jdbi.v3.core.Jdbi;

/** PostgreSQL, which several nodes of one gateway may share. */
final class PostgresDatabase implements Database {

    private static final int CONNECTIONS = 8;
    private static final int TRIES = 5;

    private final HikariDataSource pool;
    private final Jdbi reads;
    private final boolean readOnly;

    private PostgresDatabase(HikariDataSource pool, boolean readOnly) {
        this.pool = pool;
        this.reads = Jdbi.create(pool);
        this.readOnly = readOnly;
    }

    static PostgresDatabase open(StoreSettings settings) {
        PostgresDatabase database = new PostgresDatabase(pool(settings), settings.readOnly());
        try {
            if (settings.readOnly()) {
                Migrations.check(database.reads);
            } else {
                database.requireFsync();
                Migrations.migrate(database.pool, Dialect.POSTGRESQL);
            }
            return database;
        } catch (Broken failed) {
            database.close();
            throw failed;
        }
    }

    private static HikariDataSource pool(StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store");
        config.setJdbcUrl(settings.url());
        settings.user().ifPresent(config::setUsername);
        settings.password().ifPresent(config::setPassword);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setReadOnly(settings.readOnly());
        // A server that was told to answer before its disk has the commit would make our receipts lie.
        config.setConnectionInitSql("SET synchronous_commit = on");
        config.addDataSourceProperty("ApplicationName", "embassage");
        config.addDataSourceProperty("logServerErrorDetail", "false"); // details quote values
        config.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(config);
        } catch (RuntimeException failed) {
            throw Failures.unavailable(failed);
        }
    }

    /** Nothing is durable on a server that never flushes. */
    private void requireFsync() {
        String fsync = Reads.of(
                reads,
                handle -> handle.createQuery("SHOW fsync").mapTo(String.class).one());
        if (!fsync.equals("on")) {
            throw new Broken(FaultCode.STORE_NOT_DURABLE);
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    public Jdbi reads() {
        return reads;
    }

    @Override
    public <T> T write(Work<T> work) {
        if (readOnly) {
            throw new IllegalStateException("the store was opened to read only");
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return inTransaction(work);
            } catch (SQLException failed) {
                if (attempt == TRIES || !Failures.isCollision(failed)) {
                    throw Failures.unavailable(failed);
                }
            }
        }
    }

    /** The lock belongs to a connection of its own and is the server's to free however the process dies. */
    @Override
    public boolean alone(long number, BooleanSupplier work) {
        try (Connection connection = pool.getConnection()) {
            if (!asked(connection, "SELECT pg_try_advisory_lock(?)", number)) {
                return false;
            }
            boolean freed = false;
            try {
                return work.getAsBoolean();
            } finally {
                try {
                    freed = asked(connection, "SELECT pg_advisory_unlock(?)", number);
                } finally {
                    if (!freed) {
                        pool.evictConnection(connection);
                    }
                }
            }
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        }
    }

    private static boolean asked(Connection connection, String question, long number) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setLong(1, number);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** Takes deleted rows out of their pages; old pages and write-ahead segments are the server's to reuse. */
    @Override
    public void scrub() {
        try (Connection connection = pool.getConnection();
                Session session = new Session(connection, Dialect.POSTGRESQL)) {
            session.execute("VACUUM content_key");
            session.execute("VACUUM content");
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        Connection connection = pool.getConnection();
        try (Session session = new Session(connection, Dialect.POSTGRESQL)) {
            boolean done = false;
            session.begin();
            try {
                T result = work.in(session);
                session.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    undo(session, connection);
                }
            }
        }
    }

    /** A connection that cannot even roll back does not go back to the pool. */
    private void undo(Session session, Connection connection) {
        try {
            session.rollback();
        } catch (SQLException broken) {
            pool.evictConnection(connection);
        }
    }

    @Override
    public void copyTo(Path file, String backup, Instant at) {
        throw new IllegalStateException("PostgreSQL is copied by its own tools");
    }

    @Override
    public void close() {
        pool.close();
    }
}
