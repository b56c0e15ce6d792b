package org.embassage.routes;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.KeySource;
import org.embassage.routes.EdgeSettings.DropFeed;
import org.embassage.routes.EdgeWork.NamedRound;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.NothingPasses;
import org.embassage.routes.camel.Outlet;
import org.embassage.routes.camel.Quietly;
import org.embassage.routes.folder.DropFolders;
import org.embassage.routes.folder.DropWatch;
import org.embassage.routes.folder.HandoverFolder;
import org.embassage.routes.jms.JmsCarrier;
import org.embassage.routes.jms.JmsSide;
import org.embassage.routes.sftp.SftpCarrier;
import org.embassage.routes.sftp.SftpSide;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of a gateway that touches the outside: its broker and SFTP server, the transports to peers, the drop and
 * hand-over folders, and the timers. Prepared first, so that the use cases can be given its ports; then started once with
 * the work that it shall call.
 *
 * <p>Several edges may live in one process. Thread-safe.
 */
public final class Edge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
    private static final int CLOSE_WITHIN_SECONDS = 10;
    private static final Duration BROKER_WATCHED = Duration.ofSeconds(1);

    private final EdgeSettings settings;
    private final PeerDirectory peers;
    private final Clock clock;
    private final Uuids ids;
    private final Outlet outlet = new Outlet();
    /** One for all use cases: it lets none of them work on a drop's files while another does. */
    private final DropFolders desk;

    private final CamelContext camel = new DefaultCamelContext();
    private final JmsSide jms;
    private final SftpSide sftp;
    private volatile boolean open;

    private Edge(EdgeSettings settings, PeerDirectory peers, KeySource keys, Clock clock, SecureRandom random) {
        this.settings = settings;
        this.peers = peers;
        this.clock = clock;
        this.ids = new Uuids(clock, random);
        this.desk = new DropFolders(settings.drops().folder());
        this.jms = new JmsSide(peers, keys, random);
        this.sftp = new SftpSide(peers, keys, clock);
    }

    /**
     * Makes an edge that listens to nothing yet.
     *
     * @param peers asked again at each connection; routes are made for the peers known at {@link #start}
     */
    public static Edge prepare(
            EdgeSettings settings, PeerDirectory peers, KeySource keys, Clock clock, SecureRandom random) {
        return new Edge(settings, peers, keys, clock, random);
    }

    /** Carries by JMS to peers whose card names a broker. Before {@link #start} every peer is unreachable. */
    public Carrier jms() {
        return new JmsCarrier(peers, outlet);
    }

    /** Carries by SFTP to peers whose card names an SFTP server. Before {@link #start} every peer is unreachable. */
    public Carrier sftp() {
        return new SftpCarrier(peers, outlet, ids);
    }

    /** The desk of the drop folders; works from the start. */
    public DropDesk dropDesk() {
        return desk;
    }

    /** The hand-over folder; works from the start. Its basis is WRITTEN. */
    public DomesticSystem domesticSystem() {
        return new HandoverFolder(settings.handover(), settings.handoverMark());
    }

    /**
     * Opens the broker and the SFTP server to peers, then starts receiving, taking drops and running rounds.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE
     * @throws IllegalStateException if a port is taken or a folder cannot be used; what was opened is closed again
     */
    public synchronized void start(EdgeWork work) {
        try {
            settings.broker().ifPresent(this::openBroker);
            settings.sftp().ifPresent(this::openSftp);
            startRoutes(work);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void openBroker(EdgeSettings.Broker broker) {
        if (broker instanceof EdgeSettings.Broker.Embedded here) {
            jms.openEmbedded(here.host(), here.port(), here.folder());
        } else if (broker instanceof EdgeSettings.Broker.External there) {
            jms.useExternal(there.host(), there.port());
        }
    }

    private void openSftp(EdgeSettings.SftpServer server) {
        if (server instanceof EdgeSettings.SftpServer.Embedded here) {
            sftp.openEmbedded(here.host(), here.port(), here.folder(), settings.maxBundleBytes());
        } else if (server instanceof EdgeSettings.SftpServer.External there) {
            sftp.useExternal(there.host(), there.port());
        }
    }

    private void startRoutes(EdgeWork work) {
        try {
            camel.getCamelContextExtension().setName("edge-of-" + peers.self().id());
            camel.disableJMX();
            camel.setUseMDCLogging(false);
            camel.setMessageHistory(false);
            camel.getShutdownStrategy().setTimeout(CLOSE_WITHIN_SECONDS);
            camel.getShutdownStrategy().setShutdownNowOnTimeout(true);
            camel.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
            camel.getRegistry().bind("nothingPasses", new NothingPasses());
            camel.getRegistry().bind("quietly", new Quietly());
            camel.addRoutes(new FailureHandling());
            for (RouteBuilder route : routes(work)) {
                camel.addRoutes(route);
            }
            open = true;
            camel.start();
            outlet.open(camel.createProducerTemplate());
            LOG.info("gateway={} event=EdgeOpen routes={}", peers.self().id(), camel.getRoutesSize());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the routes did not start", e);
        }
    }

    /** Carriers first, then what brings bundles, then the timers: so a round finds its carrier open. */
    private List<RouteBuilder> routes(EdgeWork work) {
        List<RouteBuilder> routes = new ArrayList<>();
        routes.addAll(jms.routes(work.reception(), settings.maxBundleBytes()));
        routes.addAll(sftp.routes(work.reception(), settings.maxBundleBytes()));
        for (DropFeed feed : settings.drops().feeds()) {
            NamedRound watch = new NamedRound(
                    "drops-" + feed.feed(),
                    new DropWatch(
                            settings.drops().folder(),
                            feed.feed(),
                            feed.maxBytes(),
                            feed.readiness(),
                            settings.drops().quiet(),
                            work.intake(),
                            ids,
                            clock));
            routes.add(timer(watch, settings.drops().poll()));
        }
        if (settings.broker()
                .filter(EdgeSettings.Broker.Embedded.class::isInstance)
                .isPresent()) {
            NamedRound watch = new NamedRound("broker", () -> {
                jms.reopenIfStopped();
                return false;
            });
            routes.add(timer(watch, BROKER_WATCHED));
        }
        work.rounds().forEach(round -> routes.add(timer(round, settings.rounds().period())));
        return routes;
    }

    private RoundTimer timer(NamedRound round, Duration period) {
        return new RoundTimer(round, period, settings.rounds().longestPause(), clock, () -> open);
    }

    /** Whether routes run and the own broker and SFTP server, where embedded, are open. For health checks. */
    public boolean running() {
        return open && camel.isStarted() && jms.running() && sftp.running();
    }

    /** Lets work in progress end, up to ten seconds, then closes everything. May be repeated. */
    @Override
    public synchronized void close() {
        open = false;
        camel.stop();
        outlet.close();
        sftp.close();
        jms.close();
    }
}
