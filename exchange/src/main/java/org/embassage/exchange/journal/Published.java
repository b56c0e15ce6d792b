package org.embassage.exchange.journal;

import java.util.Arrays;
import org.embassage.evidence.Digest;

/**
 * Bytes that are public and name no person: a time-stamp token, a certificate, a revocation list, all DER. The store keeps
 * them in clear.
 */
public final class Published {

    private final byte[] octets;

    /** @param octets copied */
    public Published(byte[] octets) {
        this.octets = octets.clone();
    }

    /** A copy. */
    public byte[] octets() {
        return octets.clone();
    }

    /** SHA-256 of the bytes. */
    public Digest digest() {
        return Digest.sha256(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Published published && Arrays.equals(octets, published.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    @Override
    public String toString() {
        return octets.length + " bytes";
    }
}
