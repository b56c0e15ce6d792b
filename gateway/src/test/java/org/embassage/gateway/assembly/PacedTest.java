package org.embassage.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedTest {

    private static final Duration PACE = Duration.ofMinutes(1);

    private Instant now = Instant.parse("2031-11-25T10:00:00Z");
    private boolean more;
    private final AtomicInteger runs = new AtomicInteger();
    private final Paced paced = new Paced(
            () -> {
                runs.incrementAndGet();
                return more;
            },
            PACE,
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

    private int runsAfter(Duration pause) {
        int before = runs.get();
        now = now.plus(pause);
        paced.run();
        return runs.get() - before;
    }

    @Test
    void aRoundIsRunOnceInItsPace() {
        paced.run();

        assertThat(runsAfter(PACE.minusMillis(1))).isZero();
        assertThat(runsAfter(Duration.ofMillis(1))).isOne();
    }

    @Test
    void aRoundThatHasMoreToDoIsDueAtOnce() {
        more = true;
        paced.run();

        assertThat(runsAfter(Duration.ZERO)).isOne();
    }

    @Test
    void aClockThatIsSetBackHoldsNoRoundUp() {
        paced.run();

        assertThat(runsAfter(Duration.ofSeconds(-5))).isOne();
        assertThat(runsAfter(Duration.ofDays(-1))).isOne();
        assertThat(runsAfter(Duration.ofSeconds(1))).isZero();
    }
}
