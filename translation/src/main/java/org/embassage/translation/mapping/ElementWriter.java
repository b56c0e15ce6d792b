package org.embassage.translation.mapping;

/** Writes one element of a document, as often as the record has it. Thread-safe. */
interface ElementWriter {

    /**
     * Writes the element, or nothing.
     *
     * @return whether something of the record was written: an element that says nothing of the record is left out
     */
    boolean write(RecordValues record, StringBuilder out);

    /** Whether what it writes can come from the record, and not from the description alone. */
    boolean ofRecord();
}
