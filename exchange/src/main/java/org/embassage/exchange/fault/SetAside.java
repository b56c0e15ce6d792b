package org.embassage.exchange.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What failed by itself and waits, so that its neighbours go on. Each is tried again after a pause that doubles from failure to
 * failure, up to five minutes. Kept in memory: after a restart everything is tried at once. Not thread-safe.
 *
 * @param <K> by what things are told apart
 */
public final class SetAside<K> {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST_DOUBLINGS = 9;

    private final Clock clock;
    private final Map<K, Aside> aside = new HashMap<>();

    public SetAside(Clock clock) {
        this.clock = clock;
    }

    /** Whether its time has not come yet. */
    public boolean holds(K what) {
        Aside known = aside.get(what);
        if (known == null) {
            return false;
        }
        Instant now = clock.instant();
        // Further away than the longest pause: the clock was set back meanwhile, and nobody shall wait for it.
        return now.isBefore(known.notBefore()) && !known.notBefore().isAfter(now.plus(LONGEST));
    }

    /** It failed. @return how long it waits now */
    public Duration failed(K what) {
        int failures = failures(what);
        Duration doubled = FIRST.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        Duration pause = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
        aside.put(what, new Aside(failures + 1, clock.instant().plus(pause)));
        return pause;
    }

    /** How often it failed in a row. */
    public int failures(K what) {
        Aside known = aside.get(what);
        return known == null ? 0 : known.failures();
    }

    /** It did not fail. */
    public void went(K what) {
        aside.remove(what);
    }

    /** Forgets all others. */
    public void keepOnly(Set<K> present) {
        aside.keySet().retainAll(present);
    }

    /** How many are known, whether their time has come or not. */
    public int size() {
        return aside.size();
    }

    private record Aside(int failures, Instant notBefore) {}
}
