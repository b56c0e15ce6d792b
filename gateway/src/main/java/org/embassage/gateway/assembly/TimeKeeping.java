package org.embassage.gateway.assembly;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.keep.GraceGate;
import org.embassage.exchange.keep.KeepStatuses;
import org.embassage.exchange.keep.StampEvidence;
import org.embassage.exchange.keep.StampGrace;
import org.embassage.exchange.keep.StampPlan;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.keep.WatchGrace;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.observe.Health;
import org.embassage.gateway.timestamp.TrustStatuses;
import org.embassage.store.SqlStore;

/** The parts that prove when evidence existed, and that close the intake when they fail for too long. */
final class TimeKeeping {

    private static final Duration STATUSES_EVERY = Duration.ofMinutes(1);
    private static final Duration WATCHED_EVERY = Duration.ofSeconds(10);

    private final StampPlan plan;
    private final SqlStore store;
    private final Uuids ids;
    private final Clock clock;
    private final StampGrace grace;
    private final Map<String, Round> rounds = new LinkedHashMap<>();

    TimeKeeping(Configuration configuration, SqlStore store, Uuids ids, Clock clock, SecureRandom random) {
        this.plan = configuration.stampPlan();
        this.store = store;
        this.ids = ids;
        this.clock = clock;
        this.grace = new StampGrace(plan, store.stampbook(), store.ledgerbook(), clock);
        TrustStatuses trust = new TrustStatuses(
                configuration.folders().trust(), configuration.folders().timeStamping());
        rounds.put(
                "keep-statuses",
                new Paced(new KeepStatuses(trust, store.journal(), store.stampbook(), clock), STATUSES_EVERY, clock));
        Parts.timeStamper(configuration, clock, random).ifPresent(this::stampWith);
    }

    private void stampWith(TimeStamper stamper) {
        rounds.put(
                "stamp-evidence",
                new StampEvidence(plan, stamper, store.journal(), store.stampbook(), store.ledgerbook(), clock));
        rounds.put("watch-grace", new Paced(new WatchGrace(grace, clock), WATCHED_EVERY, clock));
    }

    /** By name. */
    Map<String, Round> rounds() {
        return rounds;
    }

    /** Before the first receipt is issued. */
    void begin() {
        StampEvidence.begin(plan, store.journal(), store.stampbook(), store.ledgerbook(), ids, clock);
    }

    /** Why no drops are taken. */
    Supplier<Optional<FaultCode>> gate() {
        return plan.isOn() ? new GraceGate(grace, clock) : Optional::empty;
    }

    StampState state() {
        return grace.state();
    }

    Health.State health() {
        return switch (grace.state().condition()) {
            case OFF, CURRENT -> Health.State.OK;
            case BEHIND -> Health.State.DEGRADED;
            case ENDED -> Health.State.DOWN;
        };
    }
}
