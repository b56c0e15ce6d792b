package org.embassage.exchange.receive;

import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.StepOutcome;

/**
 * What one item of a bundle comes to: evidence to be signed, if any, and the step that is then committed.
 *
 * @param line for the log, without any value of content
 * @param taken how the inbox will know the message, if it is one that was opened and believed
 */
record Judged(
        Optional<Evidence> evidence,
        Function<Optional<Receipt>, StepOutcome> step,
        String line,
        Optional<InboxView> taken) {

    static Judged silent(StepOutcome step, String line) {
        return new Judged(Optional.empty(), none -> step, line, Optional.empty());
    }

    static Judged answered(Evidence evidence, Function<Receipt, StepOutcome> step, String line) {
        return new Judged(Optional.of(evidence), receipt -> step.apply(receipt.orElseThrow()), line, Optional.empty());
    }

    /** The same, for a message that the inbox will know like this. */
    Judged taking(InboxView message) {
        return new Judged(evidence, step, line, Optional.of(message));
    }

    static Judged nothing(String line) {
        return silent(StepOutcome.of(), line);
    }
}
