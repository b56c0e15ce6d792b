package org.embassage.exchange.receive;

import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.journal.StepOutcome;

/**
 * What one item of a bundle comes to: evidence to be signed, if any, and the step that is then committed.
 *
 * @param line for the log, without any value of content
 */
record Judged(Optional<Evidence> evidence, Function<Optional<Receipt>, StepOutcome> step, String line) {

    static Judged silent(StepOutcome step, String line) {
        return new Judged(Optional.empty(), none -> step, line);
    }

    static Judged answered(Evidence evidence, Function<Receipt, StepOutcome> step, String line) {
        return new Judged(Optional.of(evidence), receipt -> step.apply(receipt.orElseThrow()), line);
    }

    static Judged nothing(String line) {
        return silent(StepOutcome.of(), line);
    }
}
