package org.embassage.verifier;

import java.util.Optional;

/** The octets of an examined file, and of the evidence record that lay beside it. */
final class Content {

    private final byte[] octets;
    private final Optional<byte[]> record;

    Content(byte[] octets, Optional<byte[]> record) {
        this.octets = octets;
        this.record = record;
    }

    byte[] octets() {
        return octets.clone();
    }

    Optional<byte[]> record() {
        return record.map(byte[]::clone);
    }
}
