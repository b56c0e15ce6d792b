package org.embassage.exchange.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.embassage.evidence.GatewayId;
import org.junit.jupiter.api.Test;

class AnswerLimitTest {

    private static final GatewayId PEER = new GatewayId("QOS-POL");
    private static final Instant NOW = Instant.parse("2031-06-01T12:00:00Z");

    private final AnswerLimit limit = new AnswerLimit();

    private void useUp(Instant now) {
        for (int answer = 1; answer <= 20; answer++) {
            assertThat(limit.allows(PEER, now)).as("answer %s", answer).isTrue();
        }
        assertThat(limit.allows(PEER, now)).isFalse();
    }

    @Test
    void twentyAnswersAMinuteAreAllowedAndNoMore() {
        useUp(NOW);

        assertThat(limit.allows(PEER, NOW.plusSeconds(60))).isFalse();
        assertThat(limit.allows(new GatewayId("QOS-BP"), NOW)).isTrue();
        assertThat(limit.allows(PEER, NOW.plusSeconds(61))).isTrue();
    }

    @Test
    void aClockThatIsSetBackKeepsNoPeerWithoutAnswers() {
        useUp(NOW);

        useUp(NOW.minus(Duration.ofDays(1)));
    }
}
