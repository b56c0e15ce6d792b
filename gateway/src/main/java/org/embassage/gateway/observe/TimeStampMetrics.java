package org.embassage.gateway.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.keep.StampState.Condition;

/** How time-stamping stands; instants are seconds since 1970, zero if there is none. */
public final class TimeStampMetrics {

    private final Supplier<StampState> state;
    private final AtomicLong since = new AtomicLong();
    private final AtomicLong ends = new AtomicLong();
    private final AtomicLong anchor = new AtomicLong();
    private final AtomicLong closed = new AtomicLong();

    public TimeStampMetrics(Supplier<StampState> state, MeterRegistry meters) {
        this.state = state;
        gauge(
                meters,
                "gateway.timestamp.waiting.since.timestamp.seconds",
                "Since when the oldest evidence waits.",
                since);
        gauge(
                meters,
                "gateway.timestamp.grace.end.timestamp.seconds",
                "When the intake stops if nothing is stamped.",
                ends);
        gauge(meters, "gateway.timestamp.anchor.timestamp.seconds", "When a checkpoint was last stamped.", anchor);
        gauge(
                meters,
                "gateway.timestamp.intake.closed",
                "1 while no drops are taken because the grace has ended.",
                closed);
    }

    private static void gauge(MeterRegistry meters, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    /** Reads all figures anew. */
    public void refresh() {
        StampState now = state.get();
        since.set(seconds(now.since()));
        ends.set(seconds(now.ends()));
        anchor.set(seconds(now.anchor()));
        closed.set(now.condition() == Condition.ENDED ? 1 : 0);
    }

    private static long seconds(Optional<Instant> instant) {
        return instant.map(Instant::getEpochSecond).orElse(0L);
    }
}
