package org.embassage.gateway.assembly;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embassage.evidence.DropId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.keep.AskWhatPeersHold;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.orders.OrderRound;
import org.embassage.routes.Edge;
import org.embassage.routes.EdgeWork;
import org.embassage.routes.EdgeWork.NamedRound;
import org.embassage.store.SqlStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A gateway that was put back from a backup: it asks its peers what they hold and takes one order, to reconcile its ledger. */
final class StandingStill {

    private static final Logger LOG = LoggerFactory.getLogger(StandingStill.class);
    private static final Duration ASK_EVERY = Duration.ofSeconds(2);
    private static final Duration ORDERS_EVERY = Duration.ofMillis(500);

    private StandingStill() {}

    static Gateway assemble(
            Configuration configuration,
            SqlStore store,
            Edge edge,
            PeerDirectory peers,
            Witnessing witnessing,
            Statements statements,
            Uuids ids,
            Runnable reconciled,
            Clock clock) {
        witnessing.standstill().stop(FaultCode.LEDGER_RESTORED);
        AskWhatPeersHold asking = new AskWhatPeersHold(
                peers, witnessing, store.journal(), store.restorebook(), List.of(edge.jms(), edge.sftp()), clock);
        OrderRound orders = new OrderRound(
                OrderFolder.in(configuration.home()),
                new OrderDesk(store.journal(), store.register(), statements, clock)
                        .with(
                                Order.ReconcileLedger.class,
                                OrderWiring.reconcile(store, peers, witnessing, ids)::order));
        AtomicBoolean told = new AtomicBoolean();
        Round watch = () -> {
            if (store.restorebook().copied().isEmpty() && !told.getAndSet(true)) {
                reconciled.run();
            }
            return false;
        };
        return new Gateway(
                store,
                edge,
                new EdgeWork(
                        new NothingTaken(),
                        asking,
                        List.of(
                                new NamedRound("ask-what-peers-hold", new Paced(asking, ASK_EVERY, clock)),
                                new NamedRound("orders", new Paced(orders, ORDERS_EVERY, clock)),
                                new NamedRound("reconciled", new Paced(watch, ORDERS_EVERY, clock)))),
                () -> LOG.error("ALARM fault={}: everything is stopped", FaultCode.LEDGER_RESTORED.code()),
                orders,
                Optional.empty(),
                true);
    }

    /** Drops stay where they are. */
    private static final class NothingTaken implements Intake {

        @Override
        public void take(FeedId feed, DropId drop, byte[] content) {
            throw new Broken(FaultCode.LEDGER_RESTORED);
        }

        @Override
        public void refuse(FeedId feed, DropId drop, Fault fault) {
            throw new Broken(FaultCode.LEDGER_RESTORED);
        }
    }
}
