package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
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
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final Content NOTHING = new Content(new byte[0]);

    private final PeerDirectory peers;
    private final LedgerQuestions questions;
    private final LedgerPost post;
    private final LedgerHeads heads;
    private final Journal journal;
    private final Duration idle;
    private final Duration patience;
    private final Map<GatewayId, Instant> alarmed = new HashMap<>();
    private final Clock clock;

    /** @param idle how long nothing may be heard before a peer is asked */
    public ChallengePeers(PeerDirectory peers, Witnessing witnessing, Journal journal, Duration idle, Clock clock) {
        this(peers, witnessing, journal, idle, PATIENCE, clock);
    }

    /** @param patience a peer that answers no challenge for so long is an alarm, which stops nothing */
    public ChallengePeers(
            PeerDirectory peers,
            Witnessing witnessing,
            Journal journal,
            Duration idle,
            Duration patience,
            Clock clock) {
        this.peers = peers;
        this.questions = witnessing.questions();
        this.post = witnessing.post();
        this.heads = witnessing.heads();
        this.journal = journal;
        this.idle = idle;
        this.patience = patience;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Fact> facts = new ArrayList<>();
        for (Peer peer : peers.all()) {
            questions
                    .silentSince(peer.id())
                    .filter(since -> now.isAfter(since.plus(patience)))
                    .ifPresent(since -> alarm(peer, since, now));
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

    /** Once for each silence: it is said again only after an answer. */
    private void alarm(Peer peer, Instant since, Instant now) {
        if (since.equals(alarmed.put(peer.id(), since))) {
            return;
        }
        StepResult result = journal.commit(StepOutcome.of(new Fact.Quarantined(
                "challenge-" + peer.id() + "-" + since.toEpochMilli(),
                Fault.of(FaultCode.LEDGER_CHALLENGE_UNANSWERED),
                Optional.empty(),
                Optional.of(peer.id()),
                Optional.empty(),
                Optional.empty(),
                now,
                NOTHING)));
        if (result instanceof StepResult.Committed) {
            LOG.error(
                    "peer={} ALARM fault={} since={}", peer.id(), FaultCode.LEDGER_CHALLENGE_UNANSWERED.code(), since);
        }
    }
}
