package org.embassage.exchange.agreement;

import java.util.Optional;
import java.util.function.Function;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.fault.Fault;

/**
 * What an agreement says of a document.
 *
 * @param <T> what is gained if it is permitted
 */
public sealed interface Verdict<T> {

    /** Permitted. */
    record Permitted<T>(T granted) implements Verdict<T> {}

    /**
     * Refused.
     *
     * @param fault cites the clause, where one decided
     * @param agreement the version that was judged by; absent if there was none
     */
    record Refused<T>(Fault fault, Optional<AgreementRef> agreement) implements Verdict<T> {}

    default <R> R fold(Function<T, R> permitted, Function<Refused<T>, R> refused) {
        return this instanceof Permitted<T> yes ? permitted.apply(yes.granted()) : refused.apply((Refused<T>) this);
    }
}
