package org.embassage.exchange.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.ConsistencyProof;

/**
 * Reads one epoch of the ledger: the newest, unless another was asked for. Indexes and sizes are those of the epoch. The other
 * books number all leaves of all epochs in one row: {@link #first} is where this one begins in it. Thread-safe.
 */
public interface Ledgerbook {

    /** All epochs, oldest first; the newest has no end yet. None before the ledger has begun. */
    List<Epoch> epochs();

    /** The same ledger's book of another epoch. */
    Ledgerbook of(Epoch epoch);

    /** Where this epoch begins in the one row of all leaves. */
    long first();

    /** What is known of copies of this store. */
    Restorebook restorebook();

    /**
     * One epoch.
     *
     * @param origin of its checkpoints
     * @param first where it begins in the one row of all leaves
     * @param end behind its last leaf there; {@code Long.MAX_VALUE} of the newest
     * @param beginning the statement by which it followed another; absent of the first
     */
    record Epoch(String origin, long first, long end, Optional<String> beginning) {}

    /** How many leaves are committed. */
    long size();

    /** The RFC 6962 leaf hashes from index {@code from}, at most {@code limit}, in order. */
    List<byte[]> leafHashes(long from, int limit);

    /** The leaves' texts from index {@code from}, at most {@code limit}, in order. */
    List<String> leaves(long from, int limit);

    /** Acts whose leaf index is at least {@code from}, at most {@code limit}, in order. */
    List<ActLeaf> acts(long from, int limit);

    /** Our newest checkpoint. */
    Optional<HeldNote> newestCheckpoint();

    /** Our checkpoints, newest first. */
    List<HeldNote> checkpoints(int limit);

    /** Our checkpoint of exactly this size. */
    Optional<HeldNote> checkpoint(long size);

    /** The newest consistent checkpoint of a peer, of its newest epoch that we accepted. */
    Optional<HeldNote> newestPeerNote(GatewayId peer);

    /** The peer's checkpoints that are kept, newest first, consistent or not. */
    List<HeldNote> peerNotes(GatewayId peer, int limit);

    /**
     * An act in the ledger.
     *
     * @param index of its leaf
     * @param at when, UTC in milliseconds, as its id says
     * @param word for example {@code REJECT} or {@code FEED_DESCRIBED}
     * @param actor role and pseudonym, or {@code gateway}
     * @param subject what was acted upon
     */
    record ActLeaf(long index, EvidenceId id, Instant at, String word, String actor, String subject) {

        /** @throws IllegalArgumentException if the text is no act's leaf */
        public static ActLeaf of(long index, String text) {
            String[] lines = text.split("\n", -1);
            if (lines.length != 7 || !lines[1].equals("act")) {
                throw new IllegalArgumentException("not the leaf of an act");
            }
            EvidenceId id = EvidenceId.parse(lines[2]);
            Instant at = Instant.ofEpochMilli(id.value().getMostSignificantBits() >>> 16);
            return new ActLeaf(index, id, at, lines[3], lines[4], lines[5]);
        }
    }

    /** The consistent checkpoint of exactly this size of the peer's newest epoch that we accepted, if one is kept. */
    Optional<HeldNote> peerNote(GatewayId peer, long size);

    /** The peer's consistent checkpoint of this origin and exactly this size, if one is kept. */
    Optional<HeldNote> peerNote(GatewayId peer, String origin, long size);

    /**
     * The proofs by which a peer's checkpoints were found to continue each other, in the order of their sizes.
     *
     * @param from no proof from a smaller size
     * @param to no proof to a greater size
     */
    List<ConsistencyProof> continuity(String origin, long from, long to);

    /** Cosignatures on a ledger's checkpoints of sizes greater than {@code above}, smallest first. */
    List<Cosignature> cosignatures(String origin, long above, int limit);

    /** The cosignature with the greatest size that this cosigner gave a ledger. */
    Optional<Cosignature> newestCosignature(String origin, String cosigner);

    /** The cosignature with the greatest size that anybody gave a ledger. */
    Optional<Cosignature> newestCosignature(String origin);

    /** The peer's signed answers to our challenges, newest first. */
    List<KeptAnswer> answers(GatewayId peer, int limit);

    /** Notes with our own signature that our ledger does not continue, oldest first. */
    List<ShownNote> shownNotes();

    /**
     * A cosignature.
     *
     * @param at whole seconds, as cosigned
     * @param line of the note, with its line feed
     */
    record Cosignature(long size, String cosigner, Instant at, String line) {}

    /**
     * An answer to a challenge.
     *
     * @param note signed by the peer
     * @param opening of the nonce, as text
     */
    record KeptAnswer(long size, Instant at, String note, String opening, boolean consistent) {}

    /** @param shownBy a gateway, or a neutral witness */
    record ShownNote(String shownBy, long size, Instant at, String note) {}

    /** @param note a C2SP signed note */
    record HeldNote(long size, Instant at, String note, boolean consistent) {}
}
