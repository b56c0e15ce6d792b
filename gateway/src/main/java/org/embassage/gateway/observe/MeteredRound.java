package org.embassage.gateway.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.port.Round;

/** A round that is timed and whose failures are counted by code. */
public final class MeteredRound implements Round {

    private final String name;
    private final Round round;
    private final MeterRegistry meters;
    private final Timer timer;

    public MeteredRound(String name, Round round, MeterRegistry meters) {
        this.name = name;
        this.round = round;
        this.meters = meters;
        this.timer = Timer.builder("gateway.round.duration")
                .description("Time that one round of work took.")
                .tag("round", name)
                .register(meters);
    }

    @Override
    public boolean run() {
        try {
            return Boolean.TRUE.equals(timer.record(round::run));
        } catch (Broken broken) {
            meters.counter(
                            "gateway.round.failures",
                            "round",
                            name,
                            "code",
                            broken.fault().code())
                    .increment();
            throw broken;
        }
    }
}
