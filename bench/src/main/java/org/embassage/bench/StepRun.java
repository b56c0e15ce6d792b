package org.embassage.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.embassage.exchange.journal.ExchangeState;

/** Measures the steps one by one: both gateways' parts in this process, called by this thread. */
final class StepRun {

    /** More do not sharpen the shares. */
    private static final int MOST = 1024;

    private static final int MOST_ROUNDS_OF_POST = 50;

    private final Options options;
    private final Talk talk;
    private final Clock clock;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<Step, long[]> spent = new EnumMap<>(Step.class);

    StepRun(Options options, Talk talk, Clock clock) {
        this.options = options;
        this.talk = talk;
        this.clock = clock;
    }

    StepCosts measure() throws IOException {
        Drops drops = new Drops(
                options.transport(), clock.instant().atZone(ZoneOffset.UTC).toLocalDate());
        int warmUp = Math.min(MOST, options.warmUp());
        int measured = Math.min(MOST, options.exchanges());
        try (Homes homes = Homes.make();
                Side sender = Side.open(homes.sender().home(), clock, new SecureRandom());
                Side recipient = Side.open(homes.recipient().home(), clock, new SecureRandom());
                Sampler sampler = new Sampler(Thread.currentThread())) {
            pass("warming up, step by step", drops.next(warmUp), homes, sender, recipient);
            spent.clear();
            sampler.begin();
            pass("measuring, step by step", drops.next(measured), homes, sender, recipient);
            sampler.end();
            mustHaveEnded(sender, recipient, warmUp + measured);
            return new StepCosts(measured, costs(measured), sampler.work(), sampler.hot());
        }
    }

    private void pass(String what, List<byte[]> drops, Homes homes, Side sender, Side recipient) throws IOException {
        try (Talk.Bar bar = talk.bar(what, drops.size())) {
            for (int i = 0; i < drops.size(); i++) {
                Drops.place(drops.subList(i, i + 1), homes.dropFolder(), "drop-" + System.nanoTime());
                cross(sender, recipient);
                bar.at(i + 1L);
            }
        }
    }

    private void cross(Side sender, Side recipient) {
        timed(Step.TAKE, () -> Side.exhaust(sender.watch));
        timed(Step.SUBMIT, () -> Side.exhaust(sender.submit));
        timed(Step.DISPATCH, () -> sender.dispatch.forEach(Side::exhaust));
        timed(Step.RECEIVE, () -> recipient.accept(sender));
        timed(Step.HAND_OVER, () -> Side.exhaust(recipient.handOver));
        timed(Step.RECIPIENT_LEDGER, () -> Side.exhaust(recipient.ledger));
        timed(Step.RETURN, () -> recipient.dispatch.forEach(Side::exhaust));
        timed(Step.TAKE_RECEIPTS, () -> sender.accept(recipient));
        timed(Step.CLOSE, () -> close(sender, recipient));
    }

    /** Until neither has post for the other. */
    private static void close(Side sender, Side recipient) {
        Side.exhaust(sender.submit);
        for (int i = 0; i < MOST_ROUNDS_OF_POST; i++) {
            for (Side side : List.of(sender, recipient)) {
                Side.exhaust(side.ledger);
                side.dispatch.forEach(Side::exhaust);
            }
            if (sender.post.isEmpty() && recipient.post.isEmpty()) {
                return;
            }
            recipient.accept(sender);
            sender.accept(recipient);
        }
        throw new Unmeasurable("the post between the gateways never ends");
    }

    private void timed(Step step, Runnable work) {
        long cpu = threads.getCurrentThreadCpuTime();
        long wall = System.nanoTime();
        work.run();
        long[] sum = spent.computeIfAbsent(step, any -> new long[2]);
        sum[0] += threads.getCurrentThreadCpuTime() - cpu;
        sum[1] += System.nanoTime() - wall;
    }

    private List<StepCosts.Cost> costs(int exchanges) {
        List<StepCosts.Cost> costs = new ArrayList<>();
        spent.forEach(
                (step, sum) -> costs.add(new StepCosts.Cost(step, sum[0] / 1e6 / exchanges, sum[1] / 1e6 / exchanges)));
        return costs;
    }

    private static void mustHaveEnded(Side sender, Side recipient, long expected) {
        long ended = sender.register.exchangeCounts().getOrDefault(ExchangeState.HANDED_OVER, 0L);
        if (ended != expected) {
            String trouble = sender.trouble().or(recipient::trouble).orElse("no quarantine");
            throw new Unmeasurable(ended + " of " + expected + " exchanges ended (" + trouble + ")");
        }
    }
}
