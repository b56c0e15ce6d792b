package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway does while a peer cannot be reached over one transport, or over none. */
class LinksTest {

    private static final UnaryOperator<String> WITH_FALLBACK =
            terms -> terms.replace("transport=\"JMS\" max", "transport=\"JMS\" fallback=\"SFTP\" max");

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;

    private void start(UnaryOperator<String> terms) {
        federation = new Federation(folder, terms);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void aDeadPeerIsProbedWithOneItemAndSpendsNoAttemptsOfWhatWaits() {
        start(terms -> terms);
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(40));

        tryFor(Duration.ofMinutes(30));

        assertThat(link(velmark, POLICE, Transport.JMS).open()).isTrue();
        int attempts = toPolice().stream().mapToInt(ExchangeView::attempts).sum();
        // all forty once, then one each time: at least every half minute of thirty, at most every half second before
        // that
        assertThat(attempts).isBetween(40 + 30, 40 + 70);
        assertThat(toPolice()).allMatch(view -> view.attempts() <= 4);
    }

    @Test
    void whatWaitedForADeadPeerGoesAtOnceWhenAProbeArrives() {
        start(terms -> terms);
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(40));
        tryFor(Duration.ofMinutes(30));

        velmark.closePost(false);
        federation.clock.forward(Duration.ofMinutes(1));
        federation.settle();

        assertThat(link(velmark, POLICE, Transport.JMS).open()).isFalse();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 80L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void oneDeadPeerDoesNotHoldUpAnother() {
        start(terms -> terms);
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(1));
        tryFor(Duration.ofMinutes(5));
        velmark.post.clear();
        velmark.closePost(false);

        // the breaker of the police is opened again by a carrier that refuses them alone
        velmark.deadPeers.add(POLICE);
        tryFor(Duration.ofMinutes(5));
        federation.settle();

