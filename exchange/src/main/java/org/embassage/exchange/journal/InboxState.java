package org.embassage.exchange.journal;

/** Where an accepted exchange stands at its recipient. */
public enum InboxState {
    /** Stored; RelayAcceptance issued. */
    ACCEPTED,
    /** Rendered and staged; about to be published. */
    HANDING_OVER,
    /** Published; ContentHandover issued. */
    HANDED_OVER,
    /** Waits in quarantine for a person. */
    HELD,
    /** ContentHandoverFailure issued. */
    HANDOVER_FAILED
}
