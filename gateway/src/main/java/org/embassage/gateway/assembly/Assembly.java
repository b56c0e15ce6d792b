package org.embassage.gateway.assembly;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.document.MessageComposer;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.keep.ChallengePeers;
import org.embassage.exchange.keep.CloseOverdue;
import org.embassage.exchange.keep.KeepLedger;
import org.embassage.exchange.keep.TellSuspensions;
import org.embassage.exchange.keep.WatchPromises;
import org.embassage.exchange.keep.WatchSequences;
import org.embassage.exchange.ledger.CurrentLedgers;
import org.embassage.exchange.ledger.LedgerState;
import org.embassage.exchange.ledger.Standstill;
import org.embassage.exchange.ledger.VoidSequences;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.CardDirectory;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.AcceptBundle;
import org.embassage.exchange.receive.HandOver;
import org.embassage.exchange.send.DispatchOutbox;
import org.embassage.exchange.send.GatedIntake;
import org.embassage.exchange.send.Links;
import org.embassage.exchange.send.RetryPlan;
import org.embassage.exchange.send.SubmitRecords;
import org.embassage.exchange.send.TakeDrop;
import org.embassage.gateway.assembly.DiskFloors.Volume;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.ledger.LedgerFiles;
import org.embassage.gateway.observe.DomesticMetrics;
import org.embassage.gateway.observe.ErasureMetrics;
import org.embassage.gateway.observe.GatewayMetrics;
import org.embassage.gateway.observe.Health;
import org.embassage.gateway.observe.LedgerMetrics;
import org.embassage.gateway.observe.MeteredRound;
import org.embassage.gateway.observe.ObserveServer;
import org.embassage.gateway.observe.SequenceMetrics;
import org.embassage.gateway.observe.TimeStampMetrics;
import org.embassage.gateway.orders.OrderFolder;
import org.embassage.gateway.orders.OrderRound;
import org.embassage.gateway.pouch.PouchFolder;
import org.embassage.gateway.witness.SubmitToWitnesses;
import org.embassage.routes.Edge;
import org.embassage.routes.EdgeWork;
import org.embassage.routes.EdgeWork.NamedRound;
import org.embassage.routes.folder.HandoverFolder;
import org.embassage.sealing.CmsSealer;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.store.SqlStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds a gateway's objects by hand: read it from top to bottom to know what a gateway is made of. */
public final class Assembly {

    private static final Logger LOG = LoggerFactory.getLogger(Assembly.class);
    private static final Duration ORDERS_EVERY = Duration.ofMillis(500);
    private static final Duration OVERDUE_EVERY = Duration.ofSeconds(10);

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration CHALLENGES_LOOKED_AT = Duration.ofSeconds(1);

    private Assembly() {}

    /**
     * Assembles; listens to nothing but, where configured, the observe port.
     *
     * @throws Broken KEY_UNAVAILABLE, DEVELOPMENT_KEYS_REFUSED, STORE_UNAVAILABLE, STORE_IN_USE, STORE_VERSION,
     *     CONFIGURATION_INVALID if the own peer card does not fit the own keys
     * @throws IllegalStateException if the observe port is taken
     */
    public static Gateway assemble(
            Configuration configuration, Federation federation, Domestic domestic, Clock clock, SecureRandom random) {
        return assemble(configuration, federation, domestic, clock, random, () -> {});
    }

    /** @param reconciled is called when the ledger began a new epoch: the gateway is to be closed and assembled anew */
    public static Gateway assemble(
            Configuration configuration,
            Federation federation,
            Domestic domestic,
            Clock clock,
            SecureRandom random,
            Runnable reconciled) {
        return assemble(configuration, federation, domestic, clock, random, Wrapping.NOTHING, reconciled);
    }

    /** The same with ports that were wrapped. */
    static Gateway assemble(
            Configuration configuration,
            Federation federation,
            Domestic domestic,
            Clock clock,
            SecureRandom random,
            Wrapping wrapping) {
        return assemble(configuration, federation, domestic, clock, random, wrapping, () -> {});
    }

