package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.time.StampRequest;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Published;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.Anchor;
import org.embassage.exchange.journal.Stampbook.Setting;
import org.embassage.exchange.journal.Stampbook.Unstamped;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.port.TimeStamper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets time-stamps in the background, for receipts of both sides in the order of their leaves and for the newest checkpoint
 * every so often. One batch is one commit. What was got before the authority failed is kept; then the failure goes to the
 * caller, who calls again later. Nothing else waits for it. Not thread-safe.
 */
public final class StampEvidence implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(StampEvidence.class);
    private static final int BATCH = 64;
    /** A slow authority must not put off the commit of what it gave. */
    private static final Duration BATCH_TIME = Duration.ofSeconds(5);

    private final StampPlan plan;
    private final TimeStamper stamper;
    private final Journal journal;
    private final Stampbook stampbook;
    private final Ledgerbook ledgerbook;
    private final Clock clock;

    public StampEvidence(
            StampPlan plan,
            TimeStamper stamper,
            Journal journal,
            Stampbook stampbook,
            Ledgerbook ledgerbook,
            Clock clock) {
        this.plan = plan;
        this.stamper = stamper;
        this.journal = journal;
        this.stampbook = stampbook;
        this.ledgerbook = ledgerbook;
        this.clock = clock;
    }

    /**
     * To be called before the first receipt is issued: if another way of time-stamping holds than before, this is written
     * down and entered into the ledger, so that nobody can switch it off unseen.
     */
    public static void begin(
            StampPlan plan, Journal journal, Stampbook stampbook, Ledgerbook ledgerbook, Uuids ids, Clock clock) {
        Stamping before = stampbook.setting().map(Setting::mode).orElse(Stamping.NONE);
        if (before != plan.mode()) {
            String word = plan.mode().name().toLowerCase(Locale.ROOT);
            journal.commit(StepOutcome.of(new Fact.TimeStampingSet(
                    plan.mode(),
                    ledgerbook.first() + ledgerbook.size(),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    LedgerLeaf.act(ids.nextEvidenceId(), "TIME_STAMPING_SET", "gateway", word))));
            LOG.info("event=TimeStampingSet receipts={}", word);
        }
    }

    @Override
    public boolean run() {
        List<Fact> facts = new ArrayList<>();
        boolean more = false;
        Optional<Broken> failure = Optional.empty();
        try {
            anchor(facts);
            if (plan.mode() == Stamping.EACH) {
                more = receipts(facts);
            }
        } catch (Broken unavailable) {
            failure = Optional.of(unavailable);
        }
        if (!facts.isEmpty()) {
            journal.commit(new StepOutcome(facts));
            LOG.info("event=Stamped tokens={}", facts.size());
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return more;
    }

    private void anchor(List<Fact> facts) {
        Optional<HeldNote> newest = ledgerbook.newestCheckpoint();
        if (newest.isPresent() && isDue(newest.get())) {
            String note = newest.get().note();
            Published token = stamp(StampRequest.ofNote(note).digest());
            facts.add(
                    new Fact.CheckpointStamped(ledgerbook.first() + newest.get().size(), note, now(), token));
        }
    }

    private boolean isDue(HeldNote newest) {
        Optional<Anchor> last = stampbook.newestAnchor();
        return last.isEmpty()
                || (ledgerbook.first() + newest.size() > last.get().size()
                        && anchoredLongAgo(last.get().at(), now()));
    }

    /** An anchor of a time that is still to come is of a clock that was set back since, and delays no other. */
    private boolean anchoredLongAgo(Instant at, Instant now) {
        return now.isBefore(at) || !now.isBefore(at.plus(plan.anchorEvery()));
    }

    /** @return whether there may be more at once */
    private boolean receipts(List<Fact> facts) {
        long from = stampbook.setting().map(Setting::from).orElse(0L);
        List<Unstamped> waiting = stampbook.unstamped(from, BATCH);
        Instant until = clock.instant().plus(BATCH_TIME);
        for (Unstamped receipt : waiting) {
            if (clock.instant().isAfter(until)) {
                return true;
            }
            Published token = stamp(receipt.signature());
            facts.add(new Fact.ReceiptStamped(receipt.leafIndex(), now(), token));
        }
        return waiting.size() == BATCH;
    }

    private Published stamp(Digest digest) {
        return new Published(stamper.stamp(digest));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
