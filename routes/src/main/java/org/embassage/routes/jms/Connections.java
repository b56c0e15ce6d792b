package org.embassage.routes.jms;

import jakarta.jms.ConnectionFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.invm.InVMConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.TlsContexts;
import org.springframework.jms.connection.CachingConnectionFactory;

/** Connections to brokers. Nothing is connected before the first use. Closed together at the end. */
public final class Connections implements AutoCloseable {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int CALL_MILLIS = 10_000;
    private static final int WINDOW = 4 << 20;
    /** No class may be made from a message, ever. */
    private static final String NO_CLASS = "none.";

    private final PinnedTls tls;
    private final List<String> contexts = new CopyOnWriteArrayList<>();
    private final List<CachingConnectionFactory> pools = new CopyOnWriteArrayList<>();

    public Connections(PinnedTls tls) {
        this.tls = tls;
    }

    /** To the broker inside this process. */
    ConnectionFactory inside(EmbeddedBroker broker) {
        return plain(new TransportConfiguration(
                InVMConnectorFactory.class.getName(), Map.of("serverId", String.valueOf(broker.id()))));
    }

    /** To the broker of {@code gateway}, over TLS 1.3 pinned to its card. */
    ConnectionFactory to(GatewayId gateway, Endpoint there) {
        String context = TlsContexts.register(tls.client(gateway));
        contexts.add(context);
        Map<String, Object> it = new HashMap<>();
        it.put(TransportConstants.HOST_PROP_NAME, there.host());
        it.put(TransportConstants.PORT_PROP_NAME, there.port());
        it.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        it.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        it.put(TransportConstants.SSL_CONTEXT_PROP_NAME, context);
        it.put(TransportConstants.NETTY_CONNECT_TIMEOUT, CONNECT_MILLIS);
        // The pinned key says more than a host name, and it is checked by the context.
        it.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        return plain(new TransportConfiguration(NettyConnectorFactory.class.getName(), it));
    }

    /** The same with one connection, session and producer kept open, and made anew after a failure. */
    ConnectionFactory kept(ConnectionFactory factory) {
        CachingConnectionFactory pool = new CachingConnectionFactory(factory);
        pool.setSessionCacheSize(1);
        pool.setReconnectOnException(true);
        pools.add(pool);
        return pool;
    }

    private static ActiveMQConnectionFactory plain(TransportConfiguration there) {
        ActiveMQConnectionFactory it = ActiveMQJMSClient.createConnectionFactoryWithoutHA(JMSFactoryType.CF, there);
        it.setDeserializationAllowList(NO_CLASS);
        it.setMinLargeMessageSize(EmbeddedBroker.LARGE_FROM);
        it.setBlockOnDurableSend(true);
        it.setBlockOnAcknowledge(true);
        it.setCallTimeout(CALL_MILLIS);
        it.setInitialConnectAttempts(1);
        it.setReconnectAttempts(0);
        it.setUseTopologyForLoadBalancing(false);
        it.setConsumerWindowSize(WINDOW);
        it.setProducerWindowSize(WINDOW);
        return it;
    }

    @Override
    public void close() {
        pools.forEach(CachingConnectionFactory::destroy);
        contexts.forEach(TlsContexts::forget);
    }
}
