package org.embassage.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.embassage.routes.TwoGateways.QOS;
import static org.embassage.routes.TwoGateways.QVL;
import static org.embassage.routes.TwoGateways.STRANGER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two whole edges in one process, over real TLS and SSH. */
class EdgeTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private TwoGateways both;
    private Edge qvl;
    private Edge qos;
    private final Recording atQvl = new Recording();
    private final Recording atQos = new Recording();

    @BeforeEach
    void prepare() throws IOException {
        both = new TwoGateways(folder);
        qvl = both.edge(both.qvl, both.qos);
        qos = both.edge(both.qos, both.qvl);
    }

    @AfterEach
    void close() {
        qvl.close();
        qos.close();
    }

    private Carrier from(Edge edge, Transport transport) {
        return transport == Transport.JMS ? edge.jms() : edge.sftp();
    }

    private static byte[] bundle(int size) {
        byte[] bundle = new byte[size];
        TwoGateways.RANDOM.nextBytes(bundle);
        return bundle;
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void aBundleArrivesAsItWasFromTheOneWhoSentIt(Transport transport) {
        qvl.start(atQvl.work());
        qos.start(atQos.work());
        byte[] bundle = bundle(10_000);

        from(qvl, transport).carry(QOS, bundle);

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(atQos.arrivals.get(0).from()).isEqualTo(QVL);
        assertThat(atQos.arrivals.get(0).via()).isEqualTo(transport);
        assertThat(atQos.arrivals.get(0).bundle()).isEqualTo(bundle);
        assertThat(atQvl.arrivals).isEmpty();
        assertThat(qvl.running()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1 << 20, (1 << 20) + 4096, 5 << 20})
    void bundlesOfAllSizesArriveByJms(int size) {
        qvl.start(atQvl.work());
        qos.start(atQos.work());
        byte[] bundle = bundle(size);

        qvl.jms().carry(QOS, bundle);

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(Digest.sha256(atQos.arrivals.get(0).bundle())).isEqualTo(Digest.sha256(bundle));
    }

    @Test
    void whatASenderLeftUnfinishedLongAgoIsRemovedUnreadAndWhatIsOnItsWayIsNot() throws IOException {
        Path in = Files.createDirectories(both.qos.home.resolve("sftp/QVL-BG/in"));
        String name = Digest.sha256(bundle(10)).hex() + ".emb.01890a5d-ac96-774b-bcce-b302099a80";
        Path left = Files.write(in.resolve(name + "57.part"), bundle(10));
        Path onItsWay = Files.write(in.resolve(name + "58.part"), bundle(10));
        Path strange = Files.write(in.resolve("else.part"), bundle(10));
        FileTime longAgo = FileTime.from(TwoGateways.CLOCK.instant().minus(Duration.ofHours(7)));
        Files.setLastModifiedTime(left, longAgo);
        Files.setLastModifiedTime(strange, longAgo);
        Files.setLastModifiedTime(
                onItsWay, FileTime.from(TwoGateways.CLOCK.instant().minus(Duration.ofHours(5))));

        qos.start(atQos.work());
        qvl.start(atQvl.work());
        from(qvl, Transport.SFTP).carry(QOS, bundle(100));

        await().atMost(SOON).until(() -> Files.notExists(left) && atQos.arrivals.size() == 1);
        assertThat(onItsWay).exists();
        assertThat(strange).exists();
        assertThat(atQos.calls).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void whatTheReceptionCouldNotTakeComesAgain(Transport transport) {
        qvl.start(atQvl.work());
        qos.start(atQos.work());
        atQos.brokenFor.set(2);

        from(qvl, transport).carry(QOS, bundle(100));

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(atQos.calls).hasValue(3);
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void aBundleLargerThanAllowedIsRefusedAndTheNextOneArrives(Transport transport) {
        qvl.start(atQvl.work());
        qos.start(atQos.work());
        Carrier carrier = from(qvl, transport);

        tryToCarry(carrier, bundle(TwoGateways.MAX_BUNDLE + 1));
        carrier.carry(QOS, bundle(10));

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(atQos.arrivals.get(0).bundle()).hasSize(10);
    }

    private static void tryToCarry(Carrier carrier, byte[] bundle) {
        try {
            carrier.carry(QOS, bundle);
        } catch (Broken refusedAtOnce) {
            assertThat(refusedAtOnce.fault()).isEqualTo(FaultCode.PEER_UNREACHABLE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void whatWasCarriedOutlivesARestartOfThePeer(Transport transport) throws IOException {
        qvl.start(atQvl.work());
        qos.start(atQos.work());
        atQos.brokenFor.set(Integer.MAX_VALUE);
        from(qvl, transport).carry(QOS, bundle(100));
        await().atMost(SOON).until(() -> atQos.calls.get() > 0);

        qos.close();
        Recording later = new Recording();
        qos = both.edge(both.qos, both.qvl);
        qos.start(later.work());

        await().atMost(SOON).until(() -> later.arrivals.size() == 1);
        from(qvl, transport).carry(QOS, bundle(200));
        await().atMost(SOON).until(() -> later.arrivals.size() == 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void aPeerThatIsNotThereIsUnreachable(Transport transport) {
        assertUnreachable(from(qvl, transport));
        qvl.start(atQvl.work());
        assertUnreachable(from(qvl, transport));
        qos.start(atQos.work());

        from(qvl, transport).carry(QOS, bundle(10));

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
    }

    private static void assertUnreachable(Carrier carrier) {
        assertThatThrownBy(() -> carrier.carry(QOS, bundle(10)))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.PEER_UNREACHABLE))
                .hasNoCause();
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void anImpostorAtThePeersAddressGetsNothing(Transport transport) throws IOException {
        TwoGateways others = new TwoGateways(folder.resolve("others"));
        Recording atImpostor = new Recording();
        Edge impostor = Edge.prepare(
                both.qos.settings(),
                both.directoryOf(others.stranger, both.qvl),
                others.stranger.keys,
                TwoGateways.CLOCK,
                TwoGateways.RANDOM);
        try {
            impostor.start(atImpostor.work());
            qvl.start(atQvl.work());

            assertUnreachable(from(qvl, transport));
        } finally {
            impostor.close();
        }
        assertThat(atImpostor.arrivals).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"JMS", "SFTP"})
    void aStrangerIsNotLetIn(Transport transport) {
        qos.start(atQos.work());
        Edge stranger = both.edge(both.stranger, both.qos);
        try {
            stranger.start(new Recording().work());

            assertUnreachable(from(stranger, transport));
        } finally {
            stranger.close();
        }
        assertThat(atQos.arrivals).isEmpty();
    }

    @Test
    void allUseCasesShareOneDeskWhichOrdersTheirWorkOnTheDropFolders() {
        assertThat(qvl.dropDesk()).isSameAs(qvl.dropDesk()).isNotSameAs(qos.dropDesk());
    }

    @Test
    void aPeerNobodyHasACardOfIsUnreachable() {
        qvl.start(atQvl.work());

        assertThatThrownBy(() -> qvl.jms().carry(STRANGER, bundle(10))).isInstanceOf(Broken.class);
        assertThatThrownBy(() -> qvl.sftp().carry(STRANGER, bundle(10))).isInstanceOf(Broken.class);
    }

    @Test
    void aBundleThatLiesThereAlreadyIsNotSentTwiceBySftp() throws IOException {
        qos.start(atQos.work());
        qvl.start(atQvl.work());
        atQos.brokenFor.set(Integer.MAX_VALUE);
        byte[] bundle = bundle(1000);
        qvl.sftp().carry(QOS, bundle);

        qvl.sftp().carry(QOS, bundle);

        try (Stream<Path> files = Files.list(both.qos.home.resolve("sftp/QVL-BG/in"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactly(Digest.sha256(bundle).hex() + ".emb");
        }
    }

    @Test
    void aNameTakenByOtherContentIsNeverOverwrittenBySftp() throws IOException {
        Path in = Files.createDirectories(both.qos.home.resolve("sftp/QVL-BG/in"));
        byte[] bundle = bundle(1000);
        Path taken = Files.write(in.resolve(Digest.sha256(bundle).hex() + ".emb"), new byte[] {1, 2, 3});
        atQos.brokenFor.set(Integer.MAX_VALUE);
        qos.start(atQos.work());
        qvl.start(atQvl.work());

        assertUnreachable0(qvl.sftp(), bundle);

        assertThat(taken).hasBinaryContent(new byte[] {1, 2, 3});
    }

    private static void assertUnreachable0(Carrier carrier, byte[] bundle) {
        assertThatThrownBy(() -> carrier.carry(QOS, bundle)).isInstanceOf(Broken.class);
    }

    @Test
    void roundsRunUntilTheEdgeIsClosed() {
        AtomicInteger runs = new AtomicInteger();
        qvl.start(atQvl.work(new EdgeWork.NamedRound("count", () -> runs.incrementAndGet() % 3 != 0)));
        await().atMost(SOON).until(() -> runs.get() >= 6);

        qvl.close();

        assertThat(qvl.running()).isFalse();
        int then = runs.get();
        await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> runs.get() == then);
    }

    @Test
    void aDropReachesTheIntake() throws IOException {
        qvl.start(atQvl.work());

        Path drop = both.qvl.home.resolve("drop/border/SYNTHETIC.csv");
        await().atMost(SOON).until(() -> Files.isDirectory(drop.getParent()));
        Files.writeString(drop, "SYNTHETIC");

        await().atMost(SOON).until(() -> atQvl.taken.size() == 1);
        assertThat(atQvl.taken.get(0).content()).asString().isEqualTo("SYNTHETIC");
    }

    @Test
    void aPortThatIsTakenIsSaidAtTheStartAndNothingStaysOpen() throws IOException {
        try (var ignored =
                new java.net.ServerSocket(both.qvl.sftpPort, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> qvl.start(atQvl.work())).isInstanceOf(IllegalStateException.class);
        }
        assertThat(qvl.running()).isFalse();
    }
}
