package org.embassage.exchange.journal;

/** Bytes that may hold personal data, on their way to or from the store, which keeps them encrypted. */
public final class Content {

    private final byte[] octets;

    /** @param octets not copied */
    public Content(byte[] octets) {
        this.octets = octets;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] octets() {
        return octets;
    }

    @Override
    public String toString() {
        return octets.length + " bytes";
    }
}
