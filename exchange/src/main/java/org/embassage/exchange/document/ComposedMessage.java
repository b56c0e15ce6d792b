package org.embassage.exchange.document;

import org.embassage.evidence.Digest;

/**
 * A permitted document under its header, in its final bytes, which were validated last and are the bytes to seal. Only
 * {@link MessageComposer} makes one: what was not permitted and validated cannot be sealed because it does not compile.
 */
public final class ComposedMessage {

    private final Header header;
    private final byte[] message;
    private final Digest manifest;

    ComposedMessage(Header header, byte[] message, Digest manifest) {
        this.header = header;
        this.message = message;
        this.manifest = manifest;
    }

    public Header header() {
        return header;
    }

    /** The final bytes, UTF-8 XML. The bytes themselves, not a copy: read only. */
    public byte[] message() {
        return message;
    }

    /** The salted manifest digest (docs/formats/receipt.md). */
    public Digest manifest() {
        return manifest;
    }

    @Override
    public String toString() {
        return "composed " + header.exchange();
    }
}
