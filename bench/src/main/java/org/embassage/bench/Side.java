package org.embassage.bench;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.keep.KeepLedger;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.AcceptBundle;
import org.embassage.exchange.receive.HandOver;
import org.embassage.exchange.send.DispatchOutbox;
import org.embassage.exchange.send.Links;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.exchange.send.SubmitRecords;
import org.embassage.exchange.send.TakeDrop;
import org.embassage.gateway.assembly.Domestic;
import org.embassage.gateway.assembly.DomesticReader;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.routes.folder.DropFolders;
import org.embassage.routes.folder.DropWatch;
import org.embassage.routes.folder.HandoverFolder;
import org.embassage.sealing.CmsOpener;
import org.embassage.sealing.CmsSealer;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.store.SqlStore;

/**
 * One gateway without transports, timers and threads: the parts of the gateway's own assembly, over its real store and
 * folders, called by whoever measures. What it sends lies in {@link #post} until it is delivered.
 */
final class Side implements AutoCloseable {

    final Round watch;
    final Round submit;
    final Round handOver;
    final Round ledger;
    final List<Round> dispatch = new ArrayList<>();
    final Register register;
    final List<Arrival> post = new ArrayList<>();
    private final AcceptBundle reception;
    private final SqlStore store;

    /** @param home of a gateway that does not run */
    static Side open(Path home, Clock clock, SecureRandom random) {
        Configuration configuration = ConfigurationReader.read(home).fold(read -> read, Side::unusable);
        Federation federation =
                FederationReader.read(configuration, clock.instant()).fold(read -> read, Side::unusable);
        Domestic domestic = DomesticReader.read(configuration).fold(read -> read, Side::unusable);
        return new Side(configuration, federation, domestic, clock, random);
    }

    private static <T> T unusable(List<?> problems) {
        throw new Unmeasurable("the home cannot be used: " + problems);
    }

    private Side(
            Configuration configuration, Federation federation, Domestic domestic, Clock clock, SecureRandom random) {
        GatewayId id = configuration.gateway();
        KeySource keys = Parts.keys(configuration, clock);
        AgreementBook book = federation.agreements();
        this.store = Parts.store(configuration, keys);
        this.register = store.register();
        Journal journal = store.journal();
        Ledgerbook ledgerbook = store.ledgerbook();
        Uuids ids = new Uuids(clock, random);
        LedgerHeads heads = new LedgerHeads(ledgerbook);
        Statements statements = new Statements(id, new KeySourceEvidenceSigner(keys, clock), heads, ids);
        DropFolders desk = new DropFolders(configuration.folders().drop());
        Witnessing witnessing = LedgerWiring.witnessing(
                configuration.folders().ledger(),
                federation.peers(),
                keys,
                store,
                heads,
                statements,
                ids,
                clock,
                random);
        KeepLedger keepLedger =
                new KeepLedger(witnessing, federation.peers(), book, journal, register, ledgerbook, ids, clock);
        keepLedger.start(domestic.feeds().values(), List.of());
        this.ledger = keepLedger;
        Feed feed = domestic.feeds().values().iterator().next();
        this.watch = new DropWatch(
                configuration.folders().drop(),
                feed.id(),
                feed.maxDropBytes(),
                feed.readiness(),
                Duration.ZERO,
                new TakeDrop(domestic.feeds(), journal, register, statements, desk, clock),
                ids,
                clock);
        this.submit = new SubmitRecords(
                domestic.feeds(),
                federation.peers(),
                federation.trust(),
                new AgreementPolicy(book),
                new MessageComposer(id, random),
                keys,
                journal,
                register,
                new CmsSealer(keys, clock, random),
                statements,
                desk,
                ids,
                clock);
        this.reception = new AcceptBundle(
                federation.peers(),
                federation.trust(),
                new CmsOpener(
                        keys,
                        () -> federation.trust().everywhere(),
                        CmsOpener.Revocation.IF_KNOWN,
                        clock,
                        random,
                        CmsOpener.DEFAULT_MAX_OCTETS),
                book,
                journal,
                register,
                statements,
                ledgerbook,
                witnessing,
                desk,
                ids,
                clock);
        this.handOver = new HandOver(
                journal,
                register,
                book,
                domestic.format(),
                new HandoverFolder(configuration.handover().folder(), configuration.handoverMark()),
                statements,
                ids,
                clock);
        Links links = new Links(RetryPlan.standard(), Duration.ofMinutes(1), register.links());
        for (Peer peer : federation.peers().all()) {
            for (Transport transport : List.of(Transport.JMS, Transport.SFTP)) {
                dispatch.add(new DispatchOutbox(
                        peer.id(),
                        intoPost(id, transport),
                        journal,
                        register,
                        book,
                        statements,
                        witnessing.gate(),
                        links,
                        ids,
                        clock));
            }
        }
    }

    private Carrier intoPost(GatewayId from, Transport transport) {
        return new Carrier() {
            @Override
            public Transport transport() {
                return transport;
            }

            @Override
            public void carry(GatewayId peer, byte[] bundle) {
                post.add(new Arrival(from, transport, bundle));
            }
        };
    }

    /** Takes what the other side sent. */
    void accept(Side from) {
        List<Arrival> arrived = List.copyOf(from.post);
        from.post.clear();
        arrived.forEach(reception::accept);
    }

    /** Runs each round until it has nothing more to do. */
    static void exhaust(Round round) {
        boolean more = true;
        while (more) {
            more = round.run();
        }
    }

    Optional<String> trouble() {
        return register.quarantine(1).stream()
                .map(item -> item.fault().code().code())
                .findFirst();
    }

    @Override
    public void close() {
        store.close();
    }
}
