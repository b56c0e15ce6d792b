package org.embassage.scenarios.federation;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.keep.AskWhatPeersHold;
import org.embassage.exchange.keep.ReconcileLedger;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;

/** A gateway that was put back from a backup, before its ledger has begun a new epoch. */
final class Standing implements AutoCloseable {

    final GatewayId id;
    final SqlStore store;
    final AskWhatPeersHold asking;
    final List<Gateway.Letter> post = new ArrayList<>();
    private final OrderDesk orders;
    private final Uuids ids;

    Standing(Path home, CardDirectory cards, Clock clock) {
        SecureRandom random = new SecureRandom();
        this.id = cards.self().id();
        Pkcs12KeySource keys = new Pkcs12KeySource(home.resolve("gateway.p12"), home.resolve("password"));
        this.store = SqlStore.open(StoreSettings.sqlite(home.resolve("embassage.db")), keys);
        PeerDirectory peers = new CurrentLedgers(cards, store.ledgerbook());
        this.ids = new Uuids(clock, random);
        LedgerHeads heads = new LedgerHeads(store.ledgerbook());
        Statements statements = new Statements(id, new KeySourceEvidenceSigner(keys, clock), heads, ids);
        Witnessing witnessing = LedgerWiring.witnessing(
                home.resolve("ledger"), peers, keys, store, heads, statements, ids, clock, random);
        this.asking =
                new AskWhatPeersHold(peers, witnessing, store.journal(), store.restorebook(), List.of(box()), clock);
        this.orders = new OrderDesk(store.journal(), store.register(), statements, clock)
                .with(
                        Order.ReconcileLedger.class,
                        new ReconcileLedger(
                                witnessing.signer(),
                                witnessing.tree(),
                                peers,
                                store.register(),
                                store.ledgerbook(),
                                ids)::order);
    }

    private Carrier box() {
        return new Carrier() {
            @Override
            public Transport transport() {
                return Transport.JMS;
            }

            @Override
            public void carry(GatewayId peer, byte[] bundle) {
                post.add(new Gateway.Letter(id, peer, Transport.JMS, bundle));
            }
        };
    }

    OrderAnswer reconcile(GatewayId... without) {
        return orders.carryOut(new OrderSlip(
                ids.nextEvidenceId(),
                new Officer(OfficerRole.SECURITY, "p-00112233445566ff"),
                new Order.ReconcileLedger(List.of(without), OrderReason.RESTORED)));
    }

    @Override
    public void close() {
        store.close();
    }
}
