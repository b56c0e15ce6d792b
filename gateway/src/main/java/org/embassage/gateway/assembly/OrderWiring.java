package org.embassage.gateway.assembly;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.keep.EraseContent;
import org.embassage.exchange.keep.ReconcileLedger;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.ledger.Traffic;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.AcceptBundle;
import org.embassage.exchange.receive.QuarantineDecisions;
import org.embassage.exchange.send.ExchangeOrders;
import org.embassage.exchange.send.Links;
import org.embassage.exchange.send.ReleaseRecords;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.exchange.send.SubmitRecords;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.pouch.PouchFolder;
import org.embassage.routes.Edge;
import org.embassage.routes.folder.DropFolders;
import org.embassage.sealing.CmsSealer;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.store.SqlStore;

/** Builds the desk of orders: in a running gateway, or for one order while no gateway runs. */
public final class OrderWiring {

    private OrderWiring() {}

    /** @param format as new as it can be had */
    static OrderDesk desk(
            SqlStore store,
            PeerDirectory peers,
            AgreementBook book,
            Statements statements,
            Witnessing witnessing,
            HandOverFormat format,
            EraseContent erase,
            ReleaseRecords release,
            Links links,
            Pouches pouches,
            Uuids ids,
            Clock clock) {
        Traffic traffic = witnessing.traffic();
        QuarantineDecisions quarantine =
                new QuarantineDecisions(store.register(), peers, book, statements, format, ids);
        ExchangeOrders exchanges = new ExchangeOrders(store.register(), statements, book, ids, links);
        return new OrderDesk(store.journal(), store.register(), statements, clock)
                .with(Order.RetryExchange.class, exchanges::retry)
                .with(Order.CancelExchange.class, exchanges::cancel)
                .with(Order.PackPouch.class, pouches.pack(store, peers, book, statements, witnessing, ids, clock)::pack)
                .with(Order.TakePouch.class, pouches.take(store, peers, witnessing, ids)::take)
                .with(Order.EraseOrder.class, erase::order)
                .with(Order.NoteBackup.class, OrderWiring::noted)
                .with(Order.ReconcileLedger.class, reconcile(store, peers, witnessing, ids)::order)
                .with(Order.RejectQuarantined.class, quarantine::reject)
                .with(Order.ReprocessQuarantined.class, quarantine::reprocess)
                .with(Order.ReleaseQuarantined.class, release::release)
                .with(
                        Order.SuspendPeer.class,
                        (order, officer, now) -> course(() -> traffic.stop(
                                order.peer(),
                                officer.act(order.act(), Optional.empty()),
                                Reason.of(order.reason().name()))))
                .with(
                        Order.ResumePeer.class,
                        (order, officer, now) -> course(() -> traffic.resume(
                                order.peer(),
                                officer.act(order.act(), Optional.empty()),
                                Optional.of(Reason.of(order.reason().name())))));
    }

    static ReconcileLedger reconcile(SqlStore store, PeerDirectory peers, Witnessing witnessing, Uuids ids) {
        return new ReconcileLedger(
                witnessing.signer(), witnessing.tree(), peers, store.register(), store.ledgerbook(), ids);
    }

    /** As a running gateway would; used for the release desk alone. */
    private static SubmitRecords release(
            Configuration configuration,
            Federation federation,
            Domestic domestic,
            SqlStore store,
            EpochKeeper keys,
            Statements statements,
            Uuids ids,
            Clock clock,
            SecureRandom random) {
        return new SubmitRecords(
                domestic.feeds(),
                new CurrentLedgers(federation.peers(), store.ledgerbook()),
                federation.trust(),
                new AgreementPolicy(federation.agreements()),
                new MessageComposer(configuration.gateway(), random),
                keys,
                store.journal(),
                store.register(),
                new CmsSealer(keys, clock, random),
                statements,
                new DropFolders(configuration.folders().drop()),
                ids,
                clock);
    }

    private static Course noted(Order.NoteBackup order, Officer officer, Instant now) {
        return new Course.Carried(
                List.of(), none -> List.of(new Fact.BackupTaken(order.id(), now, order.name(), order.keys())));
    }

    /** Traffic that is as ordered already is as ordered: so an order that a crash interrupted ends well. */
    private static Course course(Supplier<Traffic.Outcome> change) {
        return change.get() == Traffic.Outcome.UNKNOWN_PEER
                ? Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN)
                : new Course.Carried(List.of(), none -> List.of());
    }

    /**
     * Carries one order out on a store that no gateway has open.
     *
     * @return nothing if no gateway ever ran on it
     * @throws org.embassage.exchange.fault.Broken STORE_IN_USE, STORE_VERSION, STORE_UNAVAILABLE, KEY_UNAVAILABLE
     */
    public static Optional<OrderAnswer> carryOut(
            Configuration configuration,
            Federation federation,
            Domestic domestic,
            OrderSlip slip,
            Clock clock,
            SecureRandom random) {
        EpochKeeper keys = Parts.keys(configuration, clock);
        try (SqlStore store = Parts.store(configuration, keys)) {
            PeerDirectory peers = new CurrentLedgers(federation.peers(), store.ledgerbook());
            Uuids ids = new Uuids(clock, random);
            LedgerHeads heads = new LedgerHeads(store.ledgerbook());
            if (heads.own().isEmpty()) {
                return Optional.empty();
            }
            Statements statements =
                    new Statements(configuration.gateway(), new KeySourceEvidenceSigner(keys, clock), heads, ids);
            Witnessing witnessing = LedgerWiring.witnessing(
                    configuration.folders().ledger(), peers, keys, store, heads, statements, ids, clock, random);
            Keeping keeping = new Keeping(configuration, keys, store, statements, ids, Duration.ZERO, clock);
            Edge edge = Edge.prepare(
                    EdgeChoice.settings(configuration, domestic.feeds().values()), peers, keys, clock, random);
            AcceptBundle reception = new AcceptBundle(
                    peers,
                    federation.trust(),
                    Parts.opener(configuration, federation, keys, clock, random),
                    federation.agreements(),
                    store.journal(),
                    store.register(),
                    statements,
                    store.ledgerbook(),
                    witnessing,
                    edge.dropDesk(),
                    ids,
                    clock);
            DiskFloors floors = DiskFloors.of(configuration, clock);
            OrderAnswer answer = desk(
                            store,
                            peers,
                            federation.agreements(),
                            statements,
                            witnessing,
                            domestic.format(),
                            keeping.erase(),
                            release(configuration, federation, domestic, store, keys, statements, ids, clock, random)
                                    .releaseDesk(witnessing.gate()::recovering),
                            new Links(RetryPlan.standard(), Duration.ZERO, List.of()),
                            new Pouches(
                                    PouchFolder.in(configuration.home()),
                                    federation.trust(),
                                    keys,
                                    witnessing.standstill().guard(floors.guard(arrival -> {
                                        witnessing.tree().grow(); // no gateway runs that would
                                        reception.accept(arrival);
                                    }))),
                            ids,
                            clock)
                    .carryOut(slip);
            keeping.endEpochsIfAsked();
            return Optional.of(answer);
        }
    }
}