        assertThat(federation.desks.get(BORDER_POLICE).handedOver).hasSize(1);
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
        assertThat(link(velmark, BORDER_POLICE, Transport.JMS).open()).isFalse();
        assertThat(link(velmark, POLICE, Transport.JMS).open()).isTrue();
    }

    @Test
    void anOpenBreakerOutlivesARestartAndIsProbedAtOnce() {
        start(terms -> terms);
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(1));
        tryFor(Duration.ofMinutes(30));
        LinkState before = link(velmark, POLICE, Transport.JMS);

        velmark = federation.start(BORDER_GUARD);
        assertThat(link(velmark, POLICE, Transport.JMS)).isEqualTo(before);
        federation.settle();

        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 2L);
        assertThat(link(velmark, POLICE, Transport.JMS).open()).isFalse();
    }

    @Test
    void theSameSealedBytesGoByTheFallbackAndTheReceiptsComeBackByIt() {
        start(WITH_FALLBACK);
        velmark.closePost(Transport.JMS, true);
        velmark.drop(Documents.vehicles(3));
        tryFor(Duration.ofSeconds(40));
        assertThat(velmark.post).isEmpty();

        tryFor(Duration.ofMinutes(2));

        assertThat(velmark.post).isNotEmpty().allMatch(letter -> letter.via() == Transport.SFTP);
        assertThat(messages(velmark)).hasSize(6);
        federation.settle();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 6L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(3).doesNotHaveDuplicates();
        assertThat(waiting(velmark)).isEmpty();
    }

    @Test
    void withoutAFallbackInTheAgreementMessagesWait() {
        start(terms -> terms);
        velmark.closePost(Transport.JMS, true);
        velmark.drop(Documents.vehicles(3));

        tryFor(Duration.ofMinutes(10));

        assertThat(messages(velmark)).isEmpty();
        assertThat(waiting(velmark)).containsOnly(Transport.JMS);
    }

    @Test
    void whenTheFirstTransportHealsItIsUsedAgain() {
        start(WITH_FALLBACK);
        velmark.closePost(Transport.JMS, true);
        velmark.drop(Documents.vehicles(1));
        tryFor(Duration.ofMinutes(3));
        federation.settle();

        velmark.closePost(Transport.JMS, false);
        federation.clock.forward(Duration.ofMinutes(2));
        velmark.drop(List.of(Documents.vehicles(2).get(1)));
        velmark.dispatch();

        assertThat(velmark.post)
                .filteredOn(letter -> letter.to().equals(POLICE))
                .isNotEmpty()
                .allMatch(letter -> letter.via() == Transport.JMS);
        federation.settle();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 4L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aMessageThatWasTakenJustBeforeTheCutGoesAgainByTheFallbackWithoutASecondEffect() {
        start(WITH_FALLBACK);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        Set<String> sealed = messages(velmark);
        federation.deliver(); // the peers commit; then JMS is cut in both directions
        cut(true);
        federation.gateways.values().forEach(Gateway::work);
        assertThat(police.post).isEmpty();
        velmark.drop(List.of(Documents.vehicles(2).get(1)));

        tryFor(Duration.ofMinutes(5));

        assertThat(messages(velmark)).containsAll(sealed);
        federation.settle();
        cut(false);
        federation.clock.forward(Duration.ofMinutes(2));
        federation.settle();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 4L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(2).doesNotHaveDuplicates();
        assertThat(waiting(velmark)).isEmpty();
        assertThat(waiting(police)).isEmpty();
    }

    @Test
    void aMessageThatTheCutSwallowedIsDeliveredOnceByTheFallbackThoughTheFirstCopyTurnsUpLater() {
        start(WITH_FALLBACK);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        List<Gateway.Letter> stuck = List.copyOf(velmark.post);
        velmark.post.clear();
        cut(true);
        velmark.drop(List.of(Documents.vehicles(2).get(1)));
        tryFor(Duration.ofMinutes(5));
        federation.settle();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 4L);

        cut(false);
        federation.clock.forward(Duration.ofMinutes(2));
        stuck.forEach(letter -> federation.gateway(letter.to()).accept(letter));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(2).doesNotHaveDuplicates();
        assertThat(federation.desks.get(BORDER_POLICE).handedOver).hasSize(2).doesNotHaveDuplicates();
        assertThat(waiting(velmark)).isEmpty();
        assertThat(velmark.register.quarantine(9)).isEmpty();
    }

    // ---- helpers

    private void cut(boolean cut) {
        federation.gateways.values().forEach(gateway -> gateway.closePost(Transport.JMS, cut));
    }

    /** Everybody dispatches again and again, as the timers would; nothing is delivered. */
    private void tryFor(Duration time) {
        for (long seconds = 0; seconds < time.toSeconds(); seconds++) {
            federation.clock.forward(Duration.ofSeconds(1));
            federation.gateways.values().forEach(Gateway::dispatch);
        }
    }

    private List<ExchangeView> toPolice() {
        return velmark.register.exchanges(Optional.empty(), Optional.of(POLICE), 1000);
    }

    private static LinkState link(Gateway gateway, org.embassage.evidence.GatewayId peer, Transport transport) {
        return gateway.register.links().stream()
                .filter(link -> link.peer().equals(peer) && link.transport() == transport)
                .findFirst()
                .orElseThrow();
    }

    /** Digests of the sealed messages that lie in the post. */
    private static Set<String> messages(Gateway gateway) {
        return gateway.post.stream()
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .filter(item -> item.kind() == ItemKind.MESSAGE)
                .map(WireItem::octets)
                .map(octets -> org.embassage.evidence.Digest.sha256(octets).hex())
                .collect(Collectors.toSet());
    }

    /** By which transports messages of a gateway wait. */
    private static Set<Transport> waiting(Gateway gateway) {
        return Arrays.stream(Transport.values())
                .filter(transport -> gateway.register.outboxCounts().stream()
                        .filter(count -> count.kind() == ItemKind.MESSAGE)
                        .map(OutboxCount::transport)
                        .anyMatch(transport::equals))
                .collect(Collectors.toSet());
    }
}
