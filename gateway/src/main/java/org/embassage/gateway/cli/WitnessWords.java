package org.embassage.gateway.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Register.TrafficStop;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.ledger.LedgerState;
import org.embassage.exchange.ledger.LedgerState.OfPeer;
import org.embassage.exchange.ledger.LedgerState.OfWitness;
import org.embassage.exchange.ledger.Traffic;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.federation.FederationReader;

/** Who witnesses the ledger and with whom traffic is stopped, in words and as JSON. */
final class WitnessWords {

    private WitnessWords() {}

    /** Nothing if the peers' cards cannot be read now; `config check` says why. */
    static Optional<LedgerState> state(Books books) {
        Configuration configuration = books.configuration();
        return FederationReader.read(configuration, Clock.systemUTC().instant())
                .fold(
                        federation -> Optional.of(LedgerState.read(
                                books.ledgerbook(),
                                books.register(),
                                new CurrentLedgers(federation.peers(), books.ledgerbook()),
                                configuration.witnesses().stream()
                                        .map(Configuration.Witness::name)
                                        .toList())),
                        problems -> Optional.empty());
    }

    /** What a person has to do. */
    static List<String> needs(LedgerState state, Instant now) {
        List<String> needs = new ArrayList<>();
        for (OfPeer peer : state.peers()) {
            peer.stop()
                    .ifPresent(stop -> needs.add("messages with " + peer.peer() + " are stopped for "
                            + Words.age(stop.since(), now) + ": " + stop.cause()
                            + (stop.cause().equals(TrafficStop.RECOVERING)
                                    ? "; it has not yet sent back what was lost"
                                    : Traffic.accusesLedger(stop)
                                            ? "; `embassage ledger proof --list`, call the peer, and `embassage peer resume --peer "
                                                    + peer.peer()
                                                    + " --reason CLEARED` only when its security officer has explained"
                                            : "; `embassage peer resume --peer " + peer.peer()
                                                    + " --reason CLEARED` when the reason is gone")));
            peer.silent()
                    .ifPresent(since -> needs.add(peer.peer() + " answers no question about its ledger ("
                            + FaultCode.LEDGER_CHALLENGE_UNANSWERED.code() + ", " + Words.age(since, now)
                            + " ago): ask it why; traffic goes on"));
        }
        return needs;
    }

    /** One line for the tail, and one for each peer and witness. */
    static List<String> lines(LedgerState state, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add(
                state.unwitnessed() == 0
                        ? "unwitnessed: none"
                        : "unwitnessed: " + state.unwitnessed() + " leaves"
                                + state.tailSince()
                                        .map(since -> ", the oldest " + Words.age(since, now) + " old")
                                        .orElse(""));
        for (OfPeer peer : state.peers()) {
            lines.add("witness " + peer.peer() + ": " + cosigned(peer.cosigned(), now) + "; we hold "
                    + peer.held()
                            .map(note -> "its " + note.size() + ", " + Words.age(note.at(), now) + " old")
                            .orElse("nothing of its ledger yet")
                    + peer.answered()
                            .map(at -> "; it answered " + Words.age(at, now) + " ago")
                            .orElse("; it has never answered"));
        }
        for (OfWitness witness : state.witnesses()) {
            lines.add("witness " + witness.name() + ": " + cosigned(witness.cosigned(), now));
        }
        return lines;
    }

    private static String cosigned(Optional<Cosignature> newest, Instant now) {
        return newest.map(line -> "cosigned " + line.size() + ", " + Words.age(line.at(), now) + " ago")
                .orElse("has cosigned nothing yet");
    }

    /** Into the ledger's object. */
    static void json(LedgerState state, ObjectNode ledger) {
        ledger.put("witnessed", state.witnessed());
        ledger.put("unwitnessed", state.unwitnessed());
        state.tailSince().ifPresent(since -> ledger.put("unwitnessedSince", since.toString()));
        var peers = ledger.putArray("peers");
        for (OfPeer peer : state.peers()) {
            ObjectNode object = peers.addObject().put("peer", peer.peer().value());
            json(object, peer.cosigned());
            peer.held()
                    .ifPresent(note -> object.put("held", note.size())
                            .put("heldAt", note.at().toString()));
            peer.answered().ifPresent(at -> object.put("answeredAt", at.toString()));
            peer.silent().ifPresent(at -> object.put("silentAlarmAt", at.toString()));
            peer.stop()
                    .ifPresent(stop -> object.putObject("stopped")
                            .put("since", stop.since().toString())
                            .put("cause", stop.cause())
                            .put("evidence", stop.evidence().toString()));
        }
        var witnesses = ledger.putArray("witnesses");
        for (OfWitness witness : state.witnesses()) {
            json(witnesses.addObject().put("name", witness.name()), witness.cosigned());
        }
    }

    private static void json(ObjectNode object, Optional<Cosignature> newest) {
        newest.ifPresent(line ->
                object.put("cosigned", line.size()).put("cosignedAt", line.at().toString()));
    }
}
