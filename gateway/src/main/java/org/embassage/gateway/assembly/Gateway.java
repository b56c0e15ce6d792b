package org.embassage.gateway.assembly;

import java.util.Optional;
import org.embassage.gateway.observe.ObserveServer;
import org.embassage.gateway.orders.OrderRound;
import org.embassage.routes.Edge;
import org.embassage.routes.EdgeWork;
import org.embassage.store.SqlStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway, assembled. Start it once; close it once. */
public final class Gateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

    private final SqlStore store;
    private final Edge edge;
    private final EdgeWork work;
    private final Runnable before;
    private final OrderRound orders;
    private final Optional<ObserveServer> observe;
    private final boolean standing;

    /** @param before is run before the doors open */
    Gateway(
            SqlStore store,
            Edge edge,
            EdgeWork work,
            Runnable before,
            OrderRound orders,
            Optional<ObserveServer> observe) {
        this(store, edge, work, before, orders, observe, false);
    }

    Gateway(
            SqlStore store,
            Edge edge,
            EdgeWork work,
            Runnable before,
            OrderRound orders,
            Optional<ObserveServer> observe,
            boolean standing) {
        this.store = store;
        this.edge = edge;
        this.work = work;
        this.before = before;
        this.orders = orders;
        this.observe = observe;
        this.standing = standing;
    }

    /** Whether it was put back from a backup, and neither sends nor receives until its ledger is reconciled. */
    public boolean isStandingStill() {
        return standing;
    }

    /**
     * Begins or checks the ledger, then opens the doors.
     *
     * @throws org.embassage.exchange.fault.Broken LEDGER_DAMAGED, LEDGER_ROLLED_BACK, STORE_UNAVAILABLE, KEY_UNAVAILABLE
     * @throws IllegalStateException if a port is taken or a folder cannot be used
     */
    public void start() {
        before.run();
        edge.start(work);
        LOG.info("started");
    }

    /** Lets work in progress end, then closes doors, store and observation, in this order. */
    @Override
    public void close() {
        LOG.info("stopping");
        edge.close();
        orders.close();
        store.close();
        observe.ifPresent(ObserveServer::close);
        LOG.info("stopped");
    }
}
