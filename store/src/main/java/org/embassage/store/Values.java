package org.embassage.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;

/** How the domain's values lie in columns. */
final class Values {

    /** An empty column, with its type, so that PostgreSQL need not plan a statement anew. */
    private enum Empty {
        TEXT(Types.VARCHAR),
        WHOLE(Types.INTEGER),
        LONG(Types.BIGINT),
        BYTES(Types.BINARY);

        private final int type;

        Empty(int type) {
            this.type = type;
        }
    }

    private Values() {}

    /** Ids, names and words as text. */
    static Object text(Optional<?> value) {
        return value.<Object>map(Object::toString).orElse(Empty.TEXT);
    }

    static Object whole(Optional<Integer> value) {
        return value.<Object>map(v -> v).orElse(Empty.WHOLE);
    }

    static Object time(Optional<Instant> value) {
        return value.<Object>map(v -> v).orElse(Empty.LONG);
    }

    static Object bytes(Optional<byte[]> value) {
        return value.<Object>map(v -> v).orElse(Empty.BYTES);
    }

    /** Binds the arguments in order: numbers, bytes, times as milliseconds, truth values as 0 or 1, all else as text. */
    static void bind(PreparedStatement statement, Object... args) throws SQLException {
        for (int i = 0; i < args.length; i++) {
            bind(statement, i + 1, args[i]);
        }
    }

    private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
        if (value instanceof String text) {
            statement.setString(at, text);
        } else if (value instanceof Long number) {
            statement.setLong(at, number);
        } else if (value instanceof Integer number) {
            statement.setInt(at, number);
        } else if (value instanceof byte[] octets) {
            statement.setBytes(at, octets);
        } else if (value instanceof Digest digest) {
            statement.setBytes(at, digest.bytes());
        } else if (value instanceof Instant time) {
            statement.setLong(at, time.toEpochMilli());
        } else if (value instanceof Boolean truth) {
            statement.setInt(at, truth ? 1 : 0);
        } else if (value instanceof Empty empty) {
            statement.setNull(at, empty.type);
        } else if (value instanceof Enum<?> word) {
            statement.setString(at, word.name());
        } else {
            statement.setString(at, value.toString());
        }
    }
}
