package org.embassage.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.routes.EdgeWork.NamedRound;
import org.junit.jupiter.api.Test;

class RoundTimerTest {

    private static final Duration PERIOD = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMillis(350);

    private Instant now = Instant.parse("2031-11-25T10:00:00Z");
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicBoolean goesOn = new AtomicBoolean(true);
    private final Deque<Boolean> more = new ArrayDeque<>();
    private boolean broken;

    private final RoundTimer timer = new RoundTimer(
            new NamedRound("test", this::work),
            PERIOD,
            LONGEST,
            new Clock() {
                @Override
                public java.time.ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(java.time.ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            goesOn::get);

    private boolean work() {
        runs.incrementAndGet();
        if (broken) {
            throw new Broken(FaultCode.STORE_UNAVAILABLE);
        }
        return !more.isEmpty() && more.pop();
    }

    private int runsAfter(Duration pause) {
        int before = runs.get();
        now = now.plus(pause);
        timer.tick();
        return runs.get() - before;
    }

    @Test
    void aRoundIsRunUntilThereIsNothingMore() {
        more.addAll(List.of(true, true, false));

        timer.tick();

        assertThat(runs).hasValue(3);
    }

    @Test
    void noFurtherBatchIsBegunOnceTheEdgeCloses() {
        goesOn.set(false);

        timer.tick();

        assertThat(runs).hasValue(0);
    }

    @Test
    void aBrokenRoundBacksOffUpToTheLongestPauseAndComesBackAtOnceWhenItWorks() {
        broken = true;
        timer.tick();

        assertThat(runsAfter(Duration.ofMillis(99))).isZero();
        assertThat(runsAfter(Duration.ofMillis(1))).isOne();
        assertThat(runsAfter(Duration.ofMillis(199))).isZero();
        assertThat(runsAfter(Duration.ofMillis(1))).isOne();
        assertThat(runsAfter(LONGEST.minusMillis(1))).isZero();
        broken = false;
        assertThat(runsAfter(Duration.ofMillis(1))).isOne();
        assertThat(runsAfter(Duration.ZERO)).isOne();
    }

    @Test
    void aClockThatIsSetBackHoldsNoRoundUp() {
        broken = true;
        timer.tick();

        assertThat(runsAfter(Duration.ofMillis(-50))).isZero();
        assertThat(runsAfter(Duration.ofDays(-1))).isOne();
        assertThat(runsAfter(Duration.ofMillis(1))).isZero();
    }
}
