package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import org.embassage.exchange.journal.Journal;
import org.junit.jupiter.api.Test;

class RetryPlanTest {

    private static final Instant NOW = Instant.parse("2031-06-01T12:00:00Z");

    @Test
    void pausesAfterFailuresGrowToTheLongestAndNoFurther() {
        RetryPlan plan = RetryPlan.standard();
        for (int attempt = 0; attempt < 80; attempt++) {
            Duration pause = Duration.between(NOW, plan.afterFailure(NOW, attempt, new SplittableRandom(attempt)));
            long most = Math.min(60_000L, 1000L << Math.min(attempt, 16));
            assertThat(pause.toMillis()).as("attempt %s", attempt).isBetween(most / 2, most);
        }
    }

    @Test
    void noPauseIsLongerThanTheJournalTakesForOne() {
        Duration second = Duration.ofSeconds(1);
        List<Duration> six = List.of(Journal.LONGEST_CARRIED);
        assertThat(new RetryPlan(second, Journal.LONGEST_UNCARRIED, six).afterCarried())
                .isEqualTo(six);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPlan(second, Journal.LONGEST_UNCARRIED.plusMillis(1), six));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RetryPlan(
                        second, Journal.LONGEST_UNCARRIED, List.of(second, Journal.LONGEST_CARRIED.plusMillis(1))));
    }

    @Test
    void pausesAfterCarryingEndInTheLastOne() {
        RetryPlan plan = RetryPlan.standard();

        assertThat(plan.afterCarried(NOW, 0)).isEqualTo(NOW.plusSeconds(120));
        assertThat(plan.afterCarried(NOW, 3)).isEqualTo(plan.afterCarried(NOW, 1000));
    }
}
