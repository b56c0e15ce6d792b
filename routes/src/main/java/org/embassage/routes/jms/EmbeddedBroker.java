package org.embassage.routes.jms;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.CoreAddressConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.apache.activemq.artemis.core.settings.impl.PageFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.ResourceLimitSettings;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.Pins;
import org.embassage.routes.tls.TlsContexts;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This gateway's Artemis. Persistent, fsync before anything is acknowledged; one TLS 1.3 acceptor that speaks CORE only and
 * wants a client certificate; fixed queues, none made on demand; limits per peer, so that one cannot fill the disk for all.
 */
public final class EmbeddedBroker implements AutoCloseable {

    /** Bundles up to 1 MiB and their header fit into one journal record; larger ones become large messages. */
    static final int LARGE_FROM = 2 << 20;

    /** Octets of one packet after the login; before it, Artemis takes 4 KiB. */
    private static final int MAX_FRAME = LARGE_FROM + (64 << 10);

    private static final int JOURNAL_BUFFER = 3 << 20;
    private static final int JOURNAL_FILE = 16 << 20;
    /** Nanoseconds; see docs/adr on transports: with few senders the default of 3.3 ms decides the speed. */
    private static final int FLUSH_AFTER = 200_000;

    private static final int PAGE = 8 << 20;
    private static final long IN_MEMORY = 64L << 20;
    private static final long ON_DISK = 4L << 30;
    private static final int DISK_USAGE_PERCENT = 95;
    private static final Duration REDELIVERY = Duration.ofSeconds(1);
    private static final Duration LONGEST_REDELIVERY = Duration.ofSeconds(30);
    private static final int FOR_EVER = -1;
    /** A gateway needs a handful; whoever opens more at a time is refused, and others go on. */
    private static final int SESSIONS_OF_A_PEER = 64;

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final AtomicInteger NEXT_ID = new AtomicInteger(1);

    /** The address and TCP port to listen on. */
    public record Listening(String host, int port) {}

    private final Listening listening;
    private final Path folder;
    private final List<GatewayId> peers;
    private final Pins pins;
    private final String tlsContext;
    private final String clusterPassword;
    private final int id = NEXT_ID.getAndIncrement();
    private EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private boolean opened;

    public EmbeddedBroker(
            Listening listening, Path folder, List<GatewayId> peers, Pins pins, PinnedTls tls, SecureRandom random) {
        this.listening = listening;
        this.folder = folder;
        this.peers = List.copyOf(peers);
        this.pins = pins;
        this.tlsContext = TlsContexts.register(tls.server());
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        this.clusterPassword = HexFormat.of().formatHex(secret);
    }

    /** Where connections inside this process find it. */
    int id() {
        return id;
    }

    /** @throws IllegalStateException if it does not come up: the port is taken, the journal is in use or unreadable */
    public synchronized void open() {
        try {
            start();
            opened = true;
        } catch (IllegalStateException e) {
            close();
            throw e;
        }
    }

    /**
     * A broker that cannot write its journal stops itself, and stays so when the disk works again. Opens it again if that
     * happened; every bundle that it acknowledged is in its journal.
     *
     * @throws IllegalStateException if it does not come up yet
     */
    public synchronized void reopenIfStopped() {
        if (!opened || !stopped()) {
            return;
        }
        LOG.error("event=BrokerStopped alarm=true fault={}", FaultCode.STORE_UNAVAILABLE.code());
        stop();
        server = new EmbeddedActiveMQ();
        start();
        LOG.info("event=BrokerReopened");
    }

    ActiveMQServer server() {
        return server.getActiveMQServer();
    }

    private boolean stopped() {
        var now = server.getActiveMQServer();
        return now == null || now.getState() == ActiveMQServer.SERVER_STATE.STOPPED;
    }

