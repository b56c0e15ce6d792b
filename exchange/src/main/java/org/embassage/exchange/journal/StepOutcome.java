package org.embassage.exchange.journal;

import java.util.List;

/**
 * Facts that stand or fall together: what one step did to one exchange, drop or item.
 *
 * @param facts in the order in which they are written
 */
public record StepOutcome(List<Fact> facts) {
    public StepOutcome {
        facts = List.copyOf(facts);
    }

    public static StepOutcome of(Fact... facts) {
        return new StepOutcome(List.of(facts));
    }
}
