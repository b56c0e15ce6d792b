package org.embassage.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;

/** A content as it lies in the database. */
final class StoredContent {

    /** What a query must select, from content {@code c} left joined with its key {@code k}. */
    static final String COLUMNS = "c.id AS content_id, c.body, c.key_id, k.epoch, k.wrapped";

    /** Where from. */
    static final String TABLES = "content c LEFT JOIN content_key k ON k.id = c.key_id";

    private final String id;
    private final byte[] body;
    private final Optional<WrappedKey> key;

    private StoredContent(String id, byte[] body, Optional<WrappedKey> key) {
        this.id = id;
        this.body = body;
        this.key = key;
    }

    static StoredContent read(ResultSet row) throws SQLException {
        Optional<WrappedKey> key = Rows.text(row, "epoch").isEmpty()
                ? Optional.empty()
                : Optional.of(new WrappedKey(row.getString("key_id"), row.getString("epoch"), row.getBytes("wrapped")));
        return new StoredContent(row.getString("content_id"), row.getBytes("body"), key);
    }

    String id() {
        return id;
    }

    byte[] body() {
        return body;
    }

    /** @throws Broken KEY_UNAVAILABLE if there is none */
    WrappedKey key() {
        return key.orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE));
    }
}
