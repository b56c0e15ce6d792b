package org.embassage.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;

/**
 * Measures two real gateways: brokers, SFTP servers, stores with fsync, folders and timers as they are shipped. An exchange
 * ends when RelayAcceptance and ContentHandover are verified and stored at the sender.
 */
final class CrossingRun {

    private static final Duration START_WITHIN = Duration.ofSeconds(120);
    /** Nothing moves for so long: something is wrong. */
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int QUIET_DROPS = 5;
    private static final int QUIET_RECORDS = 20;

    private final Options options;
    private final Talk talk;
    private final Clock clock;

    CrossingRun(Options options, Talk talk, Clock clock) {
        this.options = options;
        this.talk = talk;
        this.clock = clock;
    }

    Crossing measure() throws IOException {
        try (Homes homes = Homes.make();
                GatewayProcess sender = GatewayProcess.start(homes.sender());
                GatewayProcess recipient = GatewayProcess.start(homes.recipient())) {
            talk.say("starting two gateways ...");
            await(() -> sender.ready() && recipient.ready(), START_WITHIN, "the gateways are not ready");
            try (SqlStore store = store(homes.sender().home())) {
                return new Passes(homes, sender, recipient, store.register()).run();
            }
        }
    }

    private static SqlStore store(Path home) {
        Pkcs12KeySource keys = new Pkcs12KeySource(home.resolve("keys/gateway.p12"), home.resolve("keys/password"));
        return SqlStore.open(
                StoreSettings.sqlite(home.resolve("data/embassage.db")).toRead(), keys);
    }

    private void await(BooleanSupplier condition, Duration within, String otherwise) {
        Instant end = clock.instant().plus(within);
        while (!condition.getAsBoolean()) {
            if (clock.instant().isAfter(end)) {
                throw new Unmeasurable(otherwise);
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }

    /** Warm up, measure under load, measure at rest. */
    private final class Passes {
        private final Homes homes;
        private final GatewayProcess sender;
        private final GatewayProcess recipient;
        private final Register register;
        private final Drops drops;
        private long expected;

        Passes(Homes homes, GatewayProcess sender, GatewayProcess recipient, Register register) {
            this.homes = homes;
            this.sender = sender;
            this.recipient = recipient;
            this.register = register;
            this.drops = new Drops(
                    options.transport(), clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
        }

        Crossing run() throws IOException {
            if (options.warmUp() > 0) {
                drop("warm-up", options.warmUp());
                awaitAll("warming up", options.warmUp());
            }
            List<byte[]> content = drops.next(options.exchanges());
            Optional<Machine.Work> before = Machine.work();
            Duration senderBefore = sender.cpu();
            Duration recipientBefore = recipient.cpu();
            Instant begun = clock.instant();
            long started = System.nanoTime();
            place("measured", content, options.exchanges());
            awaitAll("measuring", options.exchanges());
            Duration wall = Duration.ofNanos(System.nanoTime() - started);
            Duration senderCpu = sender.cpu().minus(senderBefore);
            Duration recipientCpu = recipient.cpu().minus(recipientBefore);
            Optional<Double> busy = before.flatMap(earlier -> Machine.work().map(now -> now.since(earlier)));
            List<Duration> loaded = done(options.exchanges(), begun).stream()
                    .map(one -> Duration.between(one.created(), one.stateSince()))
                    .toList();
            return new Crossing(
                    options.exchanges(),
                    wall,
                    senderCpu,
                    recipientCpu,
                    busy,
                    Latencies.of(loaded),
                    Latencies.of(quiet()));
        }

        private List<Duration> quiet() throws IOException {
            List<Duration> times = new ArrayList<>();
            for (int i = 0; i < QUIET_DROPS; i++) {
                Instant dropped = clock.instant();
                drop("quiet-" + i, QUIET_RECORDS);
                awaitAll("measuring at rest", QUIET_RECORDS);
                done(QUIET_RECORDS, dropped).forEach(one -> times.add(Duration.between(dropped, one.stateSince())));
            }
            return times;
        }

        private void drop(String name, int records) throws IOException {
            place(name, drops.next(records), records);
        }

        private void place(String name, List<byte[]> content, int records) throws IOException {
            Drops.place(content, homes.dropFolder(), name);
            expected += records;
        }

        /** Waits until every exchange so far has ended well. */
        private void awaitAll(String what, int records) {
            Instant moved = clock.instant();
            long last = -1;
            try (Talk.Bar bar = talk.bar(what, records)) {
                while (true) {
                    long done = ended();
                    bar.at(records - (expected - done));
                    if (done >= expected) {
                        return;
                    }
                    if (done != last) {
                        last = done;
                        moved = clock.instant();
                    } else if (clock.instant().isAfter(moved.plus(PATIENCE))) {
                        throw new Unmeasurable("nothing moved for " + PATIENCE.toSeconds() + " s; " + done + " of "
                                + expected + " exchanges ended");
                    }
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                }
            }
        }

        private long ended() {
            sender.mustLive();
            recipient.mustLive();
            Map<ExchangeState, Long> counts = register.exchangeCounts();
            for (ExchangeState state : ExchangeState.values()) {
                if (state.closed() && state != ExchangeState.HANDED_OVER && counts.getOrDefault(state, 0L) > 0) {
                    throw new Unmeasurable("an exchange ended as " + state + ", so nothing is measured");
                }
            }
            return counts.getOrDefault(ExchangeState.HANDED_OVER, 0L);
        }

        /** The newest exchanges, which were made since. */
        private List<ExchangeView> done(int count, Instant since) {
            List<ExchangeView> views =
                    register.exchanges(Optional.of(ExchangeState.HANDED_OVER), Optional.of(Homes.RECIPIENT), count);
            boolean right = views.size() == count
                    && views.stream()
                            .allMatch(one -> one.transport() == options.transport()
                                    && !one.created().isBefore(since.minusMillis(1)));
            if (!right) {
                throw new Unmeasurable("other exchanges were made than were asked for");
            }
            return views;
        }
    }
}
