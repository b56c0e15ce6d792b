package org.embassage.evidence.receipt;

/**
 * What befell an exchange, an item or a pair of gateways: the events of EN 319 522-3 Table 2 that this version issues,
 * and four for which that standard has none.
 *
 * <p>Modelled on that standard; the URIs of its events are its own, those of the four are {@code urn:embassage:event:…}.
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
    CONTENT_HANDOVER_FAILURE("ContentHandoverFailure"),
    /** A person decided what becomes of something that lay in quarantine. */
    QUARANTINE_DECISION("QuarantineDecision", EvidenceEvent.OWN_PREFIX),
    /** The issuer stopped exchanging messages with a peer; receipts and ledger notes go on. */
    TRAFFIC_SUSPENDED("TrafficSuspended", EvidenceEvent.OWN_PREFIX),
    /** The issuer exchanges messages with a peer again. */
    TRAFFIC_RESUMED("TrafficResumed", EvidenceEvent.OWN_PREFIX),
    /** The issuer destroyed the key to the content of an exchange. */
    CONTENT_ERASURE("ContentErasure", EvidenceEvent.OWN_PREFIX);

    private static final String ETSI_PREFIX = "http://uri.etsi.org/19522/Event/";
    private static final String OWN_PREFIX = "urn:embassage:event:";

    private final String etsiName;
    private final String uri;

    EvidenceEvent(String etsiName) {
        this(etsiName, EvidenceEvent.ETSI_PREFIX);
    }

    EvidenceEvent(String name, String prefix) {
        this.etsiName = name;
        this.uri = prefix + name;
    }

    /** The event's name, as EN 319 522 spells it where it has the event, for example {@code RelayAcceptance}. */
    public String etsiName() {
        return etsiName;
    }

    /**
     * The event's URI, for example {@code http://uri.etsi.org/19522/Event/RelayAcceptance} or
     * {@code urn:embassage:event:ContentErasure}.
     */
    public String uri() {
        return uri;
    }

    /** Whether EN 319 522 has the event; it has none for decisions of persons, traffic and erasure. */
    public boolean ofEtsi() {
        return uri.startsWith(ETSI_PREFIX);
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
