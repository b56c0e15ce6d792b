package org.embassage.gateway.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Erasurebook.Counts;

/** How much was erased, and since when an erasure waits to be final. */
public final class ErasureMetrics {

    private final Erasurebook book;
    private final AtomicLong erased = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong since = new AtomicLong();

    public ErasureMetrics(Erasurebook book, MeterRegistry meters) {
        this.book = book;
        gauge(meters, "gateway.erasure.contents", "Contents that were erased.", erased);
        gauge(
                meters,
                "gateway.erasure.waiting",
                "Contents among them whose epoch's key is not destroyed yet.",
                waiting);
        gauge(
                meters,
                "gateway.erasure.waiting.since.timestamp.seconds",
                "When the oldest of those was erased; 0 if there is none.",
                since);
    }

    private static void gauge(MeterRegistry meters, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    /** Reads all figures anew. */
    public void refresh() {
        Counts now = book.counts();
        erased.set(now.erased());
        waiting.set(now.waiting());
        since.set(now.oldestWaiting().map(Instant::getEpochSecond).orElse(0L));
    }
}
