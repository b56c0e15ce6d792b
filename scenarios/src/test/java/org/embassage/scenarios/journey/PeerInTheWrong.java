package org.embassage.scenarios.journey;

import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.api.jms.ActiveMQJMSClient;
import org.apache.activemq.artemis.api.jms.JMSFactoryType;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnectorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.embassage.evidence.Digest;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.routes.tls.PinnedTls;
import org.embassage.routes.tls.Pins;
import org.embassage.routes.tls.TlsContexts;

/** Sends with a gateway's own keys what that gateway would never send. */
final class PeerInTheWrong {

    private final RunningGateway sender;
    private final RunningGateway recipient;

    PeerInTheWrong(RunningGateway sender, RunningGateway recipient) {
        this.sender = sender;
        this.recipient = recipient;
    }

    /** Puts bytes into the sender's inbox on the recipient's broker. */
    void byJms(byte[] bundle) throws JMSException {
        Federation federation = FederationReader.read(
                        sender.configuration(), Clock.systemUTC().instant())
                .fold(good -> good, bad -> {
                    throw new IllegalStateException(bad.toString());
                });
        PinnedTls tls = new PinnedTls(sender.keys(), new Pins(federation.peers()), new SecureRandom());
        String context = TlsContexts.register(tls.client(recipient.id));
        Map<String, Object> there = new HashMap<>();
        there.put(TransportConstants.HOST_PROP_NAME, "127.0.0.1");
        there.put(TransportConstants.PORT_PROP_NAME, recipient.plan.jms());
        there.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
        there.put(TransportConstants.ENABLED_PROTOCOLS_PROP_NAME, "TLSv1.3");
        there.put(TransportConstants.SSL_CONTEXT_PROP_NAME, context);
        there.put(TransportConstants.VERIFY_HOST_PROP_NAME, false);
        try (ActiveMQConnectionFactory factory = ActiveMQJMSClient.createConnectionFactoryWithoutHA(
                        JMSFactoryType.CF, new TransportConfiguration(NettyConnectorFactory.class.getName(), there));
                Connection connection = factory.createConnection();
                Session session = connection.createSession()) {
            BytesMessage message = session.createBytesMessage();
            message.writeBytes(bundle);
            try (MessageProducer producer = session.createProducer(session.createQueue("in." + sender.id))) {
                producer.send(message);
            }
        } finally {
            TlsContexts.forget(context);
        }
    }

    /** Puts a file into the sender's folder on the recipient's SFTP server, and returns it. */
    Path bySftp(byte[] bundle) {
        Path file = inFolder().resolve(Digest.sha256(bundle).hex() + ".emb");
        try {
            Path part = file.resolveSibling(file.getFileName() + ".1.part");
            Files.write(part, bundle);
            return Files.move(part, file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path inFolder() {
        return recipient
                .home()
                .resolve("data")
                .resolve("sftp")
                .resolve(sender.id.value())
                .resolve("in");
    }
}
