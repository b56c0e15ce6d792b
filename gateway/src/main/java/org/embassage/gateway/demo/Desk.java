package org.embassage.gateway.demo;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.gateway.orders.OrderFolder;

/** A person at one gateway: gives an order to it while it runs, as the commands do. */
final class Desk {

    private static final String PSEUDONYM = "p-00000000000000d0";

    private final OrderFolder folder;
    private final OrderSlip slip;

    private Desk(OrderFolder folder, OrderSlip slip) {
        this.folder = folder;
        this.slip = slip;
    }

    /** Puts an order into the folder of a running gateway. */
    static Desk give(Side side, OfficerRole role, Order order) {
        EvidenceId id = new Uuids(Clock.systemUTC(), new SecureRandom()).nextEvidenceId();
        Desk desk = new Desk(OrderFolder.in(side.home()), new OrderSlip(id, new Officer(role, PSEUDONYM), order));
        desk.folder.give(desk.slip);
        return desk;
    }

    /** What the gateway answered, if it has. */
    Optional<OrderAnswer> answer() {
        return folder.answer(slip.id());
    }
}
