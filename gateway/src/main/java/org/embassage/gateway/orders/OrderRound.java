package org.embassage.gateway.orders;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.port.Round;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out what lies in the folder of orders, oldest first. One instance for each gateway; not thread-safe. */
public final class OrderRound implements Round, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OrderRound.class);
    private static final int BATCH = 16;

    private final OrderFolder folder;
    private final OrderDesk desk;
    private OrderFolder.@Nullable Held held;

    public OrderRound(OrderFolder folder, OrderDesk desk) {
        this.folder = folder;
        this.desk = desk;
    }

    /** @throws org.embassage.exchange.fault.Broken our side failed; the orders wait */
    @Override
    public boolean run() {
        if (held == null) {
            held = folder.hold().orElse(null);
            if (held == null) {
                return false; // a command carries an order out just now
            }
        }
        List<Path> waiting = folder.waiting(BATCH);
        for (Path file : waiting) {
            Optional<OrderSlip> slip = folder.take(file);
            if (slip.isEmpty()) {
                LOG.warn("event=OrderSetAside fault={}", FaultCode.ORDER_UNREADABLE.code());
            } else {
                folder.answer(desk.carryOut(slip.get()));
            }
        }
        return waiting.size() == BATCH;
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
    }
}
