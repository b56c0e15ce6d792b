package org.embassage.exchange.receive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.InboxView.Accepted;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.Test;

/** What is said of a hand-over must not contradict what was said before, whatever the clock did. */
class HandOverTimeTest {

    private static final Instant NOON = Instant.parse("2031-06-01T12:00:00Z");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    @Test
    void aHandOverIsSaidWhenItIsDone() {
        assertThat(HandOver.saidAt(accepted(NOON, NOON.plusSeconds(1)), NOON.plusSeconds(2)))
                .isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void afterAClockWasSetBackItIsSaidWithTheAcceptanceAndNotBefore() {
        assertThat(HandOver.saidAt(accepted(NOON, NOON), NOON.minusSeconds(15))).isEqualTo(NOON);
        assertThat(HandOver.saidAt(accepted(NOON, NOON.minusSeconds(14)), NOON.minusSeconds(15)))
                .isEqualTo(NOON);
    }

    @Test
    void afterAClockWasSetBackItIsSaidWithTheLastDecisionAndNotBefore() {
        assertThat(HandOver.saidAt(accepted(NOON, NOON.plusSeconds(60)), NOON.plusSeconds(10)))
                .isEqualTo(NOON.plusSeconds(60));
    }

    private static Accepted accepted(Instant received, Instant since) {
        return new Accepted(
                "ENTRY_REFUSAL",
                "1.0",
                Priority.ROUTINE,
                1,
                new AgreementRef("QVL-QOS-2031-01", 1, DIGEST),
                "C1",
                NOON,
                NOON.plusSeconds(3600),
                received,
                Transport.JMS,
                DIGEST,
                Optional.empty(),
                InboxState.ACCEPTED,
                since,
                Optional.empty(),
                Optional.empty());
    }
}
