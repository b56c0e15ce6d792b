package org.embassage.exchange.order;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;

/**
 * Carries out one kind of order.
 *
 * @param <O> the kind
 */
@FunctionalInterface
public interface OrderHandler<O extends Order> {

    /**
     * Judges the order and says what it comes to; the desk signs the evidence and commits the facts together with the
     * order's act. What cannot be part of that commit may be done here, but MUST be repeatable: after a crash the same order
     * comes again.
     *
     * @param now UTC, whole milliseconds
     * @throws org.embassage.exchange.fault.Broken our side failed; the order is tried again
     */
    Course take(O order, Officer officer, Instant now);

    /** What an order comes to. */
    sealed interface Course {

        /**
         * It is carried out when this is committed.
         *
         * @param evidence to be signed, may be empty
         * @param facts from the receipts in the order of the evidence
         */
        record Carried(List<Evidence> evidence, Function<List<Receipt>, List<Fact>> facts) implements Course {
            public Carried {
                evidence = List.copyOf(evidence);
            }
        }

        /**
         * Nothing is done.
         *
         * @param cause the fault that stands behind it, if there is one
         */
        record Refused(FaultCode why, java.util.Optional<FaultCode> cause) implements Course {
            public static Refused of(FaultCode why) {
                return new Refused(why, java.util.Optional.empty());
            }
        }
    }
}
