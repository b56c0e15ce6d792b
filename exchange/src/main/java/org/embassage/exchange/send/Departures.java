package org.embassage.exchange.send;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.agreement.AgreementPolicy.Going;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.TrafficGate;
import org.embassage.exchange.wire.ItemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges again what has waited, before it leaves: whether it expired, its terms ended, or it must wait on. */
final class Departures {

    private static final Logger LOG = LoggerFactory.getLogger(Departures.class);
    /** What was judged this recently is not judged again. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final GatewayId peer;
    private final Register register;
    private final AgreementPolicy policy;
    private final Abandonment abandonment;
    private final TrafficGate gate;
    private final Duration pause;

    /** @param pause after which what must wait is looked at again */
    Departures(
            GatewayId peer,
            Register register,
            AgreementPolicy policy,
            Abandonment abandonment,
            TrafficGate gate,
            Duration pause) {
        this.peer = peer;
        this.register = register;
        this.policy = policy;
        this.abandonment = abandonment;
        this.gate = gate;
        this.pause = pause;
    }

    /** Those that may go, in their order. @param steps is given what becomes of the others */
    List<OutboxEntry> judge(List<OutboxEntry> entries, Instant now, List<StepOutcome> steps) {
        boolean stopped = gate.stopped(peer).isPresent();
        List<OutboxEntry> going = new ArrayList<>();
        for (OutboxEntry entry : entries) {
            if (goes(entry, stopped, now, steps)) {
                going.add(entry);
            }
        }
        return going;
    }

    private boolean goes(OutboxEntry entry, boolean stopped, Instant now, List<StepOutcome> steps) {
        if (entry.kind() != ItemKind.MESSAGE || (!stopped && fresh(entry, now))) {
            return true;
        }
        Optional<ExchangeView> view = entry.exchange().flatMap(register::exchange);
        if (view.isEmpty()
                || view.get().state().closed()
                || now.isAfter(view.get().expires())) {
            steps.add(StepOutcome.of(new Fact.OutboxEnded(entry.id(), now)));
            return false;
        }
        Going going = policy.judgeGoing(view.get().agreement(), now);
        if (going instanceof Going.Ends ends && view.get().state() == ExchangeState.SEALED) {
            steps.add(abandon(view.get(), ends.fault(), now));
            return false;
        }
        if (stopped || going instanceof Going.Waits) {
            steps.add(StepOutcome.of(new Fact.OutboxReleased(entry.id(), now.plus(pause))));
            return false;
        }
        return true;
    }

    /** What was judged by a clock that was ahead of this one is judged again, however recent. */
    static boolean fresh(OutboxEntry entry, Instant now) {
        return !entry.queued().isAfter(now) && entry.queued().plus(FRESH).isAfter(now);
    }

    private StepOutcome abandon(ExchangeView view, Fault fault, Instant now) {
        LOG.warn(
                "exchange={} peer={} event=RelayFailure fault={}",
                view.exchange(),
                peer,
                fault.code().code());
        return abandonment.step(view, fault, now);
    }
}
