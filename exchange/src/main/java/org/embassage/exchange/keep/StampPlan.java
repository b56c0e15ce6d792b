package org.embassage.exchange.keep;

import java.time.Duration;
import org.embassage.exchange.journal.Stamping;

/**
 * How evidence is to be time-stamped.
 *
 * @param anchorEvery between two checkpoints that are time-stamped; zero: every checkpoint
 * @param grace how long evidence may wait for a token before no new drops are taken
 */
public record StampPlan(Stamping mode, Duration anchorEvery, Duration grace) {

    /** No time-stamps. */
    public static StampPlan none() {
        return new StampPlan(Stamping.NONE, Duration.ZERO, Duration.ZERO);
    }

    public boolean isOn() {
        return mode != Stamping.NONE;
    }
}
