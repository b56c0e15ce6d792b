package org.embassage.exchange.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.port.Round;

/** With whom traffic is stopped, as the store says; looked up for every message, so it is kept in memory. Thread-safe. */
public final class TrafficGate {

    private final Register register;
    private volatile Map<GatewayId, TrafficStop> stops;

    public TrafficGate(Register register) {
        this.register = register;
        this.stops = load(register);
    }

    /** Why messages neither go to the peer nor are taken from it; nothing if they are. */
    public Optional<TrafficStop> stopped(GatewayId peer) {
        return Optional.ofNullable(stops.get(peer));
    }

    /** Whether what a restored gateway lost is still being put together with the peer. */
    public boolean recovering(GatewayId peer) {
        return stopped(peer)
                .map(stop -> stop.cause().equals(TrafficStop.RECOVERING))
                .orElse(false);
    }

    /** Whether it is with any peer: until then nothing may be concluded from what is missing. */
    public boolean recovering() {
        return stops.values().stream().anyMatch(stop -> stop.cause().equals(TrafficStop.RECOVERING));
    }

    /** The round, which waits while what was lost is put together with any peer: it would draw conclusions too early. */
    public Round unlessRecovering(Round round) {
        return () -> !recovering() && round.run();
    }

    /** To be called after a commit that stopped or resumed traffic. */
    public synchronized void changed() {
        stops = load(register);
    }

    private static Map<GatewayId, TrafficStop> load(Register register) {
        return register.trafficStops().stream()
                .collect(Collectors.toMap(
                        TrafficStop::peer,
                        Function.identity(),
                        (one, other) -> one.cause().equals(TrafficStop.RECOVERING) ? other : one));
    }
}
