package org.embassage.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Epochs;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.port.KeySource;

/**
 * The gateway's memory: exchange state, outbox, inbox, ledger and quarantine in one database, SQLite or PostgreSQL by
 * the same code.
 *
 * <p>Guarantees: what {@link Journal#commit} acknowledged survives the process and the power; contents touch the disk
 * encrypted only; leaves and receipts are only ever added. Does not guarantee: that somebody who may write to the
 * database cannot destroy it, or roll it back: the ledger's witnesses expose that.
 *
 * <p>Thread-safe. Close it once, last.
 */
public final class SqlStore implements AutoCloseable {

    private final Database database;
    private final Journal journal;
    private final Register register;
    private final SqlLedgerbook ledgerbook;
    private final Stampbook stampbook;
    private final Erasurebook erasurebook;
    private final Epochs epochs;

    private SqlStore(Database database, ContentVault vault) {
        ContentReader contents = new ContentReader(database, vault);
        this.database = database;
        this.journal = new SqlJournal(database, new Planner(vault, new SharedKey(database, vault)), contents);
        this.register = new SqlRegister(database, contents);
        this.ledgerbook = SqlLedgerbook.newest(database);
        this.stampbook = new SqlStampbook(database);
        this.erasurebook = new SqlErasurebook(database);
        this.epochs = new SqlEpochs(database, vault);
    }

    /** Opens a store with the platform's randomness. See {@link #open(StoreSettings, KeySource, SecureRandom)}. */
    public static SqlStore open(StoreSettings settings, KeySource keys) {
        return open(settings, keys, new SecureRandom());
    }

    /**
     * Opens the store. For writing, it makes or migrates the schema and, on SQLite, keeps every other process from
     * writing.
     *
     * @param keys has the epoch keys under which content keys are wrapped; asked on every commit and read
     * @param random for keys and nonces
     * @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE; STORE_IN_USE if another process has the SQLite file
     *     open for writing; STORE_VERSION if the schema is of another version, and cannot be or is not to be migrated;
     *     STORE_NOT_DURABLE if the PostgreSQL server runs without fsync; STORE_DAMAGED if the ledger lost its last leaves
     */
    public static SqlStore open(StoreSettings settings, KeySource keys, SecureRandom random) {
        Database database = settings.url().startsWith(StoreSettings.SQLITE)
                ? SqliteDatabase.open(settings)
                : PostgresDatabase.open(settings);
        return checked(new SqlStore(database, new ContentVault(keys, random)));
    }

    /** A ledger whose newest leaves are gone must not be continued. */
    private static SqlStore checked(SqlStore store) {
        try {
            if (!store.ledgerbook.isWhole()) {
                throw new Broken(FaultCode.STORE_DAMAGED);
            }
            return store;
        } catch (Broken failed) {
            store.close();
            throw failed;
        }
    }

    /** The write port. Of a store that was opened to read, every call throws IllegalStateException. */
    public Journal journal() {
        return journal;
    }

    public Register register() {
        return register;
    }

    /** The book of the epoch that was the newest when the store was opened: one that begins one opens the store anew. */
    public Ledgerbook ledgerbook() {
        return ledgerbook;
    }

    /** What is known of copies of this store. */
    public Restorebook restorebook() {
        return ledgerbook.restorebook();
    }

    /**
     * Writes a copy of an SQLite database as it is at one moment, while it may be written to; the copy knows that it is one.
     *
     * @param file must not be there yet
     * @param backup id of the backup
     * @throws Broken STORE_UNAVAILABLE if it cannot be written
     * @throws IllegalStateException on PostgreSQL, whose own tools make copies
     */
    public void copyTo(Path file, String backup, Instant at) {
        database.copyTo(file, backup, at);
    }

    public Stampbook stampbook() {
        return stampbook;
    }

    public Erasurebook erasurebook() {
        return erasurebook;
    }

    /** Of a store that was opened to read, every call throws IllegalStateException. */
    public Epochs epochs() {
        return epochs;
    }

    @Override
    public void close() {
        database.close();
    }
}
