package org.embassage.exchange.send;

import java.time.Duration;

/**
 * How much goes into one bundle: as much as the transport likes, but no more than the link carried lately in a few seconds.
 * So over a thin link what is urgent need not wait long for what is on its way. Used by one thread.
 */
final class Pace {

    private static final int LEAST_BYTES = 64 << 10;
    private static final int FEWEST = 8;
    private static final int MOST = 256;
    private static final Duration AT_MOST = Duration.ofSeconds(5);

    private final int likes;
    private long budget;
    private long item = 8 << 10;

    /** @param likes how many bytes of items the transport likes in one bundle */
    Pace(int likes) {
        this.likes = likes;
        this.budget = likes;
    }

    /** How many bytes the next bundle may have, unless a single item is larger. */
    long bytes() {
        return budget;
    }

    /** How many items are worth fetching for it. */
    int items() {
        return (int) Math.max(FEWEST, Math.min(MOST, budget / item));
    }

    /** A bundle was carried. */
    void carried(int items, long bytes, Duration took) {
        long perSecond = bytes * 1000 / Math.max(1, took.toMillis());
        budget = Math.max(LEAST_BYTES, Math.min(likes, perSecond * AT_MOST.toSeconds()));
        item = Math.max(1, (item * 3 + bytes / items) / 4);
    }
}
