package org.embassage.evidence.receipt;

/**
 * What befell an exchange: the events of EN 319 522-3 Table 2 that this version issues.
 *
 * <p>Modelled on that standard; the URIs are its own.
 */
public enum EvidenceEvent {
    /** The sender's gateway sealed the exchange and will send it. */
    SUBMISSION_ACCEPTANCE("SubmissionAcceptance"),
    /** The sender's gateway refused a submission, or a whole drop. */
    SUBMISSION_REJECTION("SubmissionRejection"),
    /** The recipient's gateway opened, verified, validated, permitted and durably stored the message. */
    RELAY_ACCEPTANCE("RelayAcceptance"),
    /** The recipient's gateway refused the message. */
    RELAY_REJECTION("RelayRejection"),
    /** No relay evidence reached the sender's gateway by the deadline. It does not say "not delivered". */
    RELAY_FAILURE("RelayFailure"),
    /** The domestic system behind the recipient's gateway was given the record. */
    CONTENT_HANDOVER("ContentHandover"),
    /** The record could finally not be given to the domestic system. */
    CONTENT_HANDOVER_FAILURE("ContentHandoverFailure");

    private static final String PREFIX = "http://uri.etsi.org/19522/Event/";

    private final String etsiName;

    EvidenceEvent(String etsiName) {
        this.etsiName = etsiName;
    }

    /** The event's name as EN 319 522 spells it, for example {@code RelayAcceptance}. */
    public String etsiName() {
        return etsiName;
    }

    /** The event's URI, for example {@code http://uri.etsi.org/19522/Event/RelayAcceptance}. */
    public String uri() {
        return PREFIX + etsiName;
    }

    /**
     * The event of a URI.
     *
     * @throws IllegalArgumentException if this version does not know it
     */
    public static EvidenceEvent ofUri(String uri) {
        for (EvidenceEvent event : values()) {
            if (event.uri().equals(uri)) {
                return event;
            }
        }
        throw new IllegalArgumentException("not an evidence event of this version");
    }
}
