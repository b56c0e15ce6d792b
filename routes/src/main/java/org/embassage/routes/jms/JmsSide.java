package org.embassage.routes.jms;

import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Reception;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.Pins;

/** The JMS transport of one gateway as a whole. Opened and closed by one thread. */
public final class JmsSide implements AutoCloseable {

    private final PeerDirectory peers;
    private final SecureRandom random;
    private final Pins pins;
    private final PinnedTls tls;
    private final Connections connections;
    private Optional<EmbeddedBroker> broker = Optional.empty();
    private Optional<ConnectionFactory> own = Optional.empty();

    public JmsSide(PeerDirectory peers, KeySource keys, SecureRandom random) {
        this.peers = peers;
        this.random = random;
        this.pins = new Pins(peers);
        this.tls = new PinnedTls(keys, pins, random);
        this.connections = new Connections(tls);
    }

    /** Runs the own broker here. */
    public void openEmbedded(String host, int port, Path folder) {
        List<GatewayId> known = peers.all().stream().map(Peer::id).toList();
        EmbeddedBroker opening =
                new EmbeddedBroker(new EmbeddedBroker.Listening(host, port), folder, known, pins, tls, random);
        broker = Optional.of(opening);
        opening.open();
        own = Optional.of(connections.inside(opening));
    }

    /** Uses an own broker that runs elsewhere. */
    public void useExternal(String host, int port) {
        own = Optional.of(connections.to(peers.self().id(), new Endpoint(host, port)));
    }

    /** Sending to each peer that has a broker, and receiving from each peer if there is an own broker. */
    public List<RouteBuilder> routes(Reception reception, int maxBundleBytes) {
        List<RouteBuilder> routes = new ArrayList<>();
        JmsArrivals arrivals = new JmsArrivals(reception, maxBundleBytes);
        for (Peer peer : peers.all()) {
            peer.jms()
                    .map(there -> connections.kept(connections.to(peer.id(), there)))
                    .ifPresent(there -> routes.add(new SendByJms(peers.self().id(), peer.id(), there)));
            own.ifPresent(here -> routes.add(new ReceiveByJms(peer.id(), here, arrivals)));
        }
        return routes;
    }

    /** Opens the own broker again if it runs here and stopped itself. */
    public void reopenIfStopped() {
        broker.ifPresent(EmbeddedBroker::reopenIfStopped);
    }

    /** Whether the own broker accepts connections, if it runs here. */
    public boolean running() {
        return broker.map(EmbeddedBroker::running).orElse(true);
    }

    @Override
    public void close() {
        connections.close();
        broker.ifPresent(EmbeddedBroker::close);
        broker = Optional.empty();
    }
}
