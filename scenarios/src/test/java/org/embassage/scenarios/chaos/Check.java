package org.embassage.scenarios.chaos;

import java.util.Locale;

/** What a negative control takes away. */
enum Check {
    NONE,
    /** fsync returns at once and does nothing. */
    FSYNC,
    /** No gateway remembers which records it took. */
    DUPLICATES,
    /** Every signature of a message is believed. */
    SIGNATURES,
    /** What is said leaves before it is in the ledger. */
    LEAF_FIRST;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Check of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