    private static Gateway assemble(
            Configuration configuration,
            Federation federation,
            Domestic domestic,
            Clock clock,
            SecureRandom random,
            Wrapping wrapping,
            Runnable reconciled) {
        EpochKeeper keys = Parts.keys(configuration, clock);
        CardDirectory cards = federation.peers();
        AgreementBook book = federation.agreements();
        OwnCard.mustFit(cards.self(), keys);
        SqlStore store = Parts.store(configuration, keys);
        Journal journal = wrapping.journal(store.journal());
        Register register = wrapping.register(store.register());
        Ledgerbook ledgerbook = store.ledgerbook();
        PeerDirectory peers = new CurrentLedgers(cards, ledgerbook);
        Edge edge =
                Edge.prepare(EdgeChoice.settings(configuration, domestic.feeds().values()), peers, keys, clock, random);
        DropDesk desk = wrapping.desk(edge.dropDesk());

        Uuids ids = new Uuids(clock, random);
        LedgerHeads heads = new LedgerHeads(ledgerbook);
        Statements statements =
                new Statements(configuration.gateway(), new KeySourceEvidenceSigner(keys, clock), heads, ids);
        Path ledgerFolder = LedgerFiles.folder(configuration.folders().ledger(), ledgerbook);
        Witnessing witnessing = LedgerWiring.witnessing(
                configuration.folders().ledger(), peers, keys, store, heads, statements, ids, clock, random);
        Standstill standstill = witnessing.standstill();
        PutBack.told(configuration.home(), journal, store.restorebook());
        if (store.restorebook().copied().isPresent()) {
            return StandingStill.assemble(
                    configuration, store, edge, peers, witnessing, statements, ids, reconciled, clock);
        }
        KeepLedger ledger = new KeepLedger(witnessing, peers, book, journal, register, ledgerbook, ids, clock);
        TimeKeeping time = new TimeKeeping(configuration, store, ids, clock, random);

        TakeDrop intake = new TakeDrop(domestic.feeds(), journal, register, statements, desk, clock);
        SubmitRecords submit = new SubmitRecords(
                domestic.feeds(),
                peers,
                federation.trust(),
                new AgreementPolicy(book),
                new MessageComposer(configuration.gateway(), random),
                keys,
                journal,
                register,
                wrapping.sealer(new CmsSealer(keys, clock, random)),
                statements,
                desk,
                ids,
                clock);
        AcceptBundle reception = new AcceptBundle(
                peers,
                federation.trust(),
                wrapping.opener(Parts.opener(configuration, federation, keys, clock, random)),
                book,
                journal,
                register,
                statements,
                ledgerbook,
                witnessing,
                desk,
                ids,
                clock);
        ReloadedFormat format = new ReloadedFormat(configuration.handover().format(), domestic.format());
        HandOver handOver = new HandOver(
                journal, register, book, format, wrapping.domestic(edge.domesticSystem()), statements, ids, clock);
        Keeping keeping = new Keeping(configuration, keys, store, statements, ids, Keeping.READING, clock);
        Links links = new Links(
                wrapping.retries(RetryPlan.standard()), configuration.timers().failover(), register.links());
        DiskFloors floors = DiskFloors.of(configuration, clock);
        Reception taking = standstill.guard(floors.guard(wrapping.reception(reception)));
        OrderRound orders = new OrderRound(
                OrderFolder.in(configuration.home()),
                OrderWiring.desk(
                        store,
                        peers,
                        book,
                        statements,
                        witnessing,
                        format.fresh(),
                        keeping.erase(),
                        submit.releaseDesk(witnessing.gate()::recovering),
                        links,
                        new Pouches(PouchFolder.in(configuration.home()), federation.trust(), keys, taking),
                        ids,
                        clock));
        TellSuspensions suspensions = new TellSuspensions(peers, book, journal, register, statements, ids, clock);
        CloseOverdue overdue = new CloseOverdue(journal, register, book, statements, ids, clock);

        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        List<NamedRound> rounds = new ArrayList<>();
        rounds.add(metered("submit", witnessing.gate().unlessRecovering(floors.guard(submit, Volume.DATA)), meters));
        rounds.add(metered("hand-over", floors.guard(handOver, Volume.DATA, Volume.HANDOVER), meters));
        rounds.add(metered("close-held", new Paced(handOver::closeExpired, OVERDUE_EVERY, clock), meters));
        rounds.add(metered(
                "close-overdue", new Paced(witnessing.gate().unlessRecovering(overdue), OVERDUE_EVERY, clock), meters));
        rounds.add(metered("tell-suspensions", new Paced(suspensions, OVERDUE_EVERY, clock), meters));
        rounds.add(metered("orders", new Paced(orders, ORDERS_EVERY, clock), meters));
        WatchPromises promises = new WatchPromises(peers, book, journal, register, clock);
        rounds.add(metered("watch-promises", new Paced(promises, OVERDUE_EVERY, clock), meters));
        WatchSequences sequences = new WatchSequences(peers, register, clock);
        rounds.add(metered("watch-sequences", new Paced(sequences, MINUTE, clock), meters));
        rounds.add(
                metered("keep-ledger", new Paced(ledger, configuration.timers().checkpoint(), clock), meters));
        ChallengePeers challenges = new ChallengePeers(
                peers,
                witnessing,
                journal,
                configuration.timers().heartbeat(),
                configuration.timers().answer(),
                clock);
        rounds.add(metered("challenge-peers", new Paced(challenges, CHALLENGES_LOOKED_AT, clock), meters));
        keeping.rounds().forEach((name, round) -> rounds.add(metered(name, round, meters)));
        time.rounds().forEach((name, round) -> rounds.add(metered(name, round, meters)));
        LedgerFiles files = new LedgerFiles(ledgerFolder, ledgerbook, peers);
        rounds.add(metered("ledger-files", new Paced(files, MINUTE, clock), meters));
        SubmitToWitnesses witnesses =
                new SubmitToWitnesses(LedgerWiring.witnesses(configuration), witnessing, journal, ledgerbook, clock);
        rounds.add(metered("submit-to-witnesses", new Paced(witnesses, MINUTE, clock), meters));
        Round comparing = reception.comparing(List.copyOf(LedgerWiring.witnesses(configuration)));
        rounds.add(metered("compare-with-witnesses", new Paced(comparing, MINUTE, clock), meters));
        // whoever has no line of its own calls nobody: all goes by pouch
        boolean lines =
                configuration.broker().isPresent() || configuration.sftp().isPresent();
        for (Carrier carrier :
                lines ? List.of(wrapping.carrier(edge.jms()), wrapping.carrier(edge.sftp())) : List.<Carrier>of()) {
            for (Peer peer : peers.all()) {
                if (reachable(peer, carrier)) {
                    DispatchOutbox dispatch = new DispatchOutbox(
                            peer.id(),
                            carrier,
                            journal,
                            register,
                            book,
                            statements,
                            witnessing.gate(),
                            links,
                            ids,
                            clock);
                    rounds.add(metered("dispatch-" + peer.id() + "-" + carrier.transport(), dispatch, meters));
                }
            }
        }
        tell(configuration, federation, domestic);
        return new Gateway(
                store,
                edge,
                new EdgeWork(
                        new GatedIntake(
                                standstill.guard(wrapping.intake(intake)),
                                List.of(standstill::cause, floors::intake, time.gate())),
                        taking,
                        rounds.stream()
                                .map(round -> new NamedRound(round.name(), standstill.guard(round.round())))
                                .toList()),
                () -> {
                    ledger.start(domestic.feeds().values(), heldElsewhere(ledgerFolder, witnesses));
                    time.begin();
                    new VoidSequences(peers, journal, register, ids, clock, witnessing.gate()::recovering).start();
                },
                orders,
                observe(configuration, edge, store, peers, keys, standstill, time, floors, sequences, clock, meters));
    }

