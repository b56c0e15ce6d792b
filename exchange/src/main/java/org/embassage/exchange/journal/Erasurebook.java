package org.embassage.exchange.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;

/** Reads what is due to be erased, what was erased, and the epochs of keys. Thread-safe; sees committed facts only. */
public interface Erasurebook {

    /**
     * What is due by rule: closed, not erased, its own receipts in a checkpoint and nothing of it waiting to be carried; and
     * either closed for as long as {@code retention}, or past the day until which the record itself may be kept. A drop's
     * copy and quarantined items are due {@code retention} after the drop was closed or they were quarantined; what is kept
     * as proof never is.
     */
    List<Erasable> due(Instant now, Duration retention, int limit);

    /** How it stands with something that is to be erased on notice. */
    Standing standing(Erasable erasable);

    /** The exchange with this id, from whichever side; several if peers use the same id. */
    List<Erasable> exchange(ExchangeId exchange);

    /** The drop that the exchange was made of, if its copy can be erased now. */
    Optional<DropId> copyOf(ExchangeId exchange);

    /** What was erased since, newest first. */
    List<Erasure> erasures(Instant since, int limit);

    /** What was erased of an exchange, oldest first. */
    List<Erasure> erasures(ExchangeId exchange);

    /** What was erased of a drop, oldest first. */
    List<Erasure> erasures(DropId drop);

    /** What was erased of a quarantined item. */
    Optional<Erasure> erasure(String quarantineId);

    Counts counts();

    /** All epochs that hold keys or erasures, oldest first. */
    List<Epoch> epochs();

    /** Whether something can be erased. */
    enum Standing {
        /** It can. */
        READY,
        /** Its exchange or drop is not closed yet. */
        OPEN,
        /** It was. */
        ERASED,
        /** It is proof and no content. */
        PROOF,
        /** There is no such thing. */
        UNKNOWN
    }

    /**
     * One content that was erased.
     *
     * @param content the name it had in the store, for example {@code inbox/<exchange>/<peer>}
     * @param evidence id of the ContentErasure receipt or of the act's leaf
     * @param epoch under whose key its own key lay wrapped
     * @param endedAt when that epoch's key was destroyed, and with it every backup's way to the content; absent before
     */
    record Erasure(
            String content,
            Optional<ExchangeId> exchange,
            Optional<DropId> drop,
            Optional<String> item,
            ErasureReason reason,
            Instant at,
            EvidenceId evidence,
            String epoch,
            Optional<Instant> endedAt) {}

    /**
     * @param erased contents
     * @param waiting contents among them whose epoch's key is not destroyed yet
     * @param oldestWaiting when the first of those was erased
     */
    record Counts(long erased, long waiting, Optional<Instant> oldestWaiting) {}

    /**
     * One epoch of keys.
     *
     * @param begun when we noted it first; absent if it is older than our notes
     * @param keys how many content keys lie under it
     * @param waiting how many erasures wait for its end
     * @param oldestWaiting when the first of those was made
     * @param atOnce whether one of those is to be final as soon as can be
     * @param retired since when no key is accepted under it
     * @param destroyed when its key was destroyed
     */
    record Epoch(
            String name,
            Optional<Instant> begun,
            long keys,
            long waiting,
            Optional<Instant> oldestWaiting,
            boolean atOnce,
            Optional<Instant> retired,
            Optional<Instant> destroyed) {}
}
