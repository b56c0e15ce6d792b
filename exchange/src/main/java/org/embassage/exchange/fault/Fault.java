package org.embassage.exchange.fault;

import java.util.Optional;

/**
 * One coded no about one thing.
 *
 * @param code what happened
 * @param field the <em>name</em> of the field or the path of the element it is about; never a value
 * @param clause the agreement's clause that refused
 */
public record Fault(FaultCode code, Optional<String> field, Optional<String> clause) {

    public static Fault of(FaultCode code) {
        return new Fault(code, Optional.empty(), Optional.empty());
    }

    public static Fault inField(FaultCode code, String field) {
        return new Fault(code, Optional.of(field), Optional.empty());
    }

    public static Fault byClause(FaultCode code, String clause) {
        return new Fault(code, Optional.empty(), Optional.of(clause));
    }
}
