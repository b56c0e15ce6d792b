package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.keep.StampState.Condition;
import org.embassage.exchange.port.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log when time-stamping falls behind, how much of the grace is left, when it has ended, and when all is well
 * again: at every change, and every ten minutes in between. Not thread-safe.
 */
public final class WatchGrace implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(WatchGrace.class);
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final StampGrace grace;
    private final Clock clock;
    private Condition told = Condition.CURRENT;
    private Instant next = Instant.MIN;

    public WatchGrace(StampGrace grace, Clock clock) {
        this.grace = grace;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        StampState state = grace.state();
        Instant now = clock.instant();
        if (state.condition() != told || !now.isBefore(next) || next.isAfter(now.plus(AGAIN))) {
            tell(state, now);
            told = state.condition();
            next = now.plus(AGAIN);
        }
        return false;
    }

    private void tell(StampState state, Instant now) {
        Optional<Long> minutes = state.left(now).map(Duration::toMinutes);
        switch (state.condition()) {
            case BEHIND ->
                LOG.warn(
                        "event=TimeStampingBehind fault={} since={} graceEnds={} minutesLeft={}",
                        FaultCode.TIME_STAMP_UNAVAILABLE.code(),
                        state.since().orElse(now),
                        state.ends().orElse(now),
                        minutes.orElse(0L));
            case ENDED ->
                LOG.error(
                        "event=GraceEnded ALARM fault={} since={} intake=stopped",
                        FaultCode.TIME_STAMP_GRACE_ENDED.code(),
                        state.since().orElse(now));
            case CURRENT, OFF -> {
                if (told == Condition.BEHIND || told == Condition.ENDED) {
                    LOG.info("event=TimeStampingRecovered intake=open");
                }
            }
        }
    }
}
