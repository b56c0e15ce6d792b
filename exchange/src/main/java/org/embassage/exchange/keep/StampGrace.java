package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Stampbook;
import org.embassage.exchange.journal.Stampbook.Anchor;
import org.embassage.exchange.journal.Stampbook.Setting;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.StampState.Condition;

/**
 * Tells how long evidence has waited for a time-stamp, from the store alone: so the countdown is the same after a restart,
 * and the same for a command beside the gateway. Times are those of our own checkpoints, never those that stand in a
 * receipt, which a peer may have written. Thread-safe.
 */
public final class StampGrace {

    /** Stamping is not instant; this much is no news. */
    static final Duration USUAL = Duration.ofMinutes(10);

    private final StampPlan plan;
    private final Stampbook stampbook;
    private final Ledgerbook ledgerbook;
    private final Clock clock;

    public StampGrace(StampPlan plan, Stampbook stampbook, Ledgerbook ledgerbook, Clock clock) {
        this.plan = plan;
        this.stampbook = stampbook;
        this.ledgerbook = ledgerbook;
        this.clock = clock;
    }

    /**
     * The state now.
     *
     * @throws org.embassage.exchange.fault.Broken STORE_UNAVAILABLE
     */
    public StampState state() {
        if (!plan.isOn()) {
            return new StampState(Stamping.NONE, Condition.OFF, Optional.empty(), Optional.empty(), Optional.empty());
        }
        long from = stampbook.setting().map(Setting::from).orElse(0L);
        Optional<Anchor> newest = stampbook.newestAnchor();
        Optional<Instant> receipt = plan.mode() == Stamping.EACH ? firstReceipt(from) : Optional.empty();
        Optional<Instant> leaf =
                firstLeaf(Math.max(from, newest.map(Anchor::size).orElse(0L)));
        Optional<Instant> since =
                Stream.of(receipt, leaf).flatMap(Optional::stream).min(Instant::compareTo);
        Optional<Instant> ends = since.map(instant -> instant.plus(plan.grace()));
        return new StampState(plan.mode(), condition(receipt, leaf, ends), since, ends, newest.map(Anchor::at));
    }

    private Optional<Instant> firstReceipt(long from) {
        return stampbook.unstamped(from, 1).stream()
                .findFirst()
                .flatMap(waiting -> stampbook.covered(waiting.leafIndex()));
    }

    private Optional<Instant> firstLeaf(long index) {
        return ledgerbook.first() + ledgerbook.size() > index ? stampbook.covered(index) : Optional.empty();
    }

    private Condition condition(Optional<Instant> receipt, Optional<Instant> leaf, Optional<Instant> ends) {
        Instant now = clock.instant();
        if (ends.isPresent() && !now.isBefore(ends.get())) {
            return Condition.ENDED;
        }
        boolean late = receipt.map(since -> now.isAfter(since.plus(USUAL))).orElse(false)
                || leaf.map(since -> now.isAfter(since.plus(plan.anchorEvery()).plus(USUAL)))
                        .orElse(false);
        return late ? Condition.BEHIND : Condition.CURRENT;
    }
}
