package org.embassage.routes.camel;

import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;

/** The ids of all routes, as an operator sees them. */
public final class RouteIds {

    private RouteIds() {}

    public static String send(Transport transport, GatewayId peer) {
        return "send-" + transport + "-" + peer;
    }

    public static String receive(Transport transport, GatewayId peer) {
        return "receive-" + transport + "-" + peer;
    }

    public static String round(String name) {
        return "round-" + name;
    }
}
