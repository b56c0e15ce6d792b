package org.embassage.scenarios.federation;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.DropId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.keep.ChallengePeers;
import org.embassage.exchange.keep.CloseOverdue;
import org.embassage.exchange.keep.EndEpochs;
import org.embassage.exchange.keep.EraseContent;
import org.embassage.exchange.keep.KeepLedger;
import org.embassage.exchange.keep.TellSuspensions;
import org.embassage.exchange.keep.WatchPromises;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.ledger.VoidSequences;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.AcceptBundle;
import org.embassage.exchange.receive.HandOver;
import org.embassage.exchange.receive.QuarantineDecisions;
import org.embassage.exchange.receive.TakePouch;
import org.embassage.exchange.send.DispatchOutbox;
import org.embassage.exchange.send.ExchangeOrders;
import org.embassage.exchange.send.Links;
import org.embassage.exchange.send.PackPouch;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.exchange.send.SubmitRecords;
import org.embassage.exchange.send.TakeDrop;
import org.embassage.exchange.trust.Trust;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.gateway.pouch.PouchFolder;
import org.embassage.sealing.CmsOpener;
import org.embassage.sealing.CmsSealer;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;

/** One gateway: all its use cases over a real store and real keys; what it sends lies in {@link #post} until delivered. */
final class Gateway implements AutoCloseable {

    final GatewayId id;
    final Path home;
    final Desk desk;
    final CardDirectory cards;
    final PeerDirectory peers;
    final Pkcs12KeySource keys;
    final SqlStore store;
    final Register register;
    final Ledgerbook ledgerbook;
    final CrashingJournal journal;
    final Sealer sealer;
    final Opener opener;
    final AgreementBook book;
    final AcceptBundle reception;
    final HandOver handOver;
    final KeepLedger ledger;
    final Witnessing witnessing;
    final ChallengePeers challenges;
    final TakeDrop intake;
    final SubmitRecords submit;
    final CloseOverdue closeOverdue;
    final WatchPromises promises;
    final OrderDesk orders;
    final TellSuspensions suspensions;
    final EraseContent erase;
    final EndEpochs epochs;
    final List<Letter> post = new ArrayList<>();
    final Uuids ids;
    private final Map<GatewayId, List<DispatchOutbox>> dispatch = new HashMap<>();
    /** Who cannot be reached by whatever transport. */
    final Set<GatewayId> deadPeers = new HashSet<>();

    /** Whether opening a message fails as it never should. */
    boolean poisonOpener;

    private final Set<Transport> closed = EnumSet.noneOf(Transport.class);

