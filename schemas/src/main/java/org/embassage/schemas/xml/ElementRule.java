package org.embassage.schemas.xml;

/**
 * Watches a file being read, element by element, beside the schema validator. Elements that the schema does not know
 * are not shown. One instance serves one reading.
 */
public interface ElementRule {

    /** At the start tag. */
    default void start(ReadElement element) {}

    /** At the end tag. */
    default void end(ReadElement element) {}
}
