package org.embassage.gateway.assembly;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.port.TimeStamper;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.config.Configuration.Store;
import org.embassage.gateway.config.Configuration.TimeStamping;
import org.embassage.gateway.federation.Federation;
import org.embassage.sealing.CmsOpener;
import org.embassage.sealing.Pkcs12KeySource;
import org.embassage.sealing.VaultKeySource;
import org.embassage.sealing.development.DevelopmentMark;
import org.embassage.sealing.timestamp.DevelopmentTsa;
import org.embassage.sealing.timestamp.HttpTimeStamper;
import org.embassage.sealing.timestamp.TimeStampAnchors;
import org.embassage.store.SqlStore;
import org.embassage.store.StoreSettings;

/** The parts that the configuration chooses among. */
public final class Parts {

    private static final Duration VAULT_REFRESH = Duration.ofMinutes(10);

    private Parts() {}

    /**
     * The key source.
     *
     * @throws Broken KEY_UNAVAILABLE, or DEVELOPMENT_KEYS_REFUSED under the production profile
     */
    public static EpochKeeper keys(Configuration configuration, Clock clock) {
        EpochKeeper keys = configuration.keys() instanceof Keys.Vault vault
                ? new VaultKeySource(
                        new VaultKeySource.Location(
                                URI.create(vault.address()),
                                vault.path(),
                                vault.token()::resolve,
                                vault.authority(),
                                VAULT_REFRESH),
                        clock)
                : pkcs12((Keys.Pkcs12) configuration.keys());
        if (configuration.profile() == Profile.PRODUCTION) {
            refuseDevelopment(keys);
        }
        return keys;
    }

    private static EpochKeeper pkcs12(Keys.Pkcs12 pkcs12) {
        return new Pkcs12KeySource(pkcs12.file(), pkcs12.password());
    }

    private static void refuseDevelopment(KeySource keys) {
        for (KeyUse use : KeyUse.values()) {
            List<KeySource.KeyEntry> entries =
                    use == KeyUse.WITNESS ? keys.find(use).stream().toList() : keys.all(use);
            if (entries.stream().flatMap(entry -> entry.chain().stream()).anyMatch(DevelopmentMark::isOn)) {
                throw new Broken(FaultCode.DEVELOPMENT_KEYS_REFUSED);
            }
        }
    }

    /**
     * The store, for writing.
     *
     * @throws Broken STORE_UNAVAILABLE, STORE_IN_USE, STORE_VERSION, STORE_NOT_DURABLE, KEY_UNAVAILABLE
     */
    public static SqlStore store(Configuration configuration, KeySource keys) {
        return SqlStore.open(settings(configuration), keys);
    }

    /** The store, to look at only; works while a gateway runs on it. */
    public static SqlStore storeToRead(Configuration configuration, KeySource keys) {
        return SqlStore.open(settings(configuration).toRead(), keys);
    }

    /**
     * Who gives time-stamps.
     *
     * @throws Broken KEY_UNAVAILABLE if the embedded authority has no key
     */
    public static Optional<TimeStamper> timeStamper(Configuration configuration, Clock clock, SecureRandom random) {
        TimeStampAnchors anchors = new TimeStampAnchors(
                configuration.folders().timeStamping(),
                configuration.profile() == Profile.PRODUCTION
                        ? TimeStampAnchors.Revocation.REQUIRED
                        : TimeStampAnchors.Revocation.IF_KNOWN);
        return configuration.timeStamping().map(stamping -> {
            if (stamping.authority() instanceof TimeStamping.Authority.Remote remote) {
                return new HttpTimeStamper(remote.address(), anchors, clock, random);
            }
            Keys.Pkcs12 pkcs12 = (Keys.Pkcs12) configuration.keys();
            return DevelopmentTsa.read(pkcs12.file(), pkcs12.password(), anchors, clock, random);
        });
    }

    /** Under the production profile a message opens only if a revocation list in force speaks of its signer. */
    static CmsOpener opener(
            Configuration configuration, Federation federation, KeySource keys, Clock clock, SecureRandom random) {
        return new CmsOpener(
                keys,
                () -> federation.trust().everywhere(),
                configuration.profile() == Profile.PRODUCTION
                        ? CmsOpener.Revocation.REQUIRED
                        : CmsOpener.Revocation.IF_KNOWN,
                clock,
                random,
                CmsOpener.DEFAULT_MAX_OCTETS);
    }

    private static StoreSettings settings(Configuration configuration) {
        if (configuration.store() instanceof Store.Postgres postgres) {
            return StoreSettings.postgresql(
                    postgres.url(), postgres.user(), postgres.password().resolve());
        }
        return StoreSettings.sqlite(((Store.Sqlite) configuration.store()).file());
    }
}
