package org.embassage.translation.handover;

import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;

/** Ends the rendering of one document early. Never leaves this package. */
final class Unrendered extends RuntimeException {

    private final transient Fault fault;

    /** @param path of the element that cannot be rendered */
    Unrendered(String path) {
        super(FaultCode.HANDOVER_UNTRANSLATABLE.code(), null, false, false);
        this.fault = Fault.inField(FaultCode.HANDOVER_UNTRANSLATABLE, path);
    }

    Fault fault() {
        return fault;
    }
}
