package org.embassage.exchange.receive;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.LedgerWitness;
import org.embassage.exchange.port.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what a peer shows us of its ledger with what it showed neutral witnesses: a peer that tells two histories to two
 * neighbours, each consistent in itself, is found out by whoever sees both. A witness that cannot be reached stops nothing, and
 * what it says counts only with the peer's own signature. Not thread-safe.
 */
final class CompareWithWitnesses implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(CompareWithWitnesses.class);

    private final PeerDirectory peers;
    private final WitnessDesk desk;
    private final List<LedgerWitness> witnesses;
    private final Clock clock;
    /** The newest note of each witness and peer that was compared. */
    private final Map<String, String> compared = new HashMap<>();

    CompareWithWitnesses(PeerDirectory peers, WitnessDesk desk, List<LedgerWitness> witnesses, Clock clock) {
        this.peers = peers;
        this.desk = desk;
        this.witnesses = List.copyOf(witnesses);
        this.clock = clock;
    }

    @Override
    public boolean run() {
        for (LedgerWitness witness : witnesses) {
            try {
                for (Peer peer : peers.all()) {
                    compare(witness, peer);
                }
            } catch (IOException unreachable) {
                LOG.warn("witness={} event=WitnessUnreachable", witness.name());
            }
        }
        return false;
    }

    private void compare(LedgerWitness witness, Peer peer) throws IOException {
        Optional<NoteVerifier> ledger = NoteVerifier.parse(peer.ledgerKey());
        if (ledger.isEmpty()) {
            return;
        }
        Optional<String> note = witness.held(ledger.get().name());
        String place = witness.name() + " " + peer.id();
        if (note.isEmpty() || note.get().equals(compared.get(place))) {
            return;
        }
        Optional<Checkpoint> checkpoint = Checkpoint.verified(note.get(), ledger.get());
        if (checkpoint.isEmpty()) {
            LOG.warn("witness={} peer={} event=WitnessNoteForged", witness.name(), peer.id());
            return;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        HeldNote shown = new HeldNote(checkpoint.get().size(), now, note.get(), true);
        if (desk.shown(peer, shown, checkpoint.get(), now)) {
            compared.put(place, note.get());
        }
    }
}
