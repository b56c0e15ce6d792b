package org.embassage.routes.jms;

import jakarta.jms.ConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;

/** From the carrier to one peer's broker. It returns when that broker has the message on its disk. */
public final class SendByJms extends RouteBuilder {

    /** Header with the name of a {@link Priority}: the broker lets what is more urgent overtake. */
    static final String PRIORITY = "EmbassagePriority";

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
        ChoiceDefinition choice = from(from(peer))
                .routeId(RouteIds.send(Transport.JMS, peer))
                .routeConfigurationId(FailureHandling.TOLD_TO_CALLER)
                .choice();
        for (Priority priority : Priority.values()) {
            choice.when(header(PRIORITY).isEqualTo(priority.name()))
                    .to("jms:queue:" + Queues.inbox(self)
                            + "?connectionFactory=#" + name
                            + "&exchangePattern=InOnly"
                            + "&jmsMessageType=Bytes"
                            + "&deliveryPersistent=true"
                            + "&explicitQosEnabled=true&priority=" + level(priority)
                            + "&headerFilterStrategy=#nothingPasses")
                    .id("put-into-inbox-of-" + peer + "-" + priority);
        }
    }

    /** On JMS's scale from 0 to 9. */
    private static int level(Priority priority) {
        return switch (priority) {
            case FLASH -> 9;
            case URGENT -> 7;
            case ROUTINE -> 4;
            case BULK -> 1;
        };
    }
}
