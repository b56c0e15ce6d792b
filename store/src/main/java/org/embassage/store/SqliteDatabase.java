package org.embassage.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * The embedded database: a file in write-ahead mode that is fsynced on every commit, one writing connection that keeps
 * its prepared statements, a pool of read-only ones.
 */
final class SqliteDatabase implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(SqliteDatabase.class);
    private static final int READERS = 4;
    private static final int PAGE_OCTETS = 8192;

    private final Optional<WriterLock> writerLock;
    private final SQLiteDataSource writes;
    private final HikariDataSource readers;
    private final Jdbi reads;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Session> session = Optional.empty();

    private SqliteDatabase(String url, Optional<WriterLock> writerLock) {
        this.writerLock = writerLock;
        this.writes = source(url, false);
        this.readers = readers(url);
        this.reads = Jdbi.create(readers);
    }

    static SqliteDatabase open(StoreSettings settings) {
        Path file = Path.of(settings.url().substring(StoreSettings.SQLITE.length()));
        if (settings.readOnly()) {
            if (!Files.exists(file)) {
                throw new Broken(FaultCode.STORE_UNAVAILABLE);
            }
            return checked(new SqliteDatabase(settings.url(), Optional.empty()));
        }
        WriterLock lock = WriterLock.take(file);
        try {
            createPrivately(file);
            Migrations.migrate(source(settings.url(), false), Dialect.SQLITE);
            return new SqliteDatabase(settings.url(), Optional.of(lock));
        } catch (RuntimeException | Error failed) {
            lock.close();
            throw failed;
        }
    }

    private static SqliteDatabase checked(SqliteDatabase database) {
        try {
            Migrations.check(database.reads);
            return database;
        } catch (Broken failed) {
            database.close();
            throw failed;
        }
    }

    /** SQLite gives its {@code -wal} and {@code -shm} the permissions of the file. */
    private static void createPrivately(Path file) {
        if (Files.exists(file)) {
            return;
        }
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (IOException failed) {
            throw Failures.unavailable(failed);
        }
    }

    private static SQLiteDataSource source(String url, boolean readOnly) {
        SQLiteConfig config = new SQLiteConfig();
        config.setPageSize(PAGE_OCTETS);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setTempStore(SQLiteConfig.TempStore.MEMORY);
        config.setPragma(SQLiteConfig.Pragma.SECURE_DELETE, "true"); // deleted content is overwritten with zeros
        config.setBusyTimeout(10_000);
        config.setReadOnly(readOnly);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static HikariDataSource readers(String url) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store-readers");
        config.setDataSource(source(url, true));
        config.setMaximumPoolSize(READERS);
        config.setMinimumIdle(1);
        config.setReadOnly(true);
        config.setConnectionTimeout(10_000);
        config.setInitializationFailTimeout(-1); // the first read tells
        return new HikariDataSource(config);
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public Jdbi reads() {
        return reads;
    }

    @Override
    public <T> T write(Work<T> work) {
        if (writerLock.isEmpty()) {
            throw new IllegalStateException("the store was opened to read only");
        }
        turn.lock();
        try {
            return inTransaction(work);
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        } finally {
            turn.unlock();
        }
    }

    /** There is one process on the file, and its one caller takes turns. */
    @Override
    public boolean alone(long number, BooleanSupplier work) {
        return work.getAsBoolean();
    }

    /** Empties the write-ahead log, whose older frames may hold what was deleted since. */
    @Override
    public void scrub() {
        turn.lock();
        try {
            boolean busy = session()
                            .query("PRAGMA wal_checkpoint(TRUNCATE)", row -> row.getInt(1))
                            .get(0)
                    != 0;
            if (busy) {
                LOG.info("event=LogNotTruncated readers are at work; the next checkpoint reuses it");
            }
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        } finally {
            turn.unlock();
        }
    }

    /** VACUUM INTO copies one consistent state and leaves out what was deleted. */
    @Override
    public void copyTo(Path file, String backup, Instant at) {
        createPrivately(file);
        try (java.sql.Connection connection = writes.getConnection();
                java.sql.PreparedStatement copy = connection.prepareStatement("VACUUM INTO ?")) {
            copy.setString(1, file.toString());
            copy.execute();
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        }
        // in write-ahead mode like any store, so that commands can read it before the first run
        try (java.sql.Connection connection =
                        source(StoreSettings.SQLITE + file, false).getConnection();
                java.sql.PreparedStatement mark =
                        connection.prepareStatement("INSERT INTO store_copy (backup, at, size)"
                                + " SELECT ?, ?, size FROM ledger_head WHERE id = 1")) {
            mark.setString(1, backup);
            mark.setLong(2, at.toEpochMilli());
            mark.executeUpdate();
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        }
    }

    private <T> T inTransaction(Work<T> work) throws SQLException {
        Session open = session();
        boolean done = false;
        open.begin();
        try {
            T result = work.in(open);
            open.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                undo(open);
            }
        }
    }

    private Session session() throws SQLException {
        if (session.isEmpty()) {
            session = Optional.of(new Session(writes.getConnection(), Dialect.SQLITE));
        }
        return session.get();
    }

    /** A connection that cannot even roll back is thrown away; the next transaction opens another. */
    private void undo(Session open) {
        try {
            open.rollback();
        } catch (SQLException broken) {
            session = Optional.empty();
            discard(open);
        }
    }

    private static void discard(Session open) {
        try {
            open.close();
        } catch (SQLException failed) {
            throw Failures.unavailable(failed);
        }
    }

    @Override
    public void close() {
        turn.lock();
        try {
            readers.close();
            session.ifPresent(SqliteDatabase::discard);
            session = Optional.empty();
        } finally {
            writerLock.ifPresent(WriterLock::close);
            turn.unlock();
        }
    }
}
