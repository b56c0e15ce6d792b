package org.embassage.routes.sftp;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Reception;

/** The SFTP transport of one gateway as a whole. Opened and closed by one thread. */
public final class SftpSide implements AutoCloseable {

    private static final long POLL_MILLIS = 250;

    private final PeerDirectory peers;
    private final KeySource keys;
    private final SftpEndpoints endpoints;
    private final Clock clock;
    private Optional<EmbeddedSftpServer> server = Optional.empty();
    private Optional<Own> own = Optional.empty();

    public SftpSide(PeerDirectory peers, KeySource keys, Clock clock) {
        this.clock = clock;
        this.peers = peers;
        this.keys = keys;
        this.endpoints = new SftpEndpoints(peers.self().id(), keys);
    }

    /** Runs the own server here. */
    public void openEmbedded(String host, int port, Path folder, long maxBundleBytes) {
        EmbeddedSftpServer opening = new EmbeddedSftpServer(host, port, folder, peers, keys, maxBundleBytes);
        server = Optional.of(opening);
        opening.open();
        own = Optional.of(new Own(new Endpoint(host, port), opening.hostKeys()));
    }

    /** Uses an own server that runs elsewhere, with the host keys of the own card. */
    public void useExternal(String host, int port) {
        own = Optional.of(new Own(new Endpoint(host, port), peers.self().sshHostKeys()));
    }

    /** Sending to each peer that has a server, and receiving from each peer if there is an own server. */
    public List<RouteBuilder> routes(Reception reception, int maxBundleBytes) {
        List<RouteBuilder> routes = new ArrayList<>();
        SftpArrivals arrivals = new SftpArrivals(reception, maxBundleBytes);
        for (Peer peer : peers.all()) {
            peer.sftp().ifPresent(there -> routes.add(new SendBySftp(peer.id(), endpoints, there, peer.sshHostKeys())));
            own.ifPresent(here -> routes.add(new ReceiveBySftp(
                    peer.id(), endpoints, here.server(), here.hostKeys(), arrivals, POLL_MILLIS, clock)));
        }
        return routes;
    }

    /** Whether the own server accepts connections, if it runs here. */
    public boolean running() {
        return server.map(EmbeddedSftpServer::running).orElse(true);
    }

    @Override
    public void close() {
        server.ifPresent(EmbeddedSftpServer::close);
        server = Optional.empty();
    }

    private record Own(Endpoint server, List<String> hostKeys) {}
}
