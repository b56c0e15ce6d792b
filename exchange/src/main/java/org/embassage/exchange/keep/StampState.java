package org.embassage.exchange.keep;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.embassage.exchange.journal.Stamping;

/**
 * Where time-stamping stands.
 *
 * @param mode that holds
 * @param since when the evidence that has waited longest for a token, or for an anchor over it, was first covered by a
 *     checkpoint of ours; absent if nothing waits
 * @param ends when the grace ends, as long as nothing is stamped; absent if nothing waits
 * @param anchor when a checkpoint was last stamped
 */
public record StampState(
        Stamping mode, Condition condition, Optional<Instant> since, Optional<Instant> ends, Optional<Instant> anchor) {

    /** What it means for the gateway. */
    public enum Condition {
        /** There are no time-stamps. */
        OFF,
        /** Nothing waits longer than usual. */
        CURRENT,
        /** Evidence waits longer than usual: the countdown is shown. All goes on. */
        BEHIND,
        /** The grace has ended: no new drops are taken. All else goes on. */
        ENDED
    }

    /** How much of the grace is left: zero once it has ended; absent if nothing waits. */
    public Optional<Duration> left(Instant now) {
        return ends.map(end -> now.isBefore(end) ? Duration.between(now, end) : Duration.ZERO);
    }
}
