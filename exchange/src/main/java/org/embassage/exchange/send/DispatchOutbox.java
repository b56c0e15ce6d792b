package org.embassage.exchange.send;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.agreement.AgreementPolicy.Going;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.TrafficGate;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what waits for one peer over one transport, many items in one bundle. A message stays in the outbox until the
 * peer's evidence closes its exchange; everything else ends when the peer's side of the transport holds it durably.
 */
public final class DispatchOutbox implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchOutbox.class);
    private static final int MOST = 256;
    /** After a crash, what was leased waits this long; carried twice it has no second effect. */
    private static final Duration LEASE = Duration.ofSeconds(20);
    /** What was judged this recently is not judged again. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final GatewayId peer;
    private final Carrier carrier;
    private final Journal journal;
    private final Register register;
    private final AgreementPolicy policy;
    private final Abandonment abandonment;
    private final TrafficGate gate;
    private final RetryPlan retries;
    private final Clock clock;
    private final SplittableRandom random = new SplittableRandom();

    public DispatchOutbox(
            GatewayId peer,
            Carrier carrier,
            Journal journal,
            Register register,
            AgreementBook book,
            Statements statements,
            TrafficGate gate,
            RetryPlan retries,
            Uuids ids,
            Clock clock) {
        this.peer = peer;
        this.carrier = carrier;
        this.journal = journal;
        this.register = register;
        this.policy = new AgreementPolicy(book);
        this.abandonment = new Abandonment(register, statements, book, ids);
        this.gate = gate;
        this.retries = retries;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = now();
        List<OutboxEntry> leased = journal.lease(peer, carrier.transport(), now, now.plus(LEASE), MOST);
        if (leased.isEmpty()) {
            return false;
        }
        List<StepOutcome> steps = new ArrayList<>();
        List<OutboxEntry> going = new ArrayList<>();
        for (OutboxEntry entry : leased) {
            if (goes(entry, now, steps)) {
                going.add(entry);
            }
        }
        boolean carried = true;
        for (List<Parcel> bundle : bundles(going)) {
            carried = carried && carry(bundle);
            Instant at = now();
            for (Parcel parcel : bundle) {
                steps.add(StepOutcome.of(after(parcel.entry(), carried, at)));
            }
        }
        journal.commit(steps);
        return carried && leased.size() == MOST;
    }

    /** Expiry, the end of terms and suspension are judged again for what has waited. */
    private boolean goes(OutboxEntry entry, Instant now, List<StepOutcome> steps) {
        boolean stopped = gate.stopped(peer).isPresent();
        if (entry.kind() != ItemKind.MESSAGE
                || (!stopped && entry.queued().plus(FRESH).isAfter(now))) {
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
            Instant later = now.plus(retries.longestFailure());
            steps.add(StepOutcome.of(new Fact.OutboxAttempted(entry.id(), now, false, later)));
            return false;
        }
        return true;
    }

    private StepOutcome abandon(ExchangeView view, Fault fault, Instant now) {
        LOG.warn(
                "exchange={} peer={} event=RelayFailure fault={}",
                view.exchange(),
                peer,
                fault.code().code());
        return abandonment.step(view, fault, now);
    }

    /** In their order, each bundle within what the transport likes. */
    private List<List<Parcel>> bundles(List<OutboxEntry> entries) {
        List<List<Parcel>> bundles = new ArrayList<>();
        List<Parcel> bundle = new ArrayList<>();
        int size = 0;
        for (OutboxEntry entry : entries) {
            Parcel parcel = new Parcel(entry, items(entry));
            if (!bundle.isEmpty() && size + parcel.cost() > carrier.bundleBytes()) {
                bundles.add(bundle);
                bundle = new ArrayList<>();
                size = 0;
            }
            bundle.add(parcel);
            size += parcel.cost();
        }
        if (!bundle.isEmpty()) {
            bundles.add(bundle);
        }
        return bundles;
    }

    /**
     * What was carried and is not answered may be lost, and with it what was said of it: a message that is carried again
     * takes its SubmissionAcceptance with it.
     */
    private List<WireItem> items(OutboxEntry entry) {
        List<WireItem> items = new ArrayList<>();
        items.add(new WireItem(entry.kind(), entry.content().octets()));
        if (entry.kind() == ItemKind.MESSAGE && entry.carried()) {
            entry.exchange().map(register::receipts).orElse(List.of()).stream()
                    .filter(receipt -> receipt.issued() && receipt.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE)
                    .map(receipt ->
                            new WireItem(ItemKind.RECEIPT, receipt.container().octets()))
                    .forEach(items::add);
        }
        return items;
    }

    private boolean carry(List<Parcel> bundle) {
        List<WireItem> items =
                bundle.stream().flatMap(parcel -> parcel.items().stream()).toList();
        try {
            carrier.carry(peer, DispatchBundle.encode(items));
            LOG.info("peer={} transport={} items={} event=Carried", peer, carrier.transport(), items.size());
            return true;
        } catch (Broken unreachable) {
            LOG.warn(
                    "peer={} transport={} items={} fault={}",
                    peer,
                    carrier.transport(),
                    items.size(),
                    unreachable.fault().code());
            return false;
        }
    }

    /** An entry of the outbox with all that goes for it. */
    private record Parcel(OutboxEntry entry, List<WireItem> items) {

        int cost() {
            return items.stream()
                    .mapToInt(item -> DispatchBundle.cost(item.octets().length))
                    .sum();
        }
    }

    private Fact after(OutboxEntry entry, boolean carried, Instant at) {
        if (!carried) {
            return new Fact.OutboxAttempted(entry.id(), at, false, retries.afterFailure(at, entry.attempts(), random));
        }
        return entry.kind() == ItemKind.MESSAGE
                ? new Fact.OutboxAttempted(entry.id(), at, true, retries.afterCarried(at, entry.attempts()))
                : new Fact.OutboxEnded(entry.id(), at);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
