package org.embassage.evidence;

import java.util.UUID;

/**
 * The random id of one drop: a file, or one poll of a table. It says nothing about the file's name or content.
 *
 * @param value a UUID of version 7 (RFC 9562 §5.7)
 */
public record DropId(UUID value) {

    public DropId {
        if (value.version() != 7) {
            throw new IllegalArgumentException("a drop id is a UUID of version 7");
        }
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static DropId parse(String text) {
        return new DropId(Uuids.parseCanonical(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
