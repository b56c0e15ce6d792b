package org.embassage.exchange.send;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.embassage.exchange.journal.Journal;

/**
 * When an item is carried again. After a failure: exponential, with jitter, so that a peer that comes back is not met by
 * all at once. After success: long and growing pauses, until the peer's evidence ends the entry; carrying the same message
 * again is how a lost receipt is asked for.
 *
 * @param firstFailure pause after the first failure
 * @param longestFailure no pause after a failure is longer
 * @param afterCarried pauses after the first, second … time it was carried; the last one repeats
 */
public record RetryPlan(Duration firstFailure, Duration longestFailure, List<Duration> afterCarried) {

    public RetryPlan {
        afterCarried = List.copyOf(afterCarried);
        boolean tooLong = longestFailure.compareTo(Journal.LONGEST_UNCARRIED) > 0
                || afterCarried.stream().anyMatch(pause -> pause.compareTo(Journal.LONGEST_CARRIED) > 0);
        if (tooLong) {
            throw new IllegalArgumentException("a pause is longer than the journal takes for one");
        }
    }

    /** One second to one minute; two minutes, ten minutes, one hour, then every six hours. */
    public static RetryPlan standard() {
        return new RetryPlan(
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                List.of(Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1), Duration.ofHours(6)));
    }

    Instant afterFailure(Instant now, int attemptsBefore, SplittableRandom random) {
        long base = firstFailure.toMillis() << Math.min(attemptsBefore, 16);
        long pause = Math.min(base, longestFailure.toMillis());
        return now.plusMillis(pause / 2 + random.nextLong(pause / 2 + 1));
    }

    Instant afterCarried(Instant now, int carriedBefore) {
        return now.plus(afterCarried.get(Math.min(carriedBefore, afterCarried.size() - 1)));
    }
}
