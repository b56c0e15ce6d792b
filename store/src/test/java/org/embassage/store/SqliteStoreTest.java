package org.embassage.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on SQLite. */
class SqliteStoreTest
        implements JournalContract,
                RegisterContract,
                ReceiptRegisterContract,
                QuarantineContract,
                LedgerbookContract,
                StampbookContract,
                ErasurebookContract,
                LinkContract,
                PouchContract {

    @TempDir
    Path folder;

    private final Epochs keys = Epochs.of("20261125");
    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(StoreSettings.sqlite(folder.resolve("embassage.db")), keys);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    public Epochs keys() {
        return keys;
    }

    @Override
    public SqlStore store() {
        return store;
    }

    @Override
    public SqlStore reopen() {
        close();
        open();
        return store;
    }
}
