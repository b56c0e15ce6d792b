package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches that the inclusion proof of every receipt which a peer issued arrives within the agreed merge delay, counted from
 * when the receipt was first seen without it. A promise that is broken is an alarm and an item in quarantine, once for each
 * receipt; a proof that comes later is kept all the same.
 */
public final class WatchPromises implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(WatchPromises.class);
    private static final int MOST = 256;
    private static final Content NOTHING = new Content(new byte[0]);

    private final PeerDirectory peers;
    private final Journal journal;
    private final Register register;
    private final Duration mergeDelay;
    private final Clock clock;
    private final Map<EvidenceId, Instant> waiting = new HashMap<>();

    /** The longest merge delay of any agreement counts, so that nobody is accused early. */
    public WatchPromises(PeerDirectory peers, AgreementBook book, Journal journal, Register register, Clock clock) {
        this.peers = peers;
        this.journal = journal;
        this.register = register;
        this.mergeDelay = book.all().stream()
                .map(Agreement::mergeDelay)
                .max(Duration::compareTo)
                .orElse(Duration.ofMinutes(1));
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<StepOutcome> alarms = new ArrayList<>();
        List<EvidenceId> overdue = new ArrayList<>();
        Set<EvidenceId> still = new HashSet<>();
        for (Peer peer : peers.all()) {
            for (StoredReceipt receipt : register.withoutProof(peer.id(), MOST)) {
                still.add(receipt.id());
                Instant since = waiting.computeIfAbsent(receipt.id(), id -> now);
                if (now.isAfter(since.plus(mergeDelay))) {
                    alarms.add(alarm(peer, receipt, now));
                    overdue.add(receipt.id());
                }
            }
        }
        waiting.keySet().retainAll(still);
        if (!alarms.isEmpty()) {
            List<StepResult> results = journal.commit(alarms);
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) instanceof StepResult.Committed) { // said once, not at every round
                    LOG.error("receipt={} ALARM fault={}", overdue.get(i), FaultCode.LEDGER_PROMISE_BROKEN.code());
                }
            }
        }
        return false;
    }

    private static StepOutcome alarm(Peer peer, StoredReceipt receipt, Instant now) {
        return StepOutcome.of(new Fact.Quarantined(
                "promise-" + receipt.id(),
                Fault.of(FaultCode.LEDGER_PROMISE_BROKEN),
                Optional.empty(),
                Optional.of(peer.id()),
                receipt.exchange(),
                Optional.empty(),
                now,
                NOTHING));
    }
}
