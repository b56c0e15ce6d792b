package org.embassage.gateway.observe;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.ledger.LedgerState;
import org.embassage.exchange.ledger.LedgerState.OfPeer;
import org.embassage.exchange.ledger.LedgerState.OfWitness;

/** Who witnesses our ledger, and with whom traffic is stopped; instants are seconds since 1970, zero if there is none. */
public final class LedgerMetrics {

    private final Supplier<LedgerState> state;
    private final AtomicLong unwitnessed = new AtomicLong();
    private final AtomicLong since = new AtomicLong();
    private final MultiGauge stopped;
    private final MultiGauge cosigned;
    private final MultiGauge cosignedAt;
    private final MultiGauge answered;
    private final MultiGauge silent;

    public LedgerMetrics(Supplier<LedgerState> state, MeterRegistry meters) {
        this.state = state;
        gauge(meters, "gateway.ledger.unwitnessed.entries", "Leaves that nobody else cosigned.", unwitnessed);
        gauge(
                meters,
                "gateway.ledger.unwitnessed.since.timestamp.seconds",
                "When the oldest of those was made.",
                since);
        this.stopped = multi(
                meters,
                "gateway.traffic.stopped.since.timestamp.seconds",
                "Since when messages with a peer are stopped; zero if they are not.");
        this.cosigned = multi(
                meters,
                "gateway.witness.cosigned.entries",
                "Leaves of ours that a peer or a neutral witness cosigned.");
        this.cosignedAt =
                multi(meters, "gateway.witness.cosigned.timestamp.seconds", "When it last cosigned more of them.");
        this.answered =
                multi(meters, "gateway.peer.answer.timestamp.seconds", "When a peer last answered a challenge.");
        this.silent = multi(
                meters,
                "gateway.peer.silent.since.timestamp.seconds",
                "When the alarm was raised that a peer answers no challenge; zero if it does.");
    }

    private static MultiGauge multi(MeterRegistry meters, String name, String description) {
        return MultiGauge.builder(name).description(description).register(meters);
    }

    private static void gauge(MeterRegistry meters, String name, String description, AtomicLong value) {
        Gauge.builder(name, value, AtomicLong::get).description(description).register(meters);
    }

    /** Reads all figures anew. */
    public synchronized void refresh() {
        LedgerState now = state.get();
        unwitnessed.set(now.unwitnessed());
        since.set(seconds(now.tailSince()));
        List<Row<?>> stops = new ArrayList<>();
        List<Row<?>> sizes = new ArrayList<>();
        List<Row<?>> times = new ArrayList<>();
        List<Row<?>> answers = new ArrayList<>();
        List<Row<?>> silences = new ArrayList<>();
        for (OfPeer peer : now.peers()) {
            Tags tags = Tags.of("peer", peer.peer().value());
            stops.add(Row.of(tags, seconds(peer.stop().map(stop -> stop.since()))));
            answers.add(Row.of(tags, seconds(peer.answered())));
            silences.add(Row.of(tags, seconds(peer.silent())));
            cosigned(peer.peer() + "/witness", peer.cosigned(), sizes, times);
        }
        for (OfWitness witness : now.witnesses()) {
            cosigned(witness.name(), witness.cosigned(), sizes, times);
        }
        stopped.register(stops, true);
        cosigned.register(sizes, true);
        cosignedAt.register(times, true);
        answered.register(answers, true);
        silent.register(silences, true);
    }

    private static void cosigned(String witness, Optional<Cosignature> newest, List<Row<?>> sizes, List<Row<?>> times) {
        Tags tags = Tags.of("witness", witness);
        sizes.add(Row.of(tags, newest.map(Cosignature::size).orElse(0L)));
        times.add(Row.of(tags, seconds(newest.map(Cosignature::at))));
    }

    private static long seconds(Optional<Instant> instant) {
        return instant.map(Instant::getEpochSecond).orElse(0L);
    }
}
