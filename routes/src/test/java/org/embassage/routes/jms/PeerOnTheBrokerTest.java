package org.embassage.routes.jms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.embassage.routes.TwoGateways.QOS;
import static org.embassage.routes.TwoGateways.QVL;
import static org.embassage.routes.TwoGateways.RANDOM;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageProducer;
import jakarta.jms.Queue;
import jakarta.jms.Session;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.api.core.client.ClientSession;
import org.apache.activemq.artemis.api.core.client.ServerLocator;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.camel.ExchangeConstantProvider;
import org.embassage.exchange.peer.Peer.Endpoint;
import org.embassage.routes.Edge;
import org.embassage.routes.Recording;
import org.embassage.routes.TwoGateways;
import org.embassage.routes.TwoGateways.One;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.Pins;
import org.embassage.routes.tls.TlsContexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a peer that has turned hostile, or a stranger, can do on our broker: send to its own inbox, nothing else. */
class PeerOnTheBrokerTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final AtomicBoolean DESERIALISED = new AtomicBoolean();

    @TempDir
    private Path folder;

    private TwoGateways gateways;
    private One other;
    private Edge qos;
    private Connections connections;
    private final Recording atQos = new Recording();

    @BeforeEach
    void open() throws IOException {
        gateways = new TwoGateways(folder);
        other = gateways.stranger;
        qos = gateways.edge(gateways.qos, gateways.qvl, other);
        qos.start(atQos.work());
        connections = connectionsOf(gateways.qvl);
    }

    @AfterEach
    void close() {
        connections.close();
        qos.close();
    }

    private Connections connectionsOf(One one) {
        return new Connections(new PinnedTls(one.keys, new Pins(gateways.directoryOf(one, gateways.qos)), RANDOM));
    }

    private ConnectionFactory toQos() {
        return connections.to(QOS, new Endpoint("127.0.0.1", gateways.qos.jmsPort));
    }

    private void send(String queue, Making message) throws JMSException {
        try (Connection connection = toQos().createConnection();
                Session session = connection.createSession()) {
            Queue target = session.createQueue(queue);
            try (MessageProducer producer = session.createProducer(target)) {
                producer.send(message.in(session));
            }
        }
    }

    private static BytesMessage bytes(Session session) throws JMSException {
        BytesMessage message = session.createBytesMessage();
        message.writeBytes("SYNTHETIC".getBytes(StandardCharsets.US_ASCII));
        return message;
    }

    @Test
    void itMaySendToItsInbox() throws JMSException {
        send("in.QVL-BG", PeerOnTheBrokerTest::bytes);

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(atQos.arrivals.get(0).from()).isEqualTo(QVL);
    }

    @Test
    void itMaySendNowhereElse() {
        for (String queue : List.of(
                "in.QXX-SPY",
                "out.QVL-BG",
                "out.QXX-SPY",
                "dead.QVL-BG",
                "activemq.management",
                "activemq.notifications",
                "new.queue",
                "in.QVL-BG.more",
                "in.*",
                "in.#")) {
            assertThatThrownBy(() -> send(queue, PeerOnTheBrokerTest::bytes))
                    .as(queue)
                    .isInstanceOf(JMSException.class);
        }
        assertThat(atQos.arrivals).isEmpty();
    }

    @Test
    void itMayConsumeNothingButItsOutbox() throws JMSException {
        try (Connection connection = toQos().createConnection();
                Session session = connection.createSession()) {
            for (String queue : List.of(
                    "in.QVL-BG", "in.QXX-SPY", "out.QXX-SPY", "dead.QVL-BG", "in.QXX-SPY::in.QXX-SPY", "new.queue")) {
                assertThatThrownBy(() -> session.createConsumer(session.createQueue(queue)))
                        .as(queue)
                        .isInstanceOf(JMSException.class);
            }
            session.createConsumer(session.createQueue("out.QVL-BG")).close();
        }
    }

    @Test
    void itMayNotBrowse() throws JMSException {
        try (Connection connection = toQos().createConnection();
                Session session = connection.createSession()) {
            for (String queue : List.of("in.QVL-BG", "out.QVL-BG", "out.QXX-SPY", "dead.QVL-BG")) {
                assertThatThrownBy(() -> session.createBrowser(session.createQueue(queue))
                                .getEnumeration())
                        .as(queue)
                        .isInstanceOf(JMSException.class);
            }
        }
    }

    @Test
    void itMayMakeAndDeleteNothing() throws Exception {
        String context = TlsContexts.register(
                new PinnedTls(gateways.qvl.keys, new Pins(gateways.directoryOf(gateways.qvl, gateways.qos)), RANDOM)
                        .client(QOS));
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(core(context));
                ClientSession session = locator.createSessionFactory().createSession()) {
            assertThatThrownBy(
                            () -> session.createQueue(org.apache.activemq.artemis.api.core.QueueConfiguration.of("mine")
                                    .setDurable(true)))
                    .hasMessageContaining("AMQ229");
            assertThatThrownBy(
                            () -> session.createQueue(org.apache.activemq.artemis.api.core.QueueConfiguration.of("more")
                                    .setAddress("in.QVL-BG")
                                    .setDurable(false)))
                    .hasMessageContaining("AMQ229");
            assertThatThrownBy(() -> session.deleteQueue("in.QVL-BG")).hasMessageContaining("AMQ229");
        } finally {
            TlsContexts.forget(context);
        }
    }

    @Test
    void theNameOfTheClusterUserOpensNothing() throws Exception {
        String context = TlsContexts.register(
                new PinnedTls(gateways.qvl.keys, new Pins(gateways.directoryOf(gateways.qvl, gateways.qos)), RANDOM)
                        .client(QOS));
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(core(context));
                var factory = locator.createSessionFactory()) {
            for (String name : List.of("nobody", "ACTIVEMQ.CLUSTER.ADMIN.USER")) {
                assertThatThrownBy(() -> {
                            try (ClientSession session =
                                    factory.createSession(name, "CHANGE ME!!", false, true, true, false, 0)) {
                                session.createConsumer("in.QXX-SPY").close();
                            }
                        })
                        .hasMessageContaining("AMQ229");
            }
        } finally {
            TlsContexts.forget(context);
        }
    }

    private TransportConfiguration core(String context) {
        return new TransportConfiguration(
                NettyConnectorFactory.class.getName(),
                Map.of(
                        TransportConstants.HOST_PROP_NAME,
                        "127.0.0.1",
                        TransportConstants.PORT_PROP_NAME,
                        gateways.qos.jmsPort,
                        TransportConstants.SSL_ENABLED_PROP_NAME,
                        true,
                        TransportConstants.VERIFY_HOST_PROP_NAME,
                        false,
                        TransportConstants.SSL_CONTEXT_PROP_NAME,
                        context));
    }

    @Test
    void anObjectIsNeverMadeFromAMessage() throws JMSException {
        send("in.QVL-BG", session -> session.createObjectMessage(new Trap()));
        send("in.QVL-BG", session -> session.createTextMessage("SYNTHETIC"));
        send("in.QVL-BG", Session::createMapMessage);
        send("in.QVL-BG", Session::createStreamMessage);
        send("in.QVL-BG", PeerOnTheBrokerTest::bytes);

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(DESERIALISED).isFalse();
        assertThat(atQos.arrivals.get(0).bundle()).asString().isEqualTo("SYNTHETIC");
    }

    @Test
    void headersOfAMessageDecideNothing() throws JMSException {
        send("in.QVL-BG", session -> {
            Message message = bytes(session);
            for (String name : camelNames()) {
                message.setStringProperty(name, "in.QXX-SPY");
            }
            message.setJMSReplyTo(session.createQueue("in.QXX-SPY"));
            message.setJMSCorrelationID("SYNTHETIC");
            return message;
        });

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
        assertThat(atQos.arrivals.get(0).from()).isEqualTo(QVL);
    }

    /** Every name that Camel itself gives a meaning, as it is written and in three other cases. */
    private static List<String> camelNames() {
        List<String> names = Stream.concat(
                        Stream.of(ExchangeConstantProvider.class.getDeclaredFields())
                                .filter(field -> field.getType() == Map.class)
                                .flatMap(PeerOnTheBrokerTest::values),
                        Stream.of("CamelJmsDestinationName", "CamelJmsDestination", "CamelBeanMethodName", "Embassage"))
                .filter(name -> name.matches("[A-Za-z_][A-Za-z0-9_]*"))
                .flatMap(name -> Stream.of(
                        name,
                        name.toLowerCase(Locale.ROOT),
                        name.toUpperCase(Locale.ROOT),
                        name.replaceFirst("^Camel", "CAmel")))
                .distinct()
                .toList();
        assertThat(names).hasSizeGreaterThan(200).contains("CamelFileName", "CAmelFileName", "camelhttpuri");
        return names;
    }

    private static Stream<String> values(Field field) {
        try {
            field.setAccessible(true);
            return field.get(null) instanceof Map<?, ?> map
                    ? map.values().stream().map(Object::toString)
                    : Stream.empty();
        } catch (IllegalAccessException closed) {
            throw new AssertionError(closed);
        }
    }

    @Test
    void itMayNotOpenSessionsWithoutEndAndOthersGoOn() throws Exception {
        String context = TlsContexts.register(
                new PinnedTls(gateways.qvl.keys, new Pins(gateways.directoryOf(gateways.qvl, gateways.qos)), RANDOM)
                        .client(QOS));
        List<ClientSession> open = new ArrayList<>();
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(core(context));
                var factory = locator.createSessionFactory()) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 200; i++) {
                            open.add(factory.createSession());
                        }
                    })
                    .hasMessageContaining("AMQ229");
            assertThat(open).hasSizeBetween(8, 64);
        } finally {
            for (ClientSession session : open) {
                session.close();
            }
            TlsContexts.forget(context);
        }
        send("in.QVL-BG", PeerOnTheBrokerTest::bytes);
        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
    }

    @Test
    void aSendersExpiryIsNotObeyed() throws JMSException {
        atQos.brokenFor.set(1);
        try (Connection connection = toQos().createConnection();
                Session session = connection.createSession();
                MessageProducer producer = session.createProducer(session.createQueue("in.QVL-BG"))) {
            producer.setTimeToLive(1);
            producer.send(bytes(session));
        }

        await().atMost(SOON).until(() -> atQos.arrivals.size() == 1);
    }

    @Test
    void withoutACertificateThereIsNoConnection() throws Exception {
        javax.net.ssl.SSLContext bare = javax.net.ssl.SSLContext.getInstance("TLSv1.3");
        bare.init(null, new javax.net.ssl.TrustManager[] {new Gullible()}, RANDOM);
        String context = TlsContexts.register(bare);
        try (ServerLocator locator = ActiveMQClient.createServerLocatorWithoutHA(core(context))) {
            locator.setCallTimeout(2_000);
            assertThatThrownBy(locator::createSessionFactory).isInstanceOf(Exception.class);
        } finally {
            TlsContexts.forget(context);
        }
    }

    @Test
    void aCertificateOfTheSameNameWithAnotherKeyIsNoPeer() throws IOException {
        TwoGateways forged = new TwoGateways(folder.resolve("forged"));
        connections.close();
        connections = connectionsOf(forged.qvl);

        assertThatThrownBy(() -> send("in.QVL-BG", PeerOnTheBrokerTest::bytes)).isInstanceOf(JMSException.class);
        assertThat(atQos.arrivals).isEmpty();
    }

    @Test
    void aContextThatIsNotRegisteredIsAnErrorAndNoDefault() {
        assertThatThrownBy(() -> new TlsContexts().getSSLContext(null, Map.of("sslContext", "embassage-none")))
                .isInstanceOf(IllegalStateException.class);
    }

    @FunctionalInterface
    private interface Making {
        Message in(Session session) throws JMSException;
    }

    /** Tells if anybody makes it from bytes. */
    private static final class Trap implements java.io.Serializable {
        private void readObject(java.io.ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            DESERIALISED.set(true);
        }
    }

    /** Believes every server; only so can a client come as far as showing no certificate. */
    private static final class Gullible extends javax.net.ssl.X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(
                java.security.cert.X509Certificate[] chain, String authType, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(
                java.security.cert.X509Certificate[] chain, String authType, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(
                java.security.cert.X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(
                java.security.cert.X509Certificate[] chain, String authType, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String authType) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
