package org.embassage.evidence.verify;

/** What became of a check, from the least to the most telling. */
public enum Status {
    PASS("PASS"),
    NOT_CHECKED("NOT CHECKED"),
    FAIL("FAIL");

    private final String words;

    Status(String words) {
        this.words = words;
    }

    /** As reports write it. */
    public String words() {
        return words;
    }
}
