package org.embassage.store;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database, and whether it may be written.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql://…}
 * @param user for PostgreSQL
 * @param password for PostgreSQL; never printed
 * @param readOnly if true, the store never migrates or writes and may be open while a gateway runs on it
 */
public record StoreSettings(String url, Optional<String> user, Optional<String> password, boolean readOnly) {

    static final String SQLITE = "jdbc:sqlite:";
    static final String POSTGRESQL = "jdbc:postgresql:";

    public StoreSettings {
        if (!url.startsWith(SQLITE) && !url.startsWith(POSTGRESQL)) {
            throw new IllegalArgumentException("a store's URL starts with " + SQLITE + " or " + POSTGRESQL);
        }
    }

    /** The embedded default: one file, made if it is not there. Beside it lie its {@code -wal}, {@code -shm}, {@code .lock}. */
    public static StoreSettings sqlite(Path file) {
        return new StoreSettings(SQLITE + file, Optional.empty(), Optional.empty(), false);
    }

    public static StoreSettings postgresql(String url, String user, String password) {
        return new StoreSettings(url, Optional.of(user), Optional.of(password), false);
    }

    /** The same database, to look at only. */
    public StoreSettings toRead() {
        return new StoreSettings(url, user, password, true);
    }

    @Override
    public String toString() {
        return (url.startsWith(SQLITE) ? "SQLite" : "PostgreSQL") + (readOnly ? ", read-only" : "");
    }
}
