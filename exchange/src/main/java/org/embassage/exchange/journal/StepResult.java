package org.embassage.exchange.journal;

import java.util.List;

/** What became of a step. */
public sealed interface StepResult {

    /** @param leaves the ledger indexes of the step's leaves, in order */
    record Committed(List<Long> leaves) implements StepResult {
        public Committed {
            leaves = List.copyOf(leaves);
        }
    }

    /** Nothing of the step was written. */
    record Conflict(Kind kind) implements StepResult {}

    /** What a step ran into. */
    enum Kind {
        /** The intake identity was claimed before: the record is a duplicate. */
        RECORD_CLAIMED,
        /** The inbox holds this exchange of this peer. */
        EXCHANGE_KNOWN,
        /** The receipt is kept already. */
        RECEIPT_KNOWN,
        /** The quarantine holds an item with this id. */
        QUARANTINE_KNOWN,
        /** The drop is known. */
        DROP_KNOWN,
        /** A checkpoint of a peer was proven to continue one that is not the newest held any more. */
        NOTE_MOVED,
        /** Another pouch for the peer has this number. */
        POUCH_KNOWN,
        /** The order was carried out already. */
        ORDER_KNOWN,
        /** A state change found another state than it names: somebody else was first. */
        STATE_MOVED
    }
}
