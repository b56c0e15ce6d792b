package org.embassage.routes.jms;

import jakarta.jms.ConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;

/** From the carrier to one peer's broker. It returns when that broker has the message on its disk. */
public final class SendByJms extends RouteBuilder {

    private final GatewayId self;
    private final GatewayId peer;
    private final ConnectionFactory broker;

    /** @param broker the peer's */
    public SendByJms(GatewayId self, GatewayId peer, ConnectionFactory broker) {
        this.self = self;
        this.peer = peer;
        this.broker = broker;
    }

    static String from(GatewayId peer) {
        return "direct:jms-to-" + peer;
    }

    @Override
    public void configure() {
        String name = "broker-of-" + peer;
        bindToRegistry(name, broker);
        from(from(peer))
                .routeId(RouteIds.send(Transport.JMS, peer))
                .routeConfigurationId(FailureHandling.TOLD_TO_CALLER)
                .to("jms:queue:" + Queues.inbox(self)
                        + "?connectionFactory=#" + name
                        + "&exchangePattern=InOnly"
                        + "&jmsMessageType=Bytes"
                        + "&deliveryPersistent=true"
                        + "&headerFilterStrategy=#nothingPasses")
                .id("put-into-inbox-of-" + peer);
    }
}
