package org.embassage.exchange.port;

import org.embassage.evidence.Digest;

/** Asks a time-stamping authority for a token (RFC 3161). Thread-safe; may block for as long as its timeouts allow. */
@FunctionalInterface
public interface TimeStamper {

    /**
     * Gets one token and verifies it: imprint, nonce, signature, the authority's certificate against the anchors for
     * time-stamping, and that its time is near our own clock's.
     *
     * @param sha256 of what is time-stamped
     * @return the DER of the TimeStampToken, with the authority's certificate in it
     * @throws org.embassage.exchange.fault.Broken TIME_STAMP_UNAVAILABLE for whatever reason there is none that holds
     */
    byte[] stamp(Digest sha256);
}
