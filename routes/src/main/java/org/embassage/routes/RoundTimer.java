package org.embassage.routes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.exchange.port.Round;
import org.embassage.routes.EdgeWork.NamedRound;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one round again and again: while it says there is more, then after each period. When it fails, the pause doubles from
 * failure to failure up to the longest.
 */
final class RoundTimer extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(RoundTimer.class);
    private static final int MOST_DOUBLINGS = 20;

    private final String name;
    private final Round round;
    private final Duration period;
    private final Duration longestPause;
    private final Clock clock;
    private final BooleanSupplier goesOn;

    private int failures;
    private Instant notBefore = Instant.MIN;

    /** @param goesOn false when the edge closes: then no further batch is begun */
    RoundTimer(NamedRound work, Duration period, Duration longestPause, Clock clock, BooleanSupplier goesOn) {
        this.name = work.name();
        this.round = work.round();
        this.period = period;
        this.longestPause = longestPause;
        this.clock = clock;
        this.goesOn = goesOn;
    }

    @Override
    public void configure() {
        // Not timer: java.util.Timer waits by the wall clock, and for a day after one that was a day ahead is set back.
        from("scheduler:" + name + "?includeMetadata=false&initialDelay=0&delay=" + period.toMillis())
                .routeId(RouteIds.round(name))
                .routeConfigurationId(FailureHandling.TOLD_TO_CALLER)
                .process(exchange -> tick())
                .id("run-" + name);
    }

    /** Called by the timer's one thread. Never throws: the timer would end. */
    void tick() {
        Instant now = clock.instant();
        // Further away than the longest pause: the clock was set back meanwhile, and nobody shall wait for it.
        if (now.isBefore(notBefore) && !notBefore.isAfter(now.plus(longestPause))) {
            return;
        }
        try {
            boolean more = true;
            while (more && goesOn.getAsBoolean()) {
                more = round.run();
            }
            if (failures > 0) {
                LOG.info("round={} event=Recovered failures={}", name, failures);
            }
            failures = 0;
        } catch (RuntimeException | Error e) {
            Duration pause = pause();
            failures++;
            notBefore = clock.instant().plus(pause);
            LOG.warn("round={} event=RoundFailed fault={} pause={}ms", name, FailureHandling.name(e), pause.toMillis());
        }
    }

    private Duration pause() {
        Duration pause = period.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        return pause.compareTo(longestPause) < 0 ? pause : longestPause;
    }
}
