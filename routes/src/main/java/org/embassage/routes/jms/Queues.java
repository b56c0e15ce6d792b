package org.embassage.routes.jms;

import org.embassage.evidence.GatewayId;

/** The names of the queues on a gateway's broker, each the only queue of the address of the same name. */
final class Queues {

    private Queues() {}

    /** Where the peer sends to: it may send here and nothing else. */
    static String inbox(GatewayId peer) {
        return "in." + peer;
    }

    /** Where the peer fetches from, if it may not be connected to: it may consume here and nothing else. */
    static String outbox(GatewayId peer) {
        return "out." + peer;
    }

    /** What the broker itself gave up on; closed to everybody but this gateway. */
    static String dead(GatewayId peer) {
        return "dead." + peer;
    }
}
