package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.keep.StampState.Condition;

/**
 * Closes the intake once the grace has ended, and opens it when time-stamping has caught up. Asked before every look at the
 * drop folders, so it asks the store once a second only. Thread-safe.
 */
public final class GraceGate implements Supplier<Optional<FaultCode>> {

    private static final Duration REMEMBERED = Duration.ofSeconds(1);

    private final StampGrace grace;
    private final Clock clock;
    private Instant asked = Instant.EPOCH;
    private boolean ended;

    public GraceGate(StampGrace grace, Clock clock) {
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    public synchronized Optional<FaultCode> get() {
        Instant now = clock.instant();
        if (now.isBefore(asked) || !now.isBefore(asked.plus(REMEMBERED))) {
            ended = grace.state().condition() == Condition.ENDED;
            asked = now;
        }
        return ended ? Optional.of(FaultCode.TIME_STAMP_GRACE_ENDED) : Optional.empty();
    }
}
