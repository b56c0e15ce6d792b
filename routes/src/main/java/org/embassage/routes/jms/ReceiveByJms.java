package org.embassage.routes.jms;

import jakarta.jms.ConnectionFactory;
import org.apache.camel.builder.RouteBuilder;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.routes.camel.FailureHandling;
import org.embassage.routes.camel.RouteIds;

/**
 * From one peer's inbox on the own broker to the reception. The JMS session is transacted: the message leaves the queue when
 * the reception has returned, and comes again if it threw.
 */
public final class ReceiveByJms extends RouteBuilder {

    private final GatewayId peer;
    private final ConnectionFactory broker;
    private final JmsArrivals arrivals;

    /** @param broker the own one */
    public ReceiveByJms(GatewayId peer, ConnectionFactory broker, JmsArrivals arrivals) {
        this.peer = peer;
        this.broker = broker;
        this.arrivals = arrivals;
    }

    @Override
    public void configure() {
        String name = "own-broker-for-" + peer;
        bindToRegistry(name, broker);
        from("jms:queue:" + Queues.inbox(peer)
                        + "?connectionFactory=#" + name
                        + "&transacted=true&lazyCreateTransactionManager=false"
                        + "&cacheLevelName=CACHE_CONSUMER"
                        + "&concurrentConsumers=1"
                        + "&mapJmsMessage=false"
                        + "&disableReplyTo=true"
                        + "&recoveryInterval=1000"
                        + "&errorHandlerLoggingLevel=OFF&errorHandlerLogStackTrace=false"
                        + "&headerFilterStrategy=#nothingPasses")
                .routeId(RouteIds.receive(Transport.JMS, peer))
                .routeConfigurationId(FailureHandling.LEFT_WITH_TRANSPORT)
                .process(exchange -> arrivals.accept(peer, exchange.getIn().getBody()))
                .id("judge-and-commit-" + RouteIds.receive(Transport.JMS, peer));
    }
}
