package org.embassage.translation.field;

import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/**
 * Ends the translation of one record early. Never leaves this module: whoever begins a translation turns it into a
 * result. Holds a coded fault and no value.
 */
public final class RowFault extends RuntimeException {

    private final transient Fault fault;

    public RowFault(FaultCode code, String field) {
        this(Fault.inField(code, field));
    }

    public RowFault(FaultCode code) {
        this(Fault.of(code));
    }

    private RowFault(Fault fault) {
        super(fault.code().code(), null, false, false);
        this.fault = fault;
    }

    public Fault fault() {
        return fault;
    }
}
