package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.send.Link.Turn;
import org.junit.jupiter.api.Test;

class LinkTest {

    private static final GatewayId PEER = new GatewayId("QOS-POL");
    private static final Instant NOW = Instant.parse("2031-06-01T12:00:00Z");
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Link link = new Link(PEER, Transport.JMS, RetryPlan.standard());
    private Instant now = NOW;

    @Test
    void twoFailuresInARowPauseItAndTheThirdOpensIt() {
        assertThat(link.turn(now)).isEqualTo(Turn.CARRY);
        assertThat(link.failed(now)).isFalse();
        assertThat(link.turn(now)).isEqualTo(Turn.WAIT);
        now = now.plus(PAUSE);
        assertThat(link.turn(now)).isEqualTo(Turn.PROBE);
        assertThat(link.failed(now)).isFalse();
        assertThat(link.open()).isFalse();

        assertThat(link.failed(now)).isTrue();

        assertThat(link.open()).isTrue();
        assertThat(link.failed(now)).as("said once").isFalse();
    }

    @Test
    void whatArrivesInBetweenBeginsTheCountAnew() {
        link.failed(now);
        link.failed(now);
        assertThat(link.carried(now)).isFalse();
        link.failed(now);

        assertThat(link.failed(now)).isFalse();
        assertThat(link.open()).isFalse();
    }

    @Test
    void anOpenLinkIsProbedAtLeastOnceAMinuteAndAProbeThatArrivesClosesIt() {
        open();
        for (int probe = 0; probe < 50; probe++) {
            assertThat(link.turn(now)).isEqualTo(Turn.WAIT);
            now = now.plus(PAUSE);
            assertThat(link.turn(now)).isEqualTo(Turn.PROBE);
            link.failed(now);
        }
        now = now.plus(PAUSE);

        assertThat(link.carried(now)).isTrue();

        assertThat(link.turn(now)).isEqualTo(Turn.CARRY);
        assertThat(link.state()).isEqualTo(new LinkState(PEER, Transport.JMS, false, now, 0, now));
    }

    @Test
    void anOrderMakesTheNextProbeDueAtOnce() {
        open();
        assertThat(link.turn(now)).isEqualTo(Turn.WAIT);

        link.hurry(now);

        assertThat(link.turn(now)).isEqualTo(Turn.PROBE);
    }

    @Test
    void aClockThatWasSetBackDelaysNoFailover() {
        open();
        Duration failover = Duration.ofMinutes(5);
        assertThat(link.openFor(failover, now)).isFalse();

        assertThat(link.openFor(failover, now.plus(failover))).isTrue();
        assertThat(link.openFor(failover, now.minus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void aClockThatWasSetBackDoesNotStopIt() {
        open();

        assertThat(link.turn(now.minus(Duration.ofHours(1)))).isEqualTo(Turn.PROBE);
    }

    @Test
    void whatWasOpenBeforeARestartIsProbedFirst() {
        LinkState before = new LinkState(PEER, Transport.JMS, true, NOW, 7, NOW.plusSeconds(30));
        Links links = new Links(RetryPlan.standard(), PAUSE, List.of(before));

        assertThat(links.use(PEER, Transport.JMS).open()).isTrue();
        assertThat(links.use(PEER, Transport.JMS).turn(NOW)).isEqualTo(Turn.PROBE);
        assertThat(links.use(PEER, Transport.SFTP).turn(NOW)).isEqualTo(Turn.CARRY);
    }

    @Test
    void trafficTurnsToAnotherTransportOnlyAfterTheTimeAndOnlyIfThatOneWorks() {
        Links links = new Links(RetryPlan.standard(), PAUSE, List.of());
        Link jms = links.use(PEER, Transport.JMS);
        Link sftp = links.use(PEER, Transport.SFTP);
        assertThat(links.instead(PEER, Transport.JMS, NOW.plus(PAUSE))).isEmpty();
        fail(jms);

        assertThat(links.instead(PEER, Transport.JMS, NOW.plus(PAUSE).minusMillis(1)))
                .isEmpty();
        assertThat(links.instead(PEER, Transport.JMS, NOW.plus(PAUSE))).contains(Transport.SFTP);
        assertThat(links.instead(PEER, Transport.SFTP, NOW.plus(PAUSE))).isEmpty();

        fail(sftp);
        assertThat(links.instead(PEER, Transport.JMS, NOW.plus(PAUSE))).isEmpty();
    }

    @Test
    void aPeerWithOneTransportHasNoOther() {
        Links links = new Links(RetryPlan.standard(), PAUSE, List.of());
        fail(links.use(PEER, Transport.JMS));
        links.use(new GatewayId("QOS-BP"), Transport.SFTP);

        assertThat(links.instead(PEER, Transport.JMS, NOW.plus(PAUSE))).isEmpty();
    }

    @Test
    void overAThinLinkBundlesGrowSmallAndOverAWideOneTheyGrowAgain() {
        Pace pace = new Pace(1 << 20);
        assertThat(pace.bytes()).isEqualTo(1 << 20);

        pace.carried(100, 1 << 20, Duration.ofMinutes(2)); // 64 kbit/s
        assertThat(pace.bytes()).isEqualTo(64 << 10);
        pace.carried(8, 64 << 10, Duration.ofMillis(500));
        assertThat(pace.bytes()).isEqualTo(640 << 10);
        pace.carried(80, 640 << 10, Duration.ofMillis(1000));
        assertThat(pace.bytes()).isEqualTo(1 << 20);
    }

    private void open() {
        fail(link);
    }

    private static void fail(Link link) {
        link.failed(NOW);
        link.failed(NOW);
        link.failed(NOW);
    }
}
