package org.embassage.exchange.journal;

import java.util.Optional;
import org.embassage.evidence.ExchangeId;

/**
 * Which entries of receipts in our ledger are wanted; every condition that is there must hold. They come in the order of
 * their leaves, so that the next page begins one after the last leaf of the one before.
 *
 * @param from index of the leaf, included
 * @param to index of the leaf, excluded
 * @param exchange only of this one
 * @param unproven only those that a peer issued and whose inclusion proof has not come
 * @param limit at most so many
 */
public record EnteredQuery(long from, long to, Optional<ExchangeId> exchange, boolean unproven, int limit) {

    /** All of a stretch of our ledger. */
    public static EnteredQuery of(long from, long to, int limit) {
        return new EnteredQuery(from, to, Optional.empty(), false, limit);
    }

    /** Only those of the exchange. */
    public EnteredQuery about(ExchangeId one) {
        return new EnteredQuery(from, to, Optional.of(one), unproven, limit);
    }

    /** Only those whose inclusion proof has not come. */
    public EnteredQuery withoutProof() {
        return new EnteredQuery(from, to, exchange, true, limit);
    }

    /** The next page. */
    public EnteredQuery after(long leafIndex) {
        return new EnteredQuery(leafIndex + 1, to, exchange, unproven, limit);
    }
}
