package org.embassage.gateway.timestamp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.keep.KeepStatuses;
import org.embassage.exchange.keep.StampEvidence;
import org.embassage.exchange.keep.StampGrace;
import org.embassage.exchange.keep.StampPlan;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.embassage.sealing.KeyTexts;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.sealing.development.DevelopmentPki;
import org.embassage.sealing.development.DevelopmentTimeStamping;
import org.embassage.sealing.timestamp.DevelopmentTsa;
import org.embassage.sealing.timestamp.TimeStampAnchors;
import org.embassage.sealing.timestamp.TimeStampAnchors.Revocation;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;

/** SYNTHETIC: store, keys and time-stamping of one gateway, on a clock that tests move and with an authority that can fail. */
final class StampingGateway implements AutoCloseable {

    static final Duration GRACE = Duration.ofHours(24);

    final MovedClock clock = new MovedClock(Instant.now().truncatedTo(ChronoUnit.MILLIS));
    final DevelopmentPki country;
    final DevelopmentTimeStamping stamping;
    final Path trust;

    private final SecureRandom random = new SecureRandom();
    private final Uuids ids = new Uuids(clock, random);
    private final Path home;
    private final StampPlan plan;
    private final Pkcs12KeySource keys;
    private final DevelopmentTsa authority;
    private SqlStore store;
    /** How many tokens the authority gives before it fails. */
    private int tokensLeft = Integer.MAX_VALUE;

    StampingGateway(Path home, Stamping mode) throws IOException {
        this.home = home;
        this.plan = new StampPlan(mode, Duration.ofMinutes(60), GRACE);
        this.country = new DevelopmentPki("QVL", clock, random);
        this.stamping = new DevelopmentTimeStamping(clock, random);
        Path folder = home.resolve("keys");
        stamping.equip(country.gateway(new GatewayId("QVL-BG"), "20261125")).writeTo(folder);
        this.keys = new Pkcs12KeySource(folder.resolve("gateway.p12"), folder.resolve("password"));
        this.trust = Files.createDirectories(home.resolve("trust"));
        Files.createDirectories(trust.resolve("time-stamping"));
        Files.writeString(trust.resolve("QVL.pem"), KeyTexts.pem(country.authority()));
        Files.writeString(trust.resolve("time-stamping/tsa.pem"), KeyTexts.pem(stamping.authority()));
        lists();
        this.authority = DevelopmentTsa.read(
                folder.resolve("gateway.p12"),
                folder.resolve("password"),
                new TimeStampAnchors(trust.resolve("time-stamping"), Revocation.REQUIRED),
                clock,
                random);
        this.store = open();
        begin(plan);
        checkpoint();
    }

    /** Both authorities issue a list anew. */
    void lists() throws IOException {
        Files.writeString(trust.resolve("QVL.crl"), KeyTexts.pem(country.crl()));
        Files.writeString(trust.resolve("time-stamping/tsa.crl"), KeyTexts.pem(stamping.crl()));
        clock.forward(Duration.ofSeconds(1));
    }

    private SqlStore open() {
        return SqlStore.open(StoreSettings.sqlite(home.resolve("embassage.db")), keys);
    }

    SqlStore store() {
        return store;
    }

    /** As if the process had ended and begun anew. */
    void restart() {
        store.close();
        store = open();
        begin(plan);
    }

    void begin(StampPlan with) {
        StampEvidence.begin(with, store.journal(), store.stampbook(), store.ledgerbook(), ids, clock);
    }

    /** Signs and keeps a receipt of our own. @param stated the time in it */
    StoredReceipt receipt(Instant stated) {
        Statements statements = new Statements(
                new GatewayId("QVL-BG"),
                new KeySourceEvidenceSigner(keys, clock),
                new LedgerHeads(store.ledgerbook()),
                ids);
        Receipt receipt = statements
                .sign(List.of(statements.submissionRejection(
                        new SubmissionRef(ids.nextDropId(), Optional.empty()),
                        Optional.empty(),
                        Optional.empty(),
                        Fault.of(FaultCode.DROP_TRUNCATED),
                        stated.truncatedTo(ChronoUnit.MILLIS))))
                .get(0);
        commit(new Fact.ReceiptKept(receipt, true, Optional.empty(), LedgerLeaf.issued(receipt), false));
        return store.register().receipt(receipt.id()).orElseThrow();
    }

    StoredReceipt receipt() {
        StoredReceipt receipt = receipt(clock.instant());
        checkpoint();
        return receipt;
    }

    void checkpoint() {
        long size = store.ledgerbook().size();
        commit(new Fact.CheckpointSigned(
                size, clock.instant().truncatedTo(ChronoUnit.MILLIS), "SYNTHETIC note over " + size + "\n"));
    }

    private void commit(Fact fact) {
        StepResult result = store.journal().commit(StepOutcome.of(fact));
        if (!(result instanceof StepResult.Committed)) {
            throw new AssertionError("the step conflicted");
        }
    }

    TimeStamper authority() {
        return authority;
    }

    void authorityFailsAfter(int tokens) {
        tokensLeft = tokens;
    }

    void authorityWorks() {
        tokensLeft = Integer.MAX_VALUE;
    }

    /** One run of the round. @return whether it failed */
    boolean stampFails() {
        TimeStamper failing = digest -> given(digest);
        try {
            boolean more = new StampEvidence(
                            plan, failing, store.journal(), store.stampbook(), store.ledgerbook(), clock)
                    .run();
            return more && stampFails();
        } catch (Broken unavailable) {
            return true;
        }
    }

    private byte[] given(Digest digest) {
        if (tokensLeft <= 0) {
            throw new Broken(FaultCode.TIME_STAMP_UNAVAILABLE);
        }
        tokensLeft--;
        return authority.stamp(digest);
    }

    void keepStatuses() {
        new KeepStatuses(
                        new TrustStatuses(trust, trust.resolve("time-stamping")),
                        store.journal(),
                        store.stampbook(),
                        clock)
                .run();
    }

    StampGrace grace() {
        return new StampGrace(plan, store.stampbook(), store.ledgerbook(), clock);
    }

    StampState state() {
        return grace().state();
    }

    @Override
    public void close() {
        store.close();
    }
}
