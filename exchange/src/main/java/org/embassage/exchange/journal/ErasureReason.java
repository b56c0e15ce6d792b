package org.embassage.exchange.journal;

/** Why content was erased. The names are the reason codes in evidence and in leaves. */
public enum ErasureReason {
    /** By rule: the time of keeping it is over. */
    RETENTION_ENDED,
    /** The person it is about demanded it and is in the right. */
    SUBJECT_RIGHT,
    /** It should not have been processed. */
    UNLAWFUL,
    /** What it was needed for is done. */
    PURPOSE_ENDED,
    /** It is wrong. */
    INACCURATE
}
