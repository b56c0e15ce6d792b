package org.embassage.exchange.send;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Lane;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.TrafficGate;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what waits for one peer over one transport, bundle by bundle, the most urgent first; every eighth bundle is of what
 * has waited longest, so that nothing waits for ever. A message stays in the outbox until the peer's evidence closes its
 * exchange; everything else ends when the peer's side of the transport holds it durably.
 *
 * <p>When the {@link Link} fails, nothing but one item now and then is tried; when it has been down for long enough, what may
 * go by another transport goes there, the same bytes, and comes back when the link works again.
 */
public final class DispatchOutbox implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(DispatchOutbox.class);
    /** After a crash, what was leased waits this long; carried twice it has no second effect. */
    private static final Duration LEASE = Duration.ofSeconds(20);
    /** Of so many bundles one is of what has waited longest. */
    private static final int FAIR = 8;

    private static final int PROBES = 16;
    /** What failed this often without ever arriving goes alone, so that it holds up nothing else. */
    private static final int SUSPECT = 2;

    private static final Duration DIVERTED_EVERY = Duration.ofSeconds(1);

    private final GatewayId peer;
    private final Carrier carrier;
    private final Journal journal;
    private final Register register;
    private final AgreementBook book;
    private final Departures departures;
    private final Links links;
    private final Link link;
    private final Pace pace;
    private final Clock clock;
    private int turns;
    private Instant diverted = Instant.EPOCH;
    /** When the link failed of whose failover the log was told. */
    private Instant told = Instant.EPOCH;

    public DispatchOutbox(
            GatewayId peer,
            Carrier carrier,
            Journal journal,
            Register register,
            AgreementBook book,
            Statements statements,
            TrafficGate gate,
            Links links,
            Uuids ids,
            Clock clock) {
        this.peer = peer;
        this.carrier = carrier;
        this.journal = journal;
        this.register = register;
        this.book = book;
        this.departures = new Departures(
                peer,
                register,
                new AgreementPolicy(book),
                new Abandonment(register, statements, book, ids),
                gate,
                links.retries().longestFailure());
        this.links = links;
        this.link = links.use(peer, carrier.transport());
        this.pace = new Pace(carrier.bundleBytes());
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = now();
        divert(now);
        return switch (link.turn(now)) {
            case WAIT -> false;
            case PROBE -> probe(now);
            case CARRY -> carryNext(now);
        };
    }

    private boolean carryNext(Instant now) {
        int most = pace.items();
        List<OutboxEntry> leased = ++turns % FAIR == 0
                ? journal.leaseOldest(peer, carrier.transport(), now, now.plus(LEASE), most)
                : journal.lease(peer, carrier.transport(), now, now.plus(LEASE), most);
        if (leased.isEmpty()) {
            return false;
        }
        List<StepOutcome> steps = new ArrayList<>();
        List<OutboxEntry> going = departures.judge(leased, now, steps);
        List<Parcel> bundle = bundle(going);
        boolean carried = bundle.isEmpty() || carry(bundle);
        Instant at = now();
        for (OutboxEntry entry : going) {
            boolean tried = bundle.stream().anyMatch(parcel -> parcel.entry() == entry);
            steps.add(StepOutcome.of(
                    tried ? after(entry, carried, bundle.size() == 1, at) : new Fact.OutboxReleased(entry.id(), at)));
        }
        if (!bundle.isEmpty()) {
            linked(carried, at).forEach(fact -> steps.add(StepOutcome.of(fact)));
        }
        journal.commit(steps);
        return carried && (leased.size() == most || going.size() > bundle.size());
    }

    /** One item, to find out whether the link works; it may be on its way over another transport meanwhile. */
    private boolean probe(Instant now) {
        List<StepOutcome> steps = new ArrayList<>();
        List<OutboxEntry> going = departures.judge(register.probes(peer, carrier.transport(), PROBES), now, steps);
        boolean carried = false;
        if (!going.isEmpty()) {
            OutboxEntry entry = going.get(0);
            carried = carry(List.of(Parcel.of(entry, register)));
            Instant at = now();
            boolean away = entry.transport() != carrier.transport();
            steps.add(StepOutcome.of(
                    away && !carried ? new Fact.OutboxTried(entry.id(), at) : after(entry, carried, true, at)));
            linked(carried, at).forEach(fact -> steps.add(StepOutcome.of(fact)));
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
        return carried;
    }

    /** What the outcome says of the link, and what follows from that. One line in the log for each change. */
    private List<Fact> linked(boolean carried, Instant at) {
        List<Fact> facts = new ArrayList<>();
        if (!carried) {
            if (link.failed(at)) {
                LOG.warn(
                        "peer={} transport={} event=LinkOpen fault={} failures={}",
                        peer,
                        carrier.transport(),
                        FaultCode.PEER_UNREACHABLE.code(),
                        link.state().failures());
            }
            if (link.open()) {
                facts.add(new Fact.LinkChanged(link.state()));
            }
            return facts;
        }
        Instant since = link.state().since();
        if (link.carried(at)) {
            LOG.info(
                    "peer={} transport={} event=LinkClosed seconds={}",
                    peer,
                    carrier.transport(),
                    Duration.between(since, at).toSeconds());
            facts.add(new Fact.LinkChanged(link.state()));
            facts.add(new Fact.LaneReturned(peer, carrier.transport()));
            facts.add(new Fact.LaneDue(peer, carrier.transport(), at));
        }
        return facts;
    }

    /** Once the link has been down for long enough, what the agreement lets go by another transport goes there. */
    private void divert(Instant now) {
        if (Duration.between(diverted, now).abs().compareTo(DIVERTED_EVERY) < 0) {
            return;
        }
        diverted = now;
        answerPouches(now);
        Optional<Transport> instead = links.instead(peer, carrier.transport(), now);
        if (instead.isEmpty()) {
            return;
        }
        List<StepOutcome> steps = new ArrayList<>();
        if (register.movable(peer, carrier.transport())) {
            steps.add(move(instead.get(), Optional.empty(), now));
        }
        for (Lane lane : register.lanes(peer, carrier.transport())) {
            if (mayGoBy(instead.get(), lane)) {
                steps.add(move(instead.get(), Optional.of(lane), now));
            }
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
            tellOnce(instead.get());
        }
    }

    /** What came by a pouch is answered by whichever transport works. */
    private void answerPouches(Instant now) {
        if (!link.open() && register.movable(peer, Transport.POUCH)) {
            journal.commit(StepOutcome.of(
                    new Fact.LaneMoved(peer, Transport.POUCH, carrier.transport(), Optional.empty(), now)));
        }
    }

    /** What comes later goes the same way without a word, until the link has worked again. */
    private void tellOnce(Transport instead) {
        Instant since = link.state().since();
        if (!since.equals(told)) {
            told = since;
            LOG.warn(
                    "peer={} transport={} instead={} event=FailedOver fault={}",
                    peer,
                    carrier.transport(),
                    instead,
                    FaultCode.PEER_UNREACHABLE.code());
        }
    }

    private boolean mayGoBy(Transport other, Lane lane) {
        return book.find(lane.agreement())
                .flatMap(held -> book.terms(lane.agreement(), lane.clause()).fallback())
                .filter(other.name()::equals)
                .isPresent();
    }

    private StepOutcome move(Transport to, Optional<Lane> lane, Instant now) {
        return StepOutcome.of(new Fact.LaneMoved(peer, carrier.transport(), to, lane, now));
    }

    /** What goes at once: of one priority, in its order, within what the link likes. */
    private List<Parcel> bundle(List<OutboxEntry> entries) {
        List<Parcel> bundle = new ArrayList<>();
        long size = 0;
        for (OutboxEntry entry : entries) {
            boolean suspect = entry.carried() == 0 && entry.attempts() >= SUSPECT;
            if (!bundle.isEmpty()
                    && (suspect || entry.priority() != bundle.get(0).entry().priority())) {
                continue;
            }
            Parcel parcel = Parcel.of(entry, register);
            if (!bundle.isEmpty() && size + parcel.cost() > pace.bytes()) {
                break;
            }
            bundle.add(parcel);
            size += parcel.cost();
            if (suspect) {
                break;
            }
        }
        return bundle;
    }

    private boolean carry(List<Parcel> bundle) {
        List<WireItem> items =
                bundle.stream().flatMap(parcel -> parcel.items().stream()).toList();
        byte[] octets = DispatchBundle.encode(items);
        Instant begun = clock.instant();
        try {
            carrier.carry(peer, bundle.get(0).entry().priority(), octets);
            pace.carried(items.size(), octets.length, Duration.between(begun, clock.instant()));
            LOG.info("peer={} transport={} items={} event=Carried", peer, carrier.transport(), items.size());
            return true;
        } catch (Broken unreachable) {
            if (!link.open()) {
                LOG.warn(
                        "peer={} transport={} items={} fault={}",
                        peer,
                        carrier.transport(),
                        items.size(),
                        unreachable.fault().code());
            }
            return false;
        }
    }

    /** What failed together is due as soon as the link is; what failed alone may itself be why, and steps aside. */
    private Fact after(OutboxEntry entry, boolean carried, boolean alone, Instant at) {
        if (!carried) {
            return new Fact.OutboxAttempted(entry.id(), at, false, alone ? link.again(at, entry.attempts()) : at);
        }
        return entry.kind() == ItemKind.MESSAGE
                ? new Fact.OutboxAttempted(entry.id(), at, true, links.retries().afterCarried(at, entry.carried()))
                : new Fact.OutboxEnded(entry.id(), at);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
