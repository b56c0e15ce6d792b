package org.embassage.evidence.zip;

/**
 * Why a file is not a {@linkplain StrictZip strict ZIP}. Each is a way in which two readers of one file could see
 * different contents, or in which a reader could be harmed.
 */
public enum ZipFault {
    /** There is no end record. */
    NO_ZIP("it is no ZIP, or its end was cut off"),
    /** Something lies behind the end record, or in its comment. */
    BYTES_AFTER_END("something was put behind the end of the ZIP, or into its comment"),
    /** Something lies before the first entry. */
    BYTES_BEFORE_START("something was put before the first entry of the ZIP"),
    /** A second, larger set of headers, which some readers follow and others do not. */
    ZIP64("it uses the ZIP64 form, in which sizes are written in a second place"),
    /** It claims to be a part of a split archive. */
    MANY_DISKS("it says that it is one of several disks"),
    /** The end record counts no entry, too many, or another number than there is. */
    COUNT("its end record counts other entries than there are"),
    /** The central directory does not lie between the last entry and the end record. */
    DIRECTORY_PLACE("its directory does not lie directly before its end, or is damaged"),
    /** The directory lists entries in another order than they lie, or some twice: entries may overlap. */
    OVERLAP("its directory lists entries that overlap, lie in another order, or are listed twice"),
    /** There are bytes between entries, which some readers take for entries. */
    GAP("there are bytes between its entries that its directory does not list"),
    /** No local header where the directory says. */
    NO_LOCAL_HEADER("an entry does not begin where the directory says"),
    /** The local header says something else than the central one. */
    HEADERS_DIFFER("the two headers of an entry say different things"),
    /** A name that is no plain path. */
    NAME("an entry has a name that could be taken for another file, or lie outside the folder"),
    /** A name is there more than once. */
    DUPLICATE("a name is there twice"),
    /** Flag bit 0, 6 or 13. */
    ENCRYPTED("an entry is encrypted"),
    /** Flag bit 3: sizes come only behind the content. */
    DATA_DESCRIPTOR("the size of an entry is written only behind its content"),
    /** Another flag. */
    FLAGS("an entry has a flag that a gateway does not set"),
    /** Neither stored nor deflated. */
    METHOD("an entry is packed by an unknown method"),
    /** Extra fields, comments or another version in a header. */
    EXTRA("a header of an entry carries more than a gateway writes: an extra field, a comment or another version"),
    /** Attributes of a file system, for example those of a link. */
    ATTRIBUTES("an entry has attributes of a file system; it may be a link"),
    /** It unpacks to more than it may. */
    TOO_LARGE("it unpacks to more than it may"),
    /** The content does not unpack to the size that is stated. */
    SIZE("an entry does not unpack to exactly the size that is stated"),
    /** The content does not have the checksum that is stated. */
    CHECKSUM("an entry does not have the checksum that is stated");

    private final String sentence;

    ZipFault(String sentence) {
        this.sentence = sentence;
    }

    /** What is wrong, in plain words. */
    public String sentence() {
        return sentence;
    }
}
