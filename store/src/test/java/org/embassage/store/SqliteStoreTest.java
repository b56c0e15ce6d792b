package org.embassage.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The contracts on SQLite. */
class SqliteStoreTest implements JournalContract, RegisterContract, LedgerbookContract, StampbookContract {

    @TempDir
    Path folder;

    private SqlStore store;

    @BeforeEach
    void open() {
        store = SqlStore.open(StoreSettings.sqlite(folder.resolve("embassage.db")), Epochs.of("20261125"));
    }

    @AfterEach
    void close() {
        store.close();
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