    private void start() {
        try {
            server.setConfiguration(configuration()).setSecurityManager(new PeerSecurity(pins));
            server.start();
            if (!server.getActiveMQServer().waitForActivation(30, TimeUnit.SECONDS) || !accepting()) {
                throw new IllegalStateException("the embedded broker did not open its port or journal");
            }
        } catch (IllegalStateException e) {
            stop();
            throw e;
        } catch (Exception e) {
            stop();
            throw new IllegalStateException("the embedded broker did not start", e);
        }
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("event=BrokerNotStopped cause={}", e.getClass().getName());
        }
    }

    private boolean accepting() {
        var acceptor = server.getActiveMQServer().getRemotingService().getAcceptor("peers");
        return acceptor != null && acceptor.isStarted();
    }

    public synchronized boolean running() {
        var running = server.getActiveMQServer();
        return running != null && running.isActive() && accepting();
    }

    private Configuration configuration() throws Exception {
        Configuration it = new ConfigurationImpl()
                .setName("embassage-" + id)
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDatasync(true)
                .setJournalSyncTransactional(true)
                .setJournalSyncNonTransactional(true)
                .setJournalBufferTimeout_NIO(FLUSH_AFTER)
                .setJournalBufferSize_NIO(JOURNAL_BUFFER)
                .setJournalFileSize(JOURNAL_FILE)
                .setMaxDiskUsage(DISK_USAGE_PERCENT)
                .setSecurityEnabled(true)
                .setAuthenticationCacheSize(0)
                .setAuthorizationCacheSize(0)
                .setPersistIDCache(true)
                .setJMXManagementEnabled(false)
                .setMessageCounterEnabled(false)
                .setWildcardRoutingEnabled(false)
                .setClusterUser("nobody")
                .setClusterPassword(clusterPassword);
        folders(it);
        it.addAcceptorConfiguration(new TransportConfiguration(
                InVMAcceptorFactory.class.getName(), Map.of("serverId", String.valueOf(id)), "ourselves"));
        it.addAcceptorConfiguration(new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                acceptor(),
                "peers",
                Map.of("coreMaxFrameSize", String.valueOf(MAX_FRAME))));
        it.addAddressSetting("#", closed());
        for (GatewayId peer : peers) {
            it.addResourceLimitSettings(sessions(peer));
            for (String name : List.of(Queues.inbox(peer), Queues.outbox(peer), Queues.dead(peer))) {
                queue(it, name);
                it.addAddressSetting(name, limits(peer));
            }
        }
        return it;
    }

    private static ResourceLimitSettings sessions(GatewayId peer) {
        ResourceLimitSettings most = new ResourceLimitSettings();
        most.setMatch(SimpleString.of(peer.value()));
        most.setMaxSessions(SESSIONS_OF_A_PEER);
        return most;
    }

    private void folders(Configuration it) {
        it.setBindingsDirectory(folder.resolve("bindings").toString());
        it.setJournalDirectory(folder.resolve("journal").toString());
        it.setLargeMessagesDirectory(folder.resolve("large").toString());
        it.setPagingDirectory(folder.resolve("paging").toString());
    }

    private Map<String, Object> acceptor() {
        Map<String, Object> it = new HashMap<>();
        it.put(TransportConstants.HOST_PROP_NAME, listening.host());
        it.put(TransportConstants.PORT_PROP_NAME, listening.port());
        it.put(TransportConstants.PROTOCOLS_PROP_NAME, "CORE");
        it.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        it.put(TransportConstants.NEED_CLIENT_AUTH_PROP_NAME, true);
        it.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        it.put(TransportConstants.SSL_CONTEXT_PROP_NAME, tlsContext);
        return it;
    }

    private static void queue(Configuration it, String name) {
        it.addAddressConfiguration(new CoreAddressConfiguration()
                .setName(name)
                .addRoutingType(RoutingType.ANYCAST)
                .addQueueConfig(QueueConfiguration.of(name)
                        .setAddress(name)
                        .setRoutingType(RoutingType.ANYCAST)
                        .setDurable(true)));
    }

    private static AddressSettings closed() {
        return new AddressSettings()
                .setAutoCreateAddresses(false)
                .setAutoCreateQueues(false)
                .setAutoDeleteAddresses(false)
                .setAutoDeleteQueues(false)
                .setAutoCreateDeadLetterResources(false)
                .setAutoCreateExpiryResources(false);
    }

    /** A sender's expiry is not obeyed, and delivery is tried for ever: a bundle ends by being taken, never by time. */
    private static AddressSettings limits(GatewayId peer) {
        return closed().setDeadLetterAddress(SimpleString.of(Queues.dead(peer)))
                .setExpiryAddress(SimpleString.of(Queues.dead(peer)))
                .setNoExpiry(true)
                .setMaxDeliveryAttempts(FOR_EVER)
                .setRedeliveryDelay(REDELIVERY.toMillis())
                .setRedeliveryMultiplier(2)
                .setMaxRedeliveryDelay(LONGEST_REDELIVERY.toMillis())
                .setMaxSizeBytes(IN_MEMORY)
                .setPageSizeBytes(PAGE)
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setPageLimitBytes(ON_DISK + DispatchBundle.MAX_BYTES)
                .setPageFullMessagePolicy(PageFullMessagePolicy.FAIL);
    }

    @Override
    public synchronized void close() {
        opened = false;
        TlsContexts.forget(tlsContext);
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the embedded broker did not stop", e);
        }
    }
}
