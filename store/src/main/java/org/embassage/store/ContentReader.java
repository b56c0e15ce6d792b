package org.embassage.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;

/** Reads contents back. Thread-safe. */
final class ContentReader {

    private static final int AT_ONCE = 32;
    private static final String BY_ID =
            "SELECT " + StoredContent.COLUMNS + " FROM " + StoredContent.TABLES + " WHERE c.id = ?";
    private static final String BY_IDS = "SELECT " + StoredContent.COLUMNS + " FROM " + StoredContent.TABLES
            + " WHERE c.id IN (" + String.join(", ", Collections.nCopies(AT_ONCE, "?")) + ")";

    private static final String ERASED = "SELECT content_id FROM erasure WHERE content_id = ?";

    private final Database database;
    private final ContentVault vault;

    ContentReader(Database database, ContentVault vault) {
        this.database = database;
        this.vault = vault;
    }

    /**
     * @throws IllegalArgumentException if there is no such content
     * @throws Broken CONTENT_ERASED if it was erased, KEY_UNAVAILABLE if the key is gone otherwise
     */
    Content content(String id) {
        return Reads.of(
                        database.reads(),
                        handle -> handle.createQuery(BY_ID)
                                .bind(0, id)
                                .map((row, context) -> StoredContent.read(row))
                                .findOne())
                .map(this::decrypt)
                .orElseThrow(() -> missing(id));
    }

    private RuntimeException missing(String id) {
        boolean erased = Reads.of(
                database.reads(),
                handle -> handle.createQuery(ERASED)
                        .bind(0, id)
                        .mapTo(String.class)
                        .findOne()
                        .isPresent());
        return erased
                ? new Broken(FaultCode.CONTENT_ERASED)
                : new IllegalArgumentException("the store has no such content");
    }

    Content decrypt(StoredContent stored) {
        return new Content(vault.open(stored.id(), stored.key(), stored.body()));
    }

    /** Decrypts what lies beside a content, under its key. */
    byte[] decrypt(String id, WrappedKey key, byte[] body) {
        return vault.open(id, key, body);
    }

    /** The contents, still encrypted, in the order of their ids, inside a transaction. */
    List<StoredContent> fetch(Session session, List<String> ids) throws SQLException {
        Map<String, StoredContent> found = new HashMap<>();
        for (int from = 0; from < ids.size(); from += AT_ONCE) {
            List<String> some = new ArrayList<>(ids.subList(from, Math.min(ids.size(), from + AT_ONCE)));
            while (some.size() < AT_ONCE) {
                some.add(some.get(0));
            }
            session.query(BY_IDS, StoredContent::read, some.toArray())
                    .forEach(content -> found.put(content.id(), content));
        }
        List<StoredContent> contents = new ArrayList<>();
        for (String id : ids) {
            contents.add(Optional.ofNullable(found.get(id)).orElseThrow(() -> new Broken(FaultCode.STORE_DAMAGED)));
        }
        return contents;
    }
}
