package org.embassage.exchange.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Ledgerbook.KeptAnswer;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;

/**
 * Who witnesses our ledger how far, what we hold of the peers', and what is wrong between us, as the store says.
 *
 * @param size leaves of our ledger
 * @param witnessed how many of them somebody else cosigned
 * @param tailSince when the oldest that nobody cosigned was made, as far as leaves say it; nothing if all are cosigned
 * @param peers ordered as the directory has them
 * @param witnesses neutral ones
 */
public record LedgerState(
        long size, long witnessed, Optional<Instant> tailSince, List<OfPeer> peers, List<OfWitness> witnesses) {

    private static final int QUARANTINE_READ = 10_000;
    private static final int TAIL_READ = 256;

    public LedgerState {
        peers = List.copyOf(peers);
        witnesses = List.copyOf(witnesses);
    }

    /**
     * Between a peer and us.
     *
     * @param stop why messages are stopped
     * @param cosigned the newest checkpoint of ours that it cosigned
     * @param held its newest checkpoint that we hold
     * @param answered when it last answered a challenge
     * @param silent when the alarm was raised that it answers none; nothing if it answered since
     */
    public record OfPeer(
            GatewayId peer,
            Optional<TrafficStop> stop,
            Optional<Cosignature> cosigned,
            Optional<HeldNote> held,
            Optional<Instant> answered,
            Optional<Instant> silent) {}

    /** @param cosigned the newest checkpoint of ours that it cosigned */
    public record OfWitness(String name, Optional<Cosignature> cosigned) {}

    /** Leaves that nobody cosigned. */
    public long unwitnessed() {
        return size - witnessed;
    }

    /** Whether somebody should look. */
    public boolean needsAPerson() {
        return peers.stream()
                .anyMatch(peer -> peer.stop().isPresent() || peer.silent().isPresent());
    }

    /** Reads it. @param witnesses the names of the neutral witnesses that are configured */
    public static LedgerState read(
            Ledgerbook ledgerbook, Register register, PeerDirectory directory, Collection<String> witnesses) {
        String origin = NoteVerifier.parse(directory.self().ledgerKey())
                .map(NoteVerifier::name)
                .orElse("");
        List<TrafficStop> stops = register.trafficStops();
        List<QuarantineView> silences = register.quarantine(QUARANTINE_READ).stream()
                .filter(item -> item.fault().code() == FaultCode.LEDGER_CHALLENGE_UNANSWERED
                        && item.decision().isEmpty())
                .toList();
        List<OfPeer> peers = new ArrayList<>();
        for (Peer peer : directory.all()) {
            Optional<Instant> answered = ledgerbook.answers(peer.id(), 1).stream()
                    .map(KeptAnswer::at)
                    .findFirst();
            peers.add(new OfPeer(
                    peer.id(),
                    stops.stream().filter(stop -> stop.peer().equals(peer.id())).findFirst(),
                    ledgerbook.newestCosignature(origin, peer.id() + "/witness"),
                    ledgerbook.newestPeerNote(peer.id()),
                    answered,
                    silence(silences, peer.id(), answered)));
        }
        long size = ledgerbook.size();
        long witnessed =
                ledgerbook.newestCosignature(origin).map(Cosignature::size).orElse(0L);
        return new LedgerState(
                size,
                witnessed,
                tail(ledgerbook, witnessed),
                peers,
                witnesses.stream()
                        .map(name -> new OfWitness(name, ledgerbook.newestCosignature(origin, name)))
                        .toList());
    }

    private static Optional<Instant> silence(
            List<QuarantineView> silences, GatewayId peer, Optional<Instant> answered) {
        return silences.stream()
                .filter(item -> item.peer().equals(Optional.of(peer)))
                .map(QuarantineView::at)
                .filter(at -> answered.map(at::isAfter).orElse(true))
                .max(Instant::compareTo);
    }

    private static Optional<Instant> tail(Ledgerbook ledgerbook, long from) {
        return ledgerbook.leaves(from, TAIL_READ).stream()
                .flatMap(text -> new LedgerLeaf(text).time().stream())
                .findFirst();
    }
}
