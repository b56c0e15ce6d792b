package org.embassage.exchange.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.VoidNotice;

/**
 * At start, before any number is reserved: numbers that an earlier run reserved and never used become void leaves, which
 * the peer is told, so that every number of a pair has an end.
 */
public final class VoidSequences {

    private final PeerDirectory peers;
    private final Journal journal;
    private final Register register;
    private final Uuids ids;
    private final Clock clock;
    private final Predicate<GatewayId> recovering;

    public VoidSequences(PeerDirectory peers, Journal journal, Register register, Uuids ids, Clock clock) {
        this(peers, journal, register, ids, clock, peer -> false);
    }

    /** @param recovering peers with whom what was lost is still being put together */
    public VoidSequences(
            PeerDirectory peers,
            Journal journal,
            Register register,
            Uuids ids,
            Clock clock,
            Predicate<GatewayId> recovering) {
        this.recovering = recovering;
        this.peers = peers;
        this.journal = journal;
        this.register = register;
        this.ids = ids;
        this.clock = clock;
    }

    public void start() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<StepOutcome> steps = new ArrayList<>();
        for (Peer peer : peers.all()) {
            if (recovering.test(peer.id())) {
                continue; // it may have been used before we were put back: the peer will tell
            }
            for (VoidNotice range : ranges(register.unusedSequences(peer.id()))) {
                steps.add(voided(peer, range, now));
            }
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
    }

    /** The same for one peer, when it has told all. */
    public void close(Peer peer) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<StepOutcome> steps = ranges(register.unusedSequences(peer.id())).stream()
                .map(range -> voided(peer, range, now))
                .toList();
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
    }

    static List<VoidNotice> ranges(List<Long> numbers) {
        List<VoidNotice> ranges = new ArrayList<>();
        for (long number : numbers.stream().sorted().toList()) {
            VoidNotice last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
            if (last != null && last.to() + 1 == number) {
                ranges.set(ranges.size() - 1, new VoidNotice(last.from(), number));
            } else {
                ranges.add(new VoidNotice(number, number));
            }
        }
        return ranges;
    }

    private StepOutcome voided(Peer peer, VoidNotice range, Instant now) {
        OutboxEntry entry = new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                ItemKind.VOID,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.ROUTINE,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now,
                new Content(range.octets()));
        LedgerLeaf leaf = LedgerLeaf.voided(peers.self().id(), peer.id(), range.from(), range.to());
        return StepOutcome.of(
                new Fact.SequenceVoided(peer.id(), range.from(), range.to(), leaf), new Fact.OutboxPut(entry));
    }
}
