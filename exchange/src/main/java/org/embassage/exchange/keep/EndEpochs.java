package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.journal.Epochs;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Erasurebook.Epoch;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.Round;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes erasures final: begins a new epoch, wraps the keys of what is kept anew under it, and destroys the key of the old
 * epoch, without which no backup of the database opens what was erased.
 *
 * <p>Each call does one small part and finds from the store and the key source what is next, so a crash anywhere costs
 * nothing: the new key is durable before it is used; the old one is destroyed only after the database, which counted none
 * left, refuses every key under it; and destroying is repeated until it is noted as done. That an erasure is to be final at
 * once stands in the store as well. Of several nodes on one database one works at a time. One instance; thread-safe.
 */
public final class EndEpochs implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(EndEpochs.class);
    private static final int BATCH = 256;
    /** Counting keys costs something: while nothing is due they are counted this seldom. */
    private static final Duration QUIET = Duration.ofMinutes(1);

    private static final String DESTROYED = "EPOCH_DESTROYED";
    private static final Pattern NUMBERED = Pattern.compile("(.*)-([0-9]{2})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

    private final EpochKeeper keys;
    private final Epochs epochs;
    private final Erasurebook book;
    private final Journal journal;
    private final Uuids ids;
    private final Pace pace;
    private final Clock clock;
    private final AtomicBoolean asked = new AtomicBoolean();
    private Instant quietUntil = Instant.MIN;

    /**
     * How fast.
     *
     * @param every an erasure is final this long after it was made, at the latest
     * @param settle how long other nodes may go on using the old epoch after a new one began
     * @param reading how long after an epoch was retired a reader may still hold a key that it opens
     */
    public record Pace(Duration every, Duration settle, Duration reading) {}

    public EndEpochs(
            EpochKeeper keys, Epochs epochs, Erasurebook book, Journal journal, Uuids ids, Pace pace, Clock clock) {
        this.keys = keys;
        this.epochs = epochs;
        this.book = book;
        this.journal = journal;
        this.ids = ids;
        this.pace = pace;
        this.clock = clock;
    }

    /**
     * All erasures so far are to be final as soon as can be, and not when they are due. Forgotten when the process ends; of
     * erasures that were ordered so, the store remembers it.
     */
    public void now() {
        asked.set(true);
    }

    /** Whether it was asked for, by this process or before, and is not done. */
    public boolean isAsked() {
        return asked.get() || book.epochs().stream().anyMatch(Epoch::atOnce);
    }

    @Override
    public synchronized boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!asked.get() && now.isBefore(quietUntil)) {
            return false;
        }
        return epochs.alone(() -> part(now));
    }

    private boolean part(Instant now) {
        List<Epoch> all = book.epochs();
        Optional<Epoch> retired = all.stream()
                .filter(epoch ->
                        epoch.retired().isPresent() && epoch.destroyed().isEmpty())
                .findFirst();
        if (retired.isPresent()) {
            return destroy(retired.get(), now);
        }
        List<Epoch> ending = all.stream().filter(epoch -> epoch.waiting() > 0).toList();
        if (ending.isEmpty()) {
            return quiet(now);
        }
        List<String> known = keys.epochs(); // as they are now: another node may have begun one
        String current = known.get(known.size() - 1);
        List<Epoch> old =
                ending.stream().filter(epoch -> !epoch.name().equals(current)).toList();
        if (old.isEmpty()) {
            return begin(ending.get(0), now);
        }
        epochs.begun(current, now);
        return leave(old, current, now);
    }

    private boolean quiet(Instant now) {
        asked.set(false);
        quietUntil = now.plus(QUIET);
        return false;
    }

    /** A new epoch, if it is time. */
    private boolean begin(Epoch current, Instant now) {
        boolean due = asked.get()
                || current.atOnce()
                || current.oldestWaiting()
                        .map(oldest -> !now.isBefore(oldest.plus(pace.every())))
                        .orElse(false);
        if (!due) {
            return quiet(now);
        }
        String name = nameAfter(current.name(), now);
        keys.beginEpoch(name);
        epochs.begun(name, now);
        LOG.info("epoch={} event=EpochBegun after={}", name, current.name());
        return true;
    }

    /** The day, or if there was an epoch today or later, its name with the next number. */
    static String nameAfter(String current, Instant now) {
        String today = DAY.format(LocalDate.ofInstant(now, ZoneOffset.UTC));
        if (today.compareTo(current) > 0) {
            return today;
        }
        Matcher numbered = NUMBERED.matcher(current);
        return numbered.matches()
                ? String.format("%s-%02d", numbered.group(1), Integer.parseInt(numbered.group(2)) + 1)
                : current + "-02";
    }

    private boolean leave(List<Epoch> old, String current, Instant now) {
        Set<String> names = old.stream().map(Epoch::name).collect(Collectors.toSet());
        int moved = epochs.rewrap(names, BATCH);
        if (moved == BATCH) {
            return true;
        }
        Instant begun = book.epochs().stream()
                .filter(epoch -> epoch.name().equals(current))
                .findFirst()
                .flatMap(Epoch::begun)
                .orElse(now);
        if (now.isBefore(begun.plus(pace.settle()))) {
            return false;
        }
        for (String name : names) {
            if (epochs.retire(name, now)) {
                LOG.info("epoch={} event=EpochRetired", name);
            }
        }
        return true;
    }

    private boolean destroy(Epoch epoch, Instant now) {
        if (now.isBefore(epoch.retired().orElseThrow().plus(pace.reading()))) {
            return false;
        }
        keys.destroyEpoch(epoch.name());
        epochs.scrub();
        LedgerLeaf leaf = LedgerLeaf.act(ids.nextEvidenceId(), DESTROYED, "gateway", epoch.name());
        journal.commit(StepOutcome.of(new Fact.EpochDestroyed(epoch.name(), now, leaf)));
        LOG.info("epoch={} event=EpochDestroyed erasures={}", epoch.name(), epoch.waiting());
        return true;
    }
}
