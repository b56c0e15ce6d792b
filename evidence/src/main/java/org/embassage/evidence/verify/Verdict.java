package org.embassage.evidence.verify;

/** The overall verdict, in the words of EN 319 102-1 §5.1.3. */
public enum Verdict {
    TOTAL_PASSED("TOTAL-PASSED", 0),
    /** Something needed could not be checked, or cannot be decided without a trusted time. */
    INDETERMINATE("INDETERMINATE", 4),
    TOTAL_FAILED("TOTAL-FAILED", 3);

    private final String words;
    private final int exitCode;

    Verdict(String words, int exitCode) {
        this.words = words;
        this.exitCode = exitCode;
    }

    /** As the standard writes it. */
    public String words() {
        return words;
    }

    /** What the verifier's command ends with. */
    public int exitCode() {
        return exitCode;
    }
}
