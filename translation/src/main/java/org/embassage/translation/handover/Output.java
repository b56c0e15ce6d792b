package org.embassage.translation.handover;

/** Writes one document in a country's form. Thread-safe. */
interface Output {

    /** The file's extension, without the point. */
    String extension();

    /**
     * The file's bytes.
     *
     * @param root holds the header as {@code Header} and the parts of the document
     * @throws Unrendered if it cannot be written
     */
    byte[] write(Node root);
}
