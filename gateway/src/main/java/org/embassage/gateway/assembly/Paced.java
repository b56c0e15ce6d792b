package org.embassage.gateway.assembly;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.embassage.exchange.port.Round;

/** A round that is due only every so often, however often it is called. */
final class Paced implements Round {

    private final Round round;
    private final Duration pace;
    private final Clock clock;
    private Instant due = Instant.MIN;

    Paced(Round round, Duration pace, Clock clock) {
        this.round = round;
        this.pace = pace;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant();
        // Further away than the pace: the clock was set back meanwhile, and nobody shall wait for it.
        if (now.isBefore(due) && !due.isAfter(now.plus(pace))) {
            return false;
        }
        boolean more = round.run();
        due = more ? now : now.plus(pace);
        return more;
    }
}
