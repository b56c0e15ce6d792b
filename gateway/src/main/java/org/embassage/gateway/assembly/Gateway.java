package org.embassage.gateway.assembly;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.keep.KeepLedger;
import org.embassage.exchange.keep.VoidSequences;
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
    private final KeepLedger ledger;
    private final Supplier<List<String>> heldElsewhere;
    private final OrderRound orders;
    private final Runnable timeKeeping;
    private final Collection<Feed> feeds;
    private final VoidSequences sequences;
    private final Optional<ObserveServer> observe;

    Gateway(
            SqlStore store,
            Edge edge,
            EdgeWork work,
            KeepLedger ledger,
            Supplier<List<String>> heldElsewhere,
            OrderRound orders,
            Runnable timeKeeping,
            Collection<Feed> feeds,
            VoidSequences sequences,
            Optional<ObserveServer> observe) {
        this.store = store;
        this.edge = edge;
        this.work = work;
        this.ledger = ledger;
        this.heldElsewhere = heldElsewhere;
        this.orders = orders;
        this.timeKeeping = timeKeeping;
        this.feeds = List.copyOf(feeds);
        this.sequences = sequences;
        this.observe = observe;
    }

    /**
     * Begins or checks the ledger, then opens the doors.
     *
     * @throws org.embassage.exchange.fault.Broken LEDGER_DAMAGED, LEDGER_ROLLED_BACK, STORE_UNAVAILABLE, KEY_UNAVAILABLE
     * @throws IllegalStateException if a port is taken or a folder cannot be used
     */
    public void start() {
        ledger.start(feeds, heldElsewhere.get());
        timeKeeping.run();
        sequences.start();
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
