package org.embassage.exchange.fault;

import org.jspecify.annotations.Nullable;

/**
 * Our own side failed: the store, a key, the network. Nothing was acknowledged and nothing is lost; the caller tries
 * again and alarms at last. Bad input and refusals are never exceptions: they are results.
 *
 * <p>The message holds the fault's sentence only. A cause must be free of personal data: never pass a parser's.
 */
public final class Broken extends RuntimeException {

    private final FaultCode fault;

    public Broken(FaultCode fault, @Nullable Throwable cause) {
        super(fault.code() + " " + fault.sentence(), cause);
        this.fault = fault;
    }

    public Broken(FaultCode fault) {
        this(fault, null);
    }

    public FaultCode fault() {
        return fault;
    }
}