    /** A bundle on its way. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Letter(GatewayId from, GatewayId to, Transport via, byte[] bundle) {}

    Gateway(Path home, CardDirectory cards, Trust trust, AgreementBook book, Feed feed, Desk desk, Clock clock) {
        SecureRandom random = new SecureRandom();
        this.id = cards.self().id();
        this.home = home;
        this.desk = desk;
        this.cards = cards;
        this.book = book;
        this.keys = new Pkcs12KeySource(home.resolve("gateway.p12"), home.resolve("password"));
        this.store = SqlStore.open(StoreSettings.sqlite(home.resolve("embassage.db")), keys);
        this.register = store.register();
        this.ledgerbook = store.ledgerbook();
        this.peers = new CurrentLedgers(cards, ledgerbook);
        this.journal = new CrashingJournal(store.journal());
        this.ids = new Uuids(clock, random);
        this.sealer = new CmsSealer(keys, clock, random);
        Opener real = new CmsOpener(
                keys, trust::everywhere, CmsOpener.Revocation.REQUIRED, clock, random, CmsOpener.DEFAULT_MAX_OCTETS);
        this.opener = message -> {
            if (poisonOpener) {
                throw new IllegalStateException("SYNTHETIC");
            }
            return real.open(message);
        };
        LedgerHeads heads = new LedgerHeads(ledgerbook);
        Statements statements = new Statements(id, new KeySourceEvidenceSigner(keys, clock), heads, ids);
        Map<FeedId, Feed> feeds = Map.of(feed.id(), feed);
        this.witnessing = LedgerWiring.witnessing(
                home.resolve("ledger"), peers, keys, store, heads, statements, ids, clock, random);
        this.ledger = new KeepLedger(witnessing, peers, book, journal, register, ledgerbook, ids, clock);
        this.challenges = new ChallengePeers(peers, witnessing, journal, Duration.ofMinutes(15), clock);
        ledger.start(List.of(feed), List.of());
        new VoidSequences(peers, journal, register, ids, clock, witnessing.gate()::recovering).start();
        this.intake = new TakeDrop(feeds, journal, register, statements, desk, clock);
        this.submit = new SubmitRecords(
                feeds,
                peers,
                trust,
                new AgreementPolicy(book),
                new MessageComposer(id, random),
                keys,
                journal,
                register,
                sealer,
                statements,
                desk,
                ids,
                clock);
        this.reception = new AcceptBundle(
                peers, trust, opener, book, journal, register, statements, ledgerbook, witnessing, desk, ids, clock);
        this.handOver = new HandOver(journal, register, book, Documents.asTheyCame(desk), desk, statements, ids, clock);
        QuarantineDecisions decisions =
                new QuarantineDecisions(register, peers, book, statements, Documents.asTheyCame(desk), ids);
        this.epochs = new EndEpochs(
                keys,
                store.epochs(),
                store.erasurebook(),
                journal,
                ids,
                new EndEpochs.Pace(Duration.ofDays(30), Duration.ZERO, Duration.ZERO),
                clock);
        this.erase = new EraseContent(
                journal, register, store.erasurebook(), statements, ids, epochs::now, Duration.ofDays(1), clock);
        Links links = new Links(RetryPlan.standard(), Duration.ofMinutes(1), register.links());
        ExchangeOrders exchanges = new ExchangeOrders(register, statements, book, ids, links);
        this.orders = new OrderDesk(journal, register, statements, clock)
                .with(org.embassage.exchange.order.Order.EraseOrder.class, erase::order)
                .with(
                        Order.PackPouch.class,
                        new PackPouch(
                                peers,
                                journal,
                                register,
                                book,
                                statements,
                                witnessing.gate(),
                                keys,
                                PouchFolder.in(home),
                                Optional::empty,
                                ids,
                                clock)::pack)
                .with(
                        Order.TakePouch.class,
                        new TakePouch(peers, trust, register, reception, PouchFolder.in(home), Optional::empty, ids)
                                ::take)
                .with(Order.RetryExchange.class, exchanges::retry)
                .with(Order.CancelExchange.class, exchanges::cancel)
                .with(Order.RejectQuarantined.class, decisions::reject)
                .with(Order.ReprocessQuarantined.class, decisions::reprocess)
                .with(Order.ReleaseQuarantined.class, submit.releaseDesk(witnessing.gate()::recovering)::release);
        this.suspensions = new TellSuspensions(peers, book, journal, register, statements, ids, clock);
        this.promises = new WatchPromises(peers, book, journal, register, clock);
        this.closeOverdue = new CloseOverdue(journal, register, book, statements, ids, clock);
        peers.all().forEach(peer -> {
            List<DispatchOutbox> both = new ArrayList<>();
            for (Transport transport : List.of(Transport.JMS, Transport.SFTP)) {
                both.add(new DispatchOutbox(
                        peer.id(),
                        box(transport),
                        journal,
                        register,
                        book,
                        statements,
                        witnessing.gate(),
                        links,
                        ids,
                        clock));
            }
            dispatch.put(peer.id(), both);
        });
    }

    private Carrier box(Transport transport) {
        return new Carrier() {
            @Override
            public Transport transport() {
                return transport;
            }

            @Override
            public void carry(GatewayId peer, byte[] bundle) {
                if (closed.contains(transport) || deadPeers.contains(peer)) {
                    throw new Broken(FaultCode.PEER_UNREACHABLE);
                }
                post.add(new Letter(id, peer, transport, bundle));
            }
        };
    }

    void closePost(Transport transport, boolean close) {
        if (close) {
            closed.add(transport);
        } else {
            closed.remove(transport);
        }
    }

    void closePost(boolean close) {
        for (Transport transport : List.of(Transport.JMS, Transport.SFTP)) {
            closePost(transport, close);
        }
    }

    DropId drop(List<String> documents) {
        return drop(Documents.drop(documents));
    }

    /** Takes a drop and works until nothing is left to submit. */
    DropId drop(byte[] content) {
        DropId drop = ids.nextDropId();
        intake.take(Documents.FEED, drop, content);
        drain();
        return drop;
    }

    void drain() {
        while (submit.run()) {
            // until every open drop is closed
        }
    }

    void dispatch() {
        dispatch.values()
                .forEach(both -> both.forEach(each -> {
                    while (each.run()) {
                        // until nothing is due
                    }
                }));
    }

    /** One bundle at most for each peer and transport. */
    void dispatchOnce() {
        dispatch.values().forEach(both -> both.forEach(DispatchOutbox::run));
    }

    void accept(Letter letter) {
        reception.accept(new Arrival(letter.from(), letter.via(), letter.bundle()));
    }

    /** Everything that the timers would do, once. */
    void work() {
        if (!witnessing.gate().recovering()) {
            drain();
        }
        while (handOver.run()) {
            // until nothing waits
        }
        suspensions.run();
        ledger.run();
        dispatch();
    }

    @Override
    public void close() {
        store.close();
    }
}
