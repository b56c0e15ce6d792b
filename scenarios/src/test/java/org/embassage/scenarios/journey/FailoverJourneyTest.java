package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The wire to the recipient's broker is cut while messages are on it: the same messages go by SFTP, once, and by JMS again when
 * the wire is whole. Real gateways, a real broker, a real SFTP server.
 */
class FailoverJourneyTest {

    private static final Duration LONG = Duration.ofMinutes(4);
    private static Optional<Relay> relay = Optional.empty();

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE)
            .changed(POLICE, FailoverJourneyTest::behindARelay)
            .changed(
                    BORDER_GUARD,
                    home -> replace(home, "settle-millis: 400", "settle-millis: 400\n  failover-seconds: 1"));

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    @AfterAll
    static void close() throws IOException {
        if (relay.isPresent()) {
            relay.get().close();
        }
    }

    @Test
    void messagesWhoseAnswersWereLostGoByTheOtherTransportOnceAndTheFirstIsUsedAgainWhenItHeals() {
        velmark.drop("whole.dat", new BorderGuardFile(901, 4).bytes());
        awaitAll("whole.dat");

        wire(Relay.Wire.ANSWERS_LOST); // the broker commits what it is sent, and nobody hears of it
        velmark.drop("lost.dat", new BorderGuardFile(902, 4).bytes());
        awaitOpen();
        wire(Relay.Wire.CUT);
        awaitAll("lost.dat");
        velmark.drop("cut.dat", new BorderGuardFile(903, 4).bytes());
        awaitAll("cut.dat");
        assertThat(velmark.log()).contains("event=LinkOpen").contains("event=FailedOver");
        assertThat(link().open()).isTrue();

        wire(Relay.Wire.WHOLE);
        // an open link is probed with what goes: within a minute something does
        int drops = 0;
        while (link().open()) {
            assertThat(drops++).as("drops until the wire is used again").isLessThan(60);
            String name = "healed-" + drops + ".dat";
            velmark.drop(name, new BorderGuardFile(910 + drops, 1).bytes());
            awaitAll(name);
        }

        assertThat(velmark.log()).contains("event=LinkClosed");
        int sent = Neighbours.sent(velmark, Optional.of(POLICE)).size();
        assertThat(police.handedOver()).hasSize(sent);
        await("the end of everything that waits").atMost(LONG).until(() -> messagesWaiting() == 0);
        assertThat(police.quarantine()).isEmpty();
        assertThat(velmark.quarantine()).isEmpty();
        assertThat(police.command("ledger", "verify").exit()).isZero();
    }

    private void awaitAll(String drop) {
        velmark.result(drop);
        int sent = Neighbours.sent(velmark, Optional.empty()).size();
        assertThat(sent).isPositive();
        NEIGHBOURS.awaitHandedOver(velmark, sent);
    }

    private void awaitOpen() {
        await("the breaker")
                .atMost(LONG)
                .until(() -> velmark.books(store -> store.register().links()).stream()
                        .anyMatch(link -> link.transport() == Transport.JMS && link.open()));
    }

    private LinkState link() {
        List<LinkState> links = velmark.books(store -> store.register().links());
        return links.stream()
                .filter(link -> link.transport() == Transport.JMS)
                .findFirst()
                .orElseThrow();
    }

    private long messagesWaiting() {
        return velmark.books(store -> store.register().outboxCounts()).stream()
                .filter(count -> count.kind() == ItemKind.MESSAGE)
                .count();
    }

    private static void wire(Relay.Wire now) {
        relay.orElseThrow().set(now);
    }

    /** The broker listens elsewhere, and the relay where the card says that it does. */
    private static void behindARelay(Path home) {
        try (ServerSocket free = new ServerSocket(0)) {
            String yaml = Files.readString(home.resolve("gateway.yaml"));
            Matcher port =
                    Pattern.compile("broker:.*?port:\\s*(\\d+)", Pattern.DOTALL).matcher(yaml);
            if (!port.find()) {
                throw new IllegalStateException("no broker in " + home);
            }
            int behind = free.getLocalPort();
            int before = Integer.parseInt(port.group(1));
            Files.writeString(
                    home.resolve("gateway.yaml"),
                    yaml.substring(0, port.start(1)) + behind + yaml.substring(port.end(1)));
            relay = Optional.of(new Relay(before, behind));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void replace(Path home, String old, String fresh) {
        try {
            Path yaml = home.resolve("gateway.yaml");
            Files.writeString(yaml, Files.readString(yaml).replace(old, fresh));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
