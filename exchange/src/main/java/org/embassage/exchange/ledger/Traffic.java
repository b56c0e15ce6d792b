package org.embassage.exchange.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.wire.ItemKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops and resumes traffic with a peer: by order, or because its ledger cannot be believed. Messages then wait here, and
 * those that come are refused; receipts, notes and proofs go on. Each change is durable, a receipt at both sides, and a line
 * in the log. Thread-safe.
 */
public final class Traffic {

    private static final Logger LOG = LoggerFactory.getLogger(Traffic.class);

    private static final String LEDGER = "LEDGER_";
    /** More than a gateway gives a peer between two backups. */
    private static final int UNTOLD = 10_000;

    private final PeerDirectory peers;
    private final Journal journal;
    private final Register register;
    private final Statements statements;
    private final TrafficGate gate;
    private final Uuids ids;
    private final Clock clock;

    public Traffic(
            PeerDirectory peers,
            Journal journal,
            Register register,
            Statements statements,
            TrafficGate gate,
            Uuids ids,
            Clock clock) {
        this.peers = peers;
        this.journal = journal;
        this.register = register;
        this.statements = statements;
        this.gate = gate;
        this.ids = ids;
        this.clock = clock;
    }

    /** What became of an order. */
    public enum Outcome {
        DONE,
        /** Traffic was as asked for already; nothing changed. */
        ALREADY,
        UNKNOWN_PEER
    }

    /**
     * Stops traffic with a peer. A peer that was stopped by order is stopped anew when its ledger accuses it.
     *
     * @param act with the word SUSPEND
     * @param reason why; its code is shown wherever the stop is
     */
    public synchronized Outcome stop(GatewayId peer, Act act, Reason reason) {
        return stop(peer, act, reason, List.of());
    }

    /** @param with facts that stand or fall with it; they are written even if traffic is stopped already */
    public synchronized Outcome stop(GatewayId peer, Act act, Reason reason, List<Fact> with) {
        Optional<Peer> known = peers.find(peer);
        if (known.isEmpty()) {
            return Outcome.UNKNOWN_PEER;
        }
        boolean graver = reason.code().startsWith(LEDGER)
                && !gate.stopped(peer).map(Traffic::accusesLedger).orElse(false);
        if (gate.stopped(peer).isPresent() && !graver) {
            commit(with);
            return Outcome.ALREADY;
        }
        Instant now = now();
        Receipt receipt = signed(statements.trafficSuspended(peer, Optional.empty(), act, reason, now));
        List<Fact> facts = new ArrayList<>(with);
        facts.add(new Fact.TrafficStopped(peer, now, reason.code(), receipt.id()));
        facts.addAll(told(known.get(), receipt, now));
        commit(facts);
        gate.changed();
        LOG.warn("peer={} event=TrafficSuspended cause={} evidence={}", peer, reason.code(), receipt.id());
        return Outcome.DONE;
    }

    /** Resumes traffic with a peer. What waited goes out within a minute. @param act with the word RESUME */
    public synchronized Outcome resume(GatewayId peer, Act act, Optional<Reason> reason) {
        Optional<Peer> known = peers.find(peer);
        if (known.isEmpty()) {
            return Outcome.UNKNOWN_PEER;
        }
        Optional<TrafficStop> stop = gate.stopped(peer);
        if (stop.isEmpty()) {
            return Outcome.ALREADY;
        }
        Instant now = now();
        Optional<Previous> suspended =
                register.receipt(stop.get().evidence()).map(stored -> new Previous(stored.id(), stored.manifest()));
        if (gate.recovering(peer)) {
            // nobody told which numbers the peer saw before we were put back
            long next = journal.reserveSequence(peer, UNTOLD);
            LOG.warn("peer={} event=RecoveryGivenUp numbers={}-{}", peer, next, next + UNTOLD - 1);
        }
        Receipt receipt = signed(statements.trafficResumed(peer, Optional.empty(), act, reason, suspended, now));
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact.TrafficResumed(peer, now, receipt.id()));
        facts.addAll(told(known.get(), receipt, now));
        commit(facts);
        gate.changed();
        LOG.warn("peer={} event=TrafficResumed evidence={}", peer, receipt.id());
        return Outcome.DONE;
    }

    /** Whether traffic is stopped because the peer's ledger cannot be believed. */
    public static boolean accusesLedger(TrafficStop stop) {
        return stop.cause().startsWith(LEDGER);
    }

    private Receipt signed(Evidence evidence) {
        return statements.sign(List.of(evidence)).get(0);
    }

    private List<Fact> told(Peer peer, Receipt receipt, Instant now) {
        EvidenceId id = receipt.id();
        return List.of(
                new Fact.ReceiptKept(receipt, true, Optional.of(peer.id()), LedgerLeaf.issued(receipt), false),
                new Fact.OutboxPut(new OutboxEntry(
                        ids.next().toString(),
                        peer.id(),
                        ItemKind.RECEIPT,
                        peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                        Priority.URGENT,
                        Optional.empty(),
                        Optional.of(id),
                        0,
                        now,
                        now,
                        new Content(receipt.container()))));
    }

    private void commit(List<Fact> facts) {
        if (!facts.isEmpty()) {
            var unused = journal.commit(new StepOutcome(facts));
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
