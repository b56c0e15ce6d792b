package org.embassage.evidence;

import java.util.UUID;

/**
 * The id of one receipt (EN 319 522-2 "evidence identifier").
 *
 * @param value a UUID of version 7 (RFC 9562 §5.7)
 */
public record EvidenceId(UUID value) implements Comparable<EvidenceId> {

    public EvidenceId {
        if (value.version() != 7) {
            throw new IllegalArgumentException("an evidence id is a UUID of version 7");
        }
    }

    /**
     * Reads the canonical 36-character form.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static EvidenceId parse(String text) {
        return new EvidenceId(Uuids.parseCanonical(text));
    }

    @Override
    public int compareTo(EvidenceId other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
