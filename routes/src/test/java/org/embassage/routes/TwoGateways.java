package org.embassage.routes;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.routes.EdgeSettings.DropFeed;
import org.embassage.routes.EdgeSettings.Drops;
import org.embassage.routes.EdgeSettings.Rounds;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.sealing.development.DevelopmentPki;

/** SYNTHETIC. Two gateways that know each other's cards, and a stranger whom nobody knows. */
public final class TwoGateways {

    public static final GatewayId QVL = new GatewayId("QVL-BG");
    public static final GatewayId QOS = new GatewayId("QOS-POL");
    public static final GatewayId STRANGER = new GatewayId("QXX-SPY");
    public static final FeedId FEED = new FeedId("border");
    public static final int MAX_BUNDLE = 8 << 20;

    public static final Clock CLOCK = Clock.systemUTC();
    public static final SecureRandom RANDOM = new SecureRandom();

    public final One qvl;
    public final One qos;
    public final One stranger;

    public TwoGateways(Path folder) throws IOException {
        qvl = new One(QVL, folder.resolve("qvl"));
        qos = new One(QOS, folder.resolve("qos"));
        stranger = new One(STRANGER, folder.resolve("stranger"));
    }

    public PeerDirectory directoryOf(One self, One... peers) {
        return new Cards(self.card(), Stream.of(peers).map(One::card).toList());
    }

    public Edge edge(One self, One... peers) {
        return Edge.prepare(self.settings(), directoryOf(self, peers), self.keys, CLOCK, RANDOM);
    }

    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** One gateway's keys, ports and folders. */
    public static final class One {
        public final GatewayId id;
        public final Path home;
        public final KeySource keys;
        public final int jmsPort;
        public final int sftpPort;

        One(GatewayId id, Path home) throws IOException {
            this.id = id;
            this.home = home;
            new DevelopmentPki(id.country(), CLOCK, RANDOM)
                    .gateway(id, "20311125")
                    .writeTo(home.resolve("keys"));
            this.keys = new Pkcs12KeySource(home.resolve("keys/gateway.p12"), home.resolve("keys/password"));
            this.jmsPort = freePort();
            this.sftpPort = freePort();
        }

        public Digest tlsPin() {
            return Digest.sha256(
                    keys.current(KeyUse.TLS).certificate().getPublicKey().getEncoded());
        }

        public String sshKey() {
            return KeyTexts.openSsh(keys.current(KeyUse.SSH).certificate().getPublicKey());
        }

        public Peer card() {
            return card(List.of(sshKey()));
        }

        public Peer card(List<String> hostKeys) {
            return new Peer(
                    id,
                    1,
                    Digest.sha256(new byte[0]),
                    List.of(),
                    List.of(),
                    List.of(tlsPin()),
                    hostKeys,
                    List.of(sshKey()),
                    "none",
                    Optional.empty(),
                    Optional.of(new Endpoint("127.0.0.1", jmsPort)),
                    Optional.of(new Endpoint("127.0.0.1", sftpPort)));
        }

        public EdgeSettings settings() {
            return new EdgeSettings(
                    Optional.of(new EdgeSettings.Broker.Embedded("127.0.0.1", jmsPort, home.resolve("broker"))),
                    Optional.of(new EdgeSettings.SftpServer.Embedded("127.0.0.1", sftpPort, home.resolve("sftp"))),
                    new Drops(
                            home.resolve("drop"),
                            List.of(new DropFeed(FEED, 1 << 20)),
                            Duration.ofMillis(50),
                            Duration.ofMillis(100)),
                    home.resolve("handover"),
                    home.resolve("hand-over.folder"),
                    new Rounds(Duration.ofMillis(50), Duration.ofSeconds(1)),
                    MAX_BUNDLE);
        }
    }

    /** Cards that need no signatures. */
    public record Cards(Peer self, List<Peer> all) implements PeerDirectory {
        @Override
        public Optional<Peer> find(GatewayId id) {
            return all.stream().filter(peer -> peer.id().equals(id)).findFirst();
        }
    }
}
