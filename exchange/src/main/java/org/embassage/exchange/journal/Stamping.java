package org.embassage.exchange.journal;

/** How this gateway proves when its evidence existed. */
public enum Stamping {
    /** Not at all. */
    NONE,
    /** Checkpoints alone are time-stamped; receipts inherit it by inclusion. The load does not grow with messages. */
    ANCHORED,
    /** Every receipt is time-stamped by itself, and checkpoints are. */
    EACH
}
