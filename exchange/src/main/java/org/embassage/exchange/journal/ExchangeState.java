package org.embassage.exchange.journal;

/** Where an exchange stands at its sender. */
public enum ExchangeState {
    /** Sealed, in the ledger and the outbox; not known to be at the peer. */
    SEALED(false),
    /** The peer's RelayAcceptance is stored. */
    RELAYED(false),
    /** The peer's ContentHandover is stored: done. */
    HANDED_OVER(true),
    /** The peer's RelayRejection is stored. */
    REFUSED(true),
    /** No relay evidence by the deadline; our RelayFailure is stored. */
    RELAY_FAILED(true),
    /** The peer's ContentHandoverFailure is stored. */
    HANDOVER_FAILED(true);

    private final boolean closed;

    ExchangeState(boolean closed) {
        this.closed = closed;
    }

    /** Whether nothing more is sent for it. */
    public boolean closed() {
        return closed;
    }
}
