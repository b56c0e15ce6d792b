package org.embassage.gateway.demo;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesSigner;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeySource.KeyEntry;
import org.embassage.exchange.port.KeyUse;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.evidence.BundleExport;
import org.embassage.gateway.evidence.OwnLedger;
import org.embassage.gateway.federation.FederationReader;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Stop;
import org.embassage.store.SqlStore;

/** One of the two gateways, looked at from outside while it runs. */
final class Side implements AutoCloseable {

    private final HomePlan plan;
    private final Configuration configuration;
    private final KeySource keys;
    private final SqlStore store;
    private final BundleExport export;

    private Side(HomePlan plan, Configuration configuration, KeySource keys, SqlStore store, BundleExport export) {
        this.plan = plan;
        this.configuration = configuration;
        this.keys = keys;
        this.store = store;
        this.export = export;
    }

    /** Opens the store of a running gateway to read. */
    static Side of(HomePlan plan) {
        Clock clock = Clock.systemUTC();
        Configuration configuration = ConfigurationReader.read(plan.home()).fold(known -> known, Side::refuse);
        KeySource keys = Parts.keys(configuration, clock);
        SqlStore store = Parts.storeToRead(configuration, keys);
        return new Side(
                plan,
                configuration,
                keys,
                store,
                new BundleExport(
                        store.register(),
                        store.ledgerbook(),
                        FederationReader.read(configuration, clock.instant()).fold(read -> read, Side::refuse),
                        keys,
                        store.stampbook(),
                        Parts.timeStamper(configuration, clock, new SecureRandom()),
                        clock));
    }

    private static <T> T refuse(List<?> problems) {
        throw new Stop(
                ExitCode.FINDING,
                "a home that the demo made is not whole",
                problems.stream().map(Object::toString).toList(),
                "report these lines");
    }

    HomePlan plan() {
        return plan;
    }

    GatewayId id() {
        return plan.gateway();
    }

    Path home() {
        return plan.home();
    }

    Register register() {
        return store.register();
    }

    Ledgerbook ledgerbook() {
        return store.ledgerbook();
    }

    /** The file of its database. */
    Path database() {
        return ((Configuration.Store.Sqlite) configuration.store()).file();
    }

    /** The key of its ledger. */
    NoteSigner ledgerKey() {
        KeyEntry key = keys.current(KeyUse.LEDGER);
        return new NoteSigner(
                OwnLedger.build(store.ledgerbook(), done -> {}).origin(),
                key.key(),
                key.certificate().getPublicKey());
    }

    /** Signs as this gateway does. */
    CadesSigner seal() {
        KeyEntry key = keys.current(KeyUse.SEAL);
        return new CadesSigner(key.key(), key.certificate(), Optional.empty(), Clock.systemUTC());
    }

    BundleExport export() {
        return export;
    }

    List<ExchangeId> sent() {
        return export.sent(Optional.empty());
    }

    /** How many of the sent exchanges the peer has handed over, by its receipt. */
    long handedOver() {
        Map<ExchangeState, Long> counts = store.register().exchangeCounts();
        return counts.getOrDefault(ExchangeState.HANDED_OVER, 0L);
    }

    /** How many of the sent exchanges have all receipts with all proofs. */
    long proven() {
        return sent().stream().filter(one -> export.unproven(List.of(one)) == 0).count();
    }

    @Override
    public void close() {
        store.close();
    }
}
