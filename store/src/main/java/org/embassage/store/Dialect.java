package org.embassage.store;

import java.util.Map;

/** The little in which the two databases differ. */
enum Dialect {
    SQLITE(
            "sqlite",
            "BEGIN IMMEDIATE",
            "",
            "SELECT 1",
            Map.of(
                    "bytes", "BLOB",
                    "long", "INTEGER",
                    "serial", "INTEGER PRIMARY KEY",
                    "plain", "STRICT",
                    "keyed", "STRICT, WITHOUT ROWID")),
    POSTGRESQL(
            "postgresql",
            "BEGIN",
            "FOR UPDATE SKIP LOCKED",
            "LOCK TABLE content_key IN SHARE ROW EXCLUSIVE MODE",
            Map.of(
                    "bytes", "BYTEA",
                    "long", "BIGINT",
                    "serial", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
                    "plain", "",
                    "keyed", ""));

    private final String folder;
    private final String begin;
    private final String skipLocked;
    private final String lockKeys;
    private final Map<String, String> words;

    Dialect(String folder, String begin, String skipLocked, String lockKeys, Map<String, String> words) {
        this.folder = folder;
        this.begin = begin;
        this.skipLocked = skipLocked;
        this.lockKeys = lockKeys;
        this.words = words;
    }

    /** The folder with this dialect's own migrations. */
    String folder() {
        return folder;
    }

    /** Begins a transaction that will write. */
    String begin() {
        return begin;
    }

    /** What a leasing SELECT ends with. SQLite has one writer and needs nothing. */
    String skipLocked() {
        return skipLocked;
    }

    /** Lets nobody else insert or change a content key until the commit. SQLite has one writer and needs nothing. */
    String lockKeys() {
        return lockKeys;
    }

    /** What the placeholders in the common migrations stand for. */
    Map<String, String> words() {
        return words;
    }
}
