package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.LedgerPost;
import org.embassage.exchange.ledger.LedgerQuestions;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.LedgerHeads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The heartbeat: every peer is asked for its ledger's newest state with a fresh nonce when this gateway starts, and again
 * whenever nothing was heard of its ledger for a while, or something that it could not prove yet, as when its notes overtook
 * each other; our newest checkpoint goes with the question, so that the peer
 * witnesses what nobody has witnessed yet.
 */
public final class ChallengePeers implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(ChallengePeers.class);

    private final PeerDirectory peers;
    private final LedgerQuestions questions;
    private final LedgerPost post;
    private final LedgerHeads heads;
    private final Journal journal;
    private final Duration idle;
    private final Clock clock;

    /** @param idle how long nothing may be heard before a peer is asked */
    public ChallengePeers(PeerDirectory peers, Witnessing witnessing, Journal journal, Duration idle, Clock clock) {
        this.peers = peers;
        this.questions = witnessing.questions();
        this.post = witnessing.post();
        this.heads = witnessing.heads();
        this.journal = journal;
        this.idle = idle;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Fact> facts = new ArrayList<>();
        for (Peer peer : peers.all()) {
            if (questions.quiet(peer.id(), now, idle) || questions.wanting(peer.id(), now)) {
                Optional<HeldNote> own = heads.own();
                own.ifPresent(note ->
                        facts.add(post.note(peer, Math.min(heads.holds(peer.id()), note.size()), note, now)));
                questions.ask(peer, now).ifPresent(facts::add);
                LOG.info("peer={} event=LedgerChallenge", peer.id());
            }
        }
        if (!facts.isEmpty()) {
            var unused = journal.commit(new StepOutcome(facts));
        }
        return false;
    }
}
