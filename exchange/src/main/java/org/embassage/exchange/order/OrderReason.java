package org.embassage.exchange.order;

import java.util.Locale;
import java.util.Optional;

/** Why a person orders something, as a receipt says it. A closed list, so that nothing personal gets into evidence. */
public enum OrderReason {
    /** What made it fail is corrected. */
    CORRECTED("what made it fail is corrected"),
    /** The record is not what it should be. */
    RECORD_WRONG("the record is not what it should be"),
    /** The record went to the wrong agency. */
    WRONG_AGENCY("the record went to the wrong agency"),
    /** Nobody here needs it any more. */
    NOT_NEEDED("nobody here needs it any more"),
    /** It was looked at and nothing is to be done. */
    LOOKED_AT("it was looked at and nothing is to be done"),
    /** Something threatens the security of a gateway. */
    SECURITY_INCIDENT("something threatens the security of a gateway"),
    /** Work on a gateway or between the two. */
    MAINTENANCE("work on a gateway or on what lies between"),
    /** A court or an authority ordered it. */
    LEGAL_ORDER("a court or an authority ordered it"),
    /** The two sides agreed on it. */
    AGREED_WITH_PEER("the two sides agreed on it"),
    /** The person in the record, or the law, asks for erasure. */
    ERASURE_NOTICE("the person in the record, or the law, asks for erasure"),
    /** For erasing: the person it is about demanded it and is in the right. */
    SUBJECT_RIGHT("the person it is about demands it and is in the right"),
    /** For erasing: it should not have been processed. */
    UNLAWFUL("it should not have been processed"),
    /** For erasing: what it was needed for is done. */
    PURPOSE_ENDED("what it was needed for is done"),
    /** For erasing: it is wrong. */
    INACCURATE("it is wrong"),
    /** The gateway was put back from a backup. */
    RESTORED("the gateway was put back from a backup"),
    /** What stopped it is cleared up. */
    CLEARED("what stopped it is cleared up");

    private final String sentence;

    OrderReason(String sentence) {
        this.sentence = sentence;
    }

    /** In words, for help texts. */
    public String sentence() {
        return sentence;
    }

    /** @param text the constant's name, in any case, with hyphens or underscores */
    public static Optional<OrderReason> of(String text) {
        for (OrderReason reason : values()) {
            if (reason.name().equals(text.toUpperCase(Locale.ROOT).replace('-', '_'))) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
