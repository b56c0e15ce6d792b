package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final Instant NOW = Instant.parse("2031-06-01T12:00:00Z");

    @Test
    void whatWasJudgedJustNowIsNotJudgedAgain() {
        assertThat(Departures.fresh(queued(NOW), NOW)).isTrue();
        assertThat(Departures.fresh(queued(NOW.minusSeconds(3)), NOW)).isFalse();
    }

    @Test
    void whatWasJudgedByAClockThatRanAheadIsJudgedAgain() {
        assertThat(Departures.fresh(queued(NOW.plusMillis(1)), NOW)).isFalse();
        assertThat(Departures.fresh(queued(NOW.plus(Duration.ofDays(1))), NOW)).isFalse();
    }

    private static OutboxEntry queued(Instant at) {
        return new OutboxEntry(
                "1",
                new GatewayId("QOS-POL"),
                ItemKind.MESSAGE,
                Transport.JMS,
                Priority.ROUTINE,
                Optional.empty(),
                Optional.empty(),
                0,
                at,
                at,
                new Content(new byte[0]));
    }
}
