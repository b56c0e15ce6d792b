package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;

/**
 * Reads what proves time: tokens of receipts, tokens of checkpoints (anchors), and the certificates and revocation lists
 * that were in force. Times are UTC, by our own clock, in whole milliseconds. Thread-safe; sees committed facts only.
 */
public interface Stampbook {

    /** What holds now: the newest {@link Fact.TimeStampingSet}. */
    Optional<Setting> setting();

    /** Receipts after the last one that has a token, in the order of their leaves, at index {@code from} or later. */
    List<Unstamped> unstamped(long from, int limit);

    /** The token over the receipt's signature value. */
    Optional<Kept> token(EvidenceId receipt);

    /** How many receipts have a token of their own. */
    long stamped();

    /** The anchor of the largest checkpoint. */
    Optional<Anchor> newestAnchor();

    /** The anchor of the smallest checkpoint that covers the leaf with this index: the earliest proof of its time. */
    Optional<Anchor> anchorOver(long leafIndex);

    /** Anchors, the largest checkpoint first. */
    List<Anchor> anchors(int limit);

    /** When the first checkpoint that covers the leaf was signed, by our own clock. */
    Optional<Instant> covered(long leafIndex);

    /** Whether this certificate or list is kept. */
    boolean keeps(Digest digest);

    /** All that were kept, oldest first. */
    List<Status> statuses(StatusKind kind);

    /**
     * @param from the ledger's size when it was set: receipts with a smaller leaf index need no token of their own
     */
    record Setting(Stamping mode, long from, Instant at) {}

    /** @param signature SHA-256 of the receipt's signature value: what is time-stamped */
    record Unstamped(EvidenceId receipt, long leafIndex, Digest signature) {}

    /**
     * @param at when we kept it; the proven time stands in the token
     * @param token RFC 3161 TimeStampToken
     */
    record Kept(Instant at, Published token) {}

    /**
     * A checkpoint that was time-stamped.
     *
     * @param size of the checkpoint
     * @param note the C2SP signed note as we signed it, without cosignatures
     * @param token RFC 3161 TimeStampToken over SHA-256 of the note's UTF-8 octets
     */
    record Anchor(long size, String note, Instant at, Published token) {}

    /** What tells whether a certificate was good. */
    enum StatusKind {
        /** Of an authority. */
        CERTIFICATE,
        /** A revocation list. */
        CRL
    }

    /** @param at when it was first seen */
    record Status(StatusKind kind, Instant at, Published octets) {}
}