    /** Our own notes outside the database: with neutral witnesses, and among the ledger's files. */
    private static List<String> heldElsewhere(Path ledgerFolder, SubmitToWitnesses witnesses) {
        List<String> notes = new ArrayList<>(witnesses.held());
        LedgerFiles.checkpoint(ledgerFolder).ifPresent(notes::add);
        return notes;
    }

    private static NamedRound metered(String name, Round round, PrometheusMeterRegistry meters) {
        return new NamedRound(name, new MeteredRound(name, round, meters));
    }

    private static boolean reachable(Peer peer, Carrier carrier) {
        return switch (carrier.transport()) {
            case JMS -> peer.jms().isPresent();
            case SFTP -> peer.sftp().isPresent();
            case POUCH -> false;
        };
    }

    private static Optional<ObserveServer> observe(
            Configuration configuration,
            Edge edge,
            SqlStore store,
            PeerDirectory peers,
            KeySource keys,
            Standstill standstill,
            TimeKeeping time,
            DiskFloors floors,
            WatchSequences sequences,
            Clock clock,
            PrometheusMeterRegistry meters) {
        return configuration.observePort().map(port -> {
            GatewayMetrics metrics = new GatewayMetrics(
                    store.register(), store.ledgerbook(), peers, keys, configuration.home(), clock, meters);
            SequenceMetrics gaps = new SequenceMetrics(peers, sequences::missing, meters);
            ErasureMetrics erasures = new ErasureMetrics(store.erasurebook(), meters);
            TimeStampMetrics stamps = new TimeStampMetrics(time::state, meters);
            Supplier<LedgerState> ledger = () -> LedgerState.read(
                    store.ledgerbook(),
                    store.register(),
                    peers,
                    configuration.witnesses().stream()
                            .map(Configuration.Witness::name)
                            .toList());
            LedgerMetrics witnessing = new LedgerMetrics(ledger, meters);
            HandoverFolder handover =
                    new HandoverFolder(configuration.handover().folder(), configuration.handoverMark());
            DomesticMetrics domestic = new DomesticMetrics(store.register(), handover::usable, meters);
            Health health = new Health()
                    .with("edge", edge::running)
                    .with("store", () -> store.ledgerbook().size() >= 0)
                    .with("keys", () -> !keys.current(KeyUse.SEAL).chain().isEmpty())
                    .with("ledger", () -> standstill.cause().isEmpty())
                    .judged("witnesses", () -> ledger.get().needsAPerson() ? Health.State.DEGRADED : Health.State.OK)
                    .judged("time-stamping", time::health)
                    .judged("hand-over", () -> handover.usable() ? Health.State.OK : Health.State.DEGRADED)
                    .with("disk", () -> floors.low().isEmpty());
            return ObserveServer.start(port, health, meters, () -> {
                metrics.refresh();
                stamps.refresh();
                erasures.refresh();
                witnessing.refresh();
                domestic.refresh();
                gaps.refresh();
            });
        });
    }

    private static void tell(Configuration configuration, Federation federation, Domestic domestic) {
        LOG.info(
                "gateway={} profile={} store={} keys={} broker={} sftp={} feeds={} peers={} agreements={}",
                configuration.gateway(),
                configuration.profile(),
                configuration.store().getClass().getSimpleName(),
                configuration.keys().getClass().getSimpleName(),
                configuration
                        .broker()
                        .map(choice -> choice.getClass().getSimpleName())
                        .orElse("none"),
                configuration
                        .sftp()
                        .map(choice -> choice.getClass().getSimpleName())
                        .orElse("none"),
                domestic.feeds().keySet(),
                federation.peers().all().stream().map(Peer::id).toList(),
                federation.agreements().all());
        federation.warnings().forEach(warning -> LOG.warn("left out: {}", warning));
        if (configuration.profile() == Profile.DEVELOPMENT) {
            LOG.warn("profile development: development keys are taken; never use it for real records");
        }
    }
}
