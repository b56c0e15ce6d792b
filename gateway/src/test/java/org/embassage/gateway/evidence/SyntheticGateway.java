package org.embassage.gateway.evidence;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.Agreement;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.keep.KeepLedger;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;
import org.embassage.gateway.assembly.LedgerWiring;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.store.SqlStore;

/** SYNTHETIC: the home of a gateway that accepted submissions which no peer ever saw, written through its store's own port. */
public final class SyntheticGateway implements AutoCloseable {

    public static final GatewayId SELF = new GatewayId("QVL-BG");
    public static final GatewayId POLICE = new GatewayId("QOS-POL");
    public static final GatewayId BORDER_POLICE = new GatewayId("QOS-BP");

    private static final int STEP = 250;
    /** By it the agreement for development lets person alerts go from Velmark to Ostrana. */
    private static final String RULE = "R5";

    public final Path home;
    public final Federation federation;
    public final Agreement agreement;
    private final Clock clock = Clock.systemUTC();
    private final Uuids ids = new Uuids(clock, new SecureRandom());
    private final SqlStore store;
    private final Statements statements;
    private final KeepLedger ledger;
    private final KeySource keys;

    public SyntheticGateway(Path folder) throws IOException {
        this.home = folder.resolve("qvl");
        new DevelopmentHomes(clock, new SecureRandom())
                .make(List.of(
                        new HomePlan(SELF, home, "qvl", 40_300, 40_301, 40_302, 365),
                        new HomePlan(POLICE, folder.resolve("qos"), "qos", 40_310, 40_311, 40_312, 365),
                        new HomePlan(BORDER_POLICE, folder.resolve("qbp"), "qos", 40_320, 40_321, 40_322, 365)));
        Configuration configuration = ConfigurationReader.read(home).fold(known -> known, problems -> {
            throw new IllegalStateException(problems.toString());
        });
        this.federation = FederationReader.read(configuration, clock.instant()).fold(read -> read, problems -> {
            throw new IllegalStateException(problems.toString());
        });
        this.agreement = federation.agreements().all().get(0);
        this.keys = Parts.keys(configuration, clock);
        this.store = Parts.store(configuration, keys);
        LedgerHeads heads = new LedgerHeads(store.ledgerbook());
        this.statements = new Statements(SELF, new KeySourceEvidenceSigner(keys, clock), heads, ids);
        this.ledger = new KeepLedger(
                LedgerWiring.witnessing(
                        home.resolve("ledger"),
                        federation.peers(),
                        keys,
                        store,
                        heads,
                        statements,
                        ids,
                        clock,
                        new SecureRandom()),
                federation.peers(),
                federation.agreements(),
                store.journal(),
                store.register(),
                store.ledgerbook(),
                ids,
                clock);
        ledger.start(List.of(), List.of());
    }

    public SqlStore store() {
        return store;
    }

    /** As the command has it. */
    public BundleExport export() {
        return export(ExportLimits.MOST_OCTETS);
    }

    BundleExport export(int mostOctets) {
        return new BundleExport(
                store.register(),
                store.ledgerbook(),
                federation,
                keys,
                store.stampbook(),
                Optional.empty(),
                clock,
                mostOctets,
                Beside.NOTHING);
    }

    /** Accepts submissions for the peer, numbered from {@code first}. */
    public List<ExchangeId> send(GatewayId peer, String kind, int first, int count, Instant at) {
        List<ExchangeId> sent = new ArrayList<>();
        for (int done = 0; done < count; done += STEP) {
            sent.addAll(step(peer, kind, first + done, Math.min(STEP, count - done), at));
        }
        return sent;
    }

    private List<ExchangeId> step(GatewayId peer, String kind, int first, int count, Instant at) {
        Instant when = at.truncatedTo(ChronoUnit.MILLIS);
        DropId drop = ids.nextDropId();
        List<Fact> facts = new ArrayList<>();
        List<ExchangeId> exchanges = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ExchangeId exchange = ids.nextExchangeId();
            exchanges.add(exchange);
            Digest digest = Digest.sha256(exchange.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            evidence.add(statements.submissionAcceptance(
                    new About(
                            new Subject.OfExchange(
                                    exchange,
                                    kind,
                                    "1.0",
                                    first + i,
                                    when,
                                    Optional.of(new SubmissionRef(drop, Optional.of(i + 1))),
                                    Optional.empty()),
                            SELF,
                            peer,
                            Optional.of(new Evidence.Terms(
                                    agreement.ref().id(),
                                    agreement.ref().version(),
                                    agreement.ref().digest(),
                                    RULE,
                                    "PERMIT",
                                    List.of())),
                            new MessageDigests(digest, Optional.of(digest), Optional.of(digest))),
                    when));
            facts.add(new Fact.ExchangeOpened(
                    exchange,
                    peer,
                    kind,
                    "1.0",
                    Priority.ROUTINE,
                    Transport.JMS,
                    first + i,
                    agreement.ref(),
                    RULE,
                    when,
                    when.plus(Duration.ofDays(1)),
                    drop,
                    i + 1,
                    new FeedId("synthetic"),
                    digest,
                    digest,
                    digest,
                    Optional.empty()));
        }
        for (Receipt receipt : statements.sign(evidence)) {
            facts.add(new Fact.ReceiptKept(receipt, true, Optional.of(peer), LedgerLeaf.issued(receipt), false));
        }
        commit(facts);
        return exchanges;
    }

    /** Refuses a submission that was for the peer. */
    public void refuse(GatewayId peer, Instant at) {
        Receipt receipt = statements
                .sign(List.of(statements.submissionRejection(
                        new SubmissionRef(ids.nextDropId(), Optional.of(1)),
                        Optional.of(peer),
                        Optional.of(agreement.ref()),
                        Fault.of(FaultCode.FIELD_MISSING),
                        at.truncatedTo(ChronoUnit.MILLIS))))
                .get(0);
        commit(List.of(new Fact.ReceiptKept(receipt, true, Optional.empty(), LedgerLeaf.issued(receipt), false)));
    }

    private void commit(List<Fact> facts) {
        StepResult result = store.journal().commit(new StepOutcome(facts));
        if (!(result instanceof StepResult.Committed)) {
            throw new AssertionError("the step conflicted");
        }
    }

    /** Signs a checkpoint over everything. */
    public void checkpoint() {
        ledger.run();
    }

    @Override
    public void close() {
        store.close();
    }
}
