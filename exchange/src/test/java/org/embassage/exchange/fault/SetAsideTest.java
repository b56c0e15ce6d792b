package org.embassage.exchange.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SetAsideTest {

    private Instant now = Instant.parse("2031-11-25T10:00:00Z");
    private final SetAside<String> aside = new SetAside<>(new Clock() {
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

    @Test
    void whatFailedWaitsAndItsNeighbourDoesNot() {
        assertThat(aside.failed("a")).isEqualTo(Duration.ofSeconds(1));

        assertThat(aside.holds("a")).isTrue();
        assertThat(aside.holds("b")).isFalse();
        now = now.plusSeconds(1);
        assertThat(aside.holds("a")).isFalse();
    }

    @Test
    void thePauseDoublesUpToFiveMinutesAndBeginsAnewWhenItWent() {
        for (int i = 0; i < 8; i++) {
            assertThat(aside.failed("a")).isEqualTo(Duration.ofSeconds(1L << i));
        }
        for (int i = 0; i < 100; i++) {
            aside.failed("a");
        }
        assertThat(aside.failed("a")).isEqualTo(Duration.ofMinutes(5));
        assertThat(aside.failures("a")).isEqualTo(109);

        aside.went("a");

        assertThat(aside.failed("a")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aClockThatWasSetBackKeepsNobodyWaiting() {
        aside.failed("a");
        now = now.minus(Duration.ofHours(1));

        assertThat(aside.holds("a")).isFalse();
    }

    @Test
    void whatIsNotThereAnyMoreIsForgotten() {
        aside.failed("a");
        aside.failed("b");

        aside.keepOnly(Set.of("b"));

        assertThat(aside.holds("a")).isFalse();
        assertThat(aside.holds("b")).isTrue();
        assertThat(aside.size()).isEqualTo(1);
    }
}
