package org.embassage.evidence;

import java.util.UUID;

/**
 * The global id of one exchange, chosen by the sender; together with the sender it is the idempotency key.
 *
 * @param value a UUID of version 7 (RFC 9562 §5.7), so that ids sort by the time they were made
 */
public record ExchangeId(UUID value) implements Comparable<ExchangeId> {

    public ExchangeId {
        if (value.version() != 7) {
            throw new IllegalArgumentException("an exchange id is a UUID of version 7");
        }
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static ExchangeId parse(String text) {
        return new ExchangeId(Uuids.parseCanonical(text));
    }

    @Override
    public int compareTo(ExchangeId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
