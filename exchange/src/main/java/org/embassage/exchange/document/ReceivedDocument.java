package org.embassage.exchange.document;

import org.embassage.evidence.ExchangeId;

/**
 * A document that was opened, validated and permitted, as it is given to the hand-over format. Holds personal data.
 */
public final class ReceivedDocument {

    private final Header header;
    private final byte[] message;

    /**
     * @param header read from the same bytes
     * @param message the whole {@code Message} element exactly as signed; not copied
     */
    public ReceivedDocument(Header header, byte[] message) {
        this.header = header;
        this.message = message;
    }

    public Header header() {
        return header;
    }

    public ExchangeId exchange() {
        return header.exchange();
    }

    /** The whole message as signed, UTF-8 XML. The bytes themselves, not a copy: read only. */
    public byte[] message() {
        return message;
    }

    @Override
    public String toString() {
        return "document of " + header.exchange();
    }
}
