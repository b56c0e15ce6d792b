package org.embassage.evidence.dispute;

/** Where one receipt stands between two bundles. */
public enum Standing {
    /** In both whole, with the same manifest and the same signature value. */
    MATCH,
    /** In the bundle of the side that is named first. */
    ONLY_FIRST,
    /** In the bundle of the side that is named second. */
    ONLY_SECOND,
    /** In both under one id, and not a MATCH. */
    CONFLICTING;

    /** Whether it is in one bundle only. */
    public boolean missing() {
        return this == ONLY_FIRST || this == ONLY_SECOND;
    }
}
