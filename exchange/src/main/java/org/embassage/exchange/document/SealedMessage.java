package org.embassage.exchange.document;

import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;

/**
 * A message signed by us and encrypted to one peer (GW-CMS-1). Sealed once: these bytes are stored and every retry on
 * every transport sends them.
 */
public final class SealedMessage {

    private final ExchangeId exchange;
    private final byte[] octets;
    private final Digest outer;
    private final Digest inner;

    /**
     * @param exchange whose message it is
     * @param octets DER ContentInfo with AuthEnvelopedData (RFC 5083); not copied
     * @param outer SHA-256 of {@code octets}
     * @param inner SHA-256 of the DER SignedData inside
     */
    public SealedMessage(ExchangeId exchange, byte[] octets, Digest outer, Digest inner) {
        this.exchange = exchange;
        this.octets = octets;
        this.outer = outer;
        this.inner = inner;
    }

    public ExchangeId exchange() {
        return exchange;
    }

    /** The bytes themselves, not a copy: read only. */
    public byte[] octets() {
        return octets;
    }

    public Digest outer() {
        return outer;
    }

    public Digest inner() {
        return inner;
    }

    @Override
    public String toString() {
        return "sealed " + exchange;
    }
}
