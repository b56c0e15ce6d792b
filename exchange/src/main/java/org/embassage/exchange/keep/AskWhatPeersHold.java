package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.AnswerNote;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerAnswer;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.Restorebook.Told;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a gateway does which was put back from a backup and has not begun a new epoch of its ledger: it asks every peer with
 * a fresh nonce for its newest checkpoint and takes from the answer what the peer holds of ours. Nothing else goes out, and
 * whatever else comes stays on its way. Thread-safe.
 */
public final class AskWhatPeersHold implements Round, Reception {

    private static final Logger LOG = LoggerFactory.getLogger(AskWhatPeersHold.class);

    private final PeerDirectory peers;
    private final Witnessing witnessing;
    private final Journal journal;
    private final Restorebook restores;
    private final List<Carrier> carriers;
    private final Clock clock;

    /** @param carriers by which a peer is asked, the first that reaches it */
    public AskWhatPeersHold(
            PeerDirectory peers,
            Witnessing witnessing,
            Journal journal,
            Restorebook restores,
            List<Carrier> carriers,
            Clock clock) {
        this.peers = peers;
        this.witnessing = witnessing;
        this.journal = journal;
        this.restores = restores;
        this.carriers = List.copyOf(carriers);
        this.clock = clock;
    }

    /** Asks those that have not answered. */
    @Override
    public boolean run() {
        Instant now = now();
        Set<GatewayId> heard = new HashSet<>();
        restores.told().forEach(told -> heard.add(told.peer()));
        if (!heard.contains(peers.self().id())) {
            var unused = journal.commit(
                    StepOutcome.of(new Fact.HoldingTold(peers.self().id(), now, Optional.empty())));
        }
        for (Peer peer : peers.all()) {
            if (!heard.contains(peer.id())) {
                witnessing.questions().ask(peer, now).ifPresent(question -> carry(peer, question));
            }
        }
        return false;
    }

    private void carry(Peer peer, Fact question) {
        if (!(question instanceof Fact.OutboxPut put)) {
            return;
        }
        byte[] bundle = DispatchBundle.encode(List.of(
                new WireItem(ItemKind.LEDGER_CHALLENGE, put.entry().content().octets())));
        for (Carrier carrier : carriers) {
            boolean reachable = switch (carrier.transport()) {
                case JMS -> peer.jms().isPresent();
                case SFTP -> peer.sftp().isPresent();
                case POUCH -> false;
            };
            if (reachable && carried(peer, carrier, bundle)) {
                return;
            }
        }
    }

    private static boolean carried(Peer peer, Carrier carrier, byte[] bundle) {
        try {
            carrier.carry(peer.id(), bundle);
            LOG.info("peer={} transport={} event=AskedWhatItHolds", peer.id(), carrier.transport());
            return true;
        } catch (Broken unreachable) {
            LOG.warn(
                    "peer={} transport={} fault={}",
                    peer.id(),
                    carrier.transport(),
                    unreachable.fault().code());
            return false;
        }
    }

    /** @throws Broken LEDGER_RESTORED unless there is nothing but answers in it: it is to come again */
    @Override
    public void accept(Arrival arrival) {
        Instant now = now();
        List<WireItem> items = DispatchBundle.decode(arrival.bundle()).orElse(List.of());
        items.stream()
                .filter(item -> item.kind() == ItemKind.LEDGER_ANSWER)
                .forEach(item -> answer(item.octets(), arrival.from(), now));
        if (items.isEmpty() || items.stream().anyMatch(item -> item.kind() != ItemKind.LEDGER_ANSWER)) {
            throw new Broken(FaultCode.LEDGER_RESTORED);
        }
    }

    private void answer(byte[] octets, GatewayId from, Instant now) {
        Optional<NoteVerifier> key = peers.find(from).flatMap(peer -> NoteVerifier.parse(peer.ledgerKey()));
        Optional<LedgerAnswer> whole = LedgerAnswer.parse(octets);
        Optional<AnswerNote> answer =
                whole.flatMap(read -> key.flatMap(ledger -> AnswerNote.verified(read.note(), ledger)));
        boolean asked = answer.flatMap(read -> witnessing.questions().close(from, read.nonce()))
                .isPresent();
        if (!asked) {
            return;
        }
        Optional<String> held = whole.orElseThrow()
                .held()
                .filter(note -> Checkpoint.verified(note, witnessing.signer().verifier())
                        .isPresent());
        var unused = journal.commit(StepOutcome.of(new Fact.HoldingTold(from, now, held)));
        LOG.warn(
                "peer={} event=ToldWhatItHolds size={} ours={}",
                from,
                held.flatMap(Checkpoint::unverified).map(Checkpoint::size).orElse(0L),
                witnessing.tree().size());
    }

    /** Who has not answered yet. */
    public List<GatewayId> silent() {
        List<GatewayId> heard = restores.told().stream().map(Told::peer).toList();
        return peers.all().stream()
                .map(Peer::id)
                .filter(peer -> !heard.contains(peer))
                .toList();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
