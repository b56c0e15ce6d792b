package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;

/**
 * The text of one ledger entry (docs/formats/evidence.md §Leaf). Holds no personal data.
 *
 * @param text lines that end in a line feed, UTF-8
 */
public record LedgerLeaf(String text) {

    /** The bytes that are hashed into the tree. */
    public byte[] octets() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return text.replace('\n', ' ').trim();
    }
}
