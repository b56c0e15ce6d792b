package org.embassage.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long exchanges took.
 *
 * @param p50 half of them took at most this
 * @param p99 99 of 100 took at most this
 */
record Latencies(int count, Duration p50, Duration p99, Duration longest) {

    /**
     * By nearest rank.
     *
     * @param times one at least
     */
    static Latencies of(List<Duration> times) {
        List<Duration> sorted = times.stream().sorted().toList();
        return new Latencies(sorted.size(), rank(sorted, 50), rank(sorted, 99), sorted.get(sorted.size() - 1));
    }

    private static Duration rank(List<Duration> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(1, rank) - 1);
    }
}
