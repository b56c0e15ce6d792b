package org.embassage.sealing;

import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.SecretKey;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;

/**
 * Keys in a secret of Vault's KV engine, version 2: field {@code pkcs12} is the base64 of a PKCS#12 with the aliases of
 * {@link Pkcs12KeySource}, field {@code password} is its password. The secret is read at the first use and again when it
 * is older than {@link Location#refresh()}, so a rollover in Vault takes effect without a restart. Thread-safe.
 *
 * <p>Fails closed: where Vault is sealed, out of reach or says no when the secret is due, every method throws {@code
 * Broken} KEY_UNAVAILABLE until it answers again. Between two readings the keys are in memory.
 */
public final class VaultKeySource implements KeySource {

    private static final int OK = 200;
    private static final int ENGINE_VERSION = 2;
    private static final int TIMEOUT_SECONDS = 5;
    /** While Vault is out of reach, callers are told at once and do not queue up behind its time-out. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final Location location;
    private final Clock clock;
    private Optional<KeyRing> ring = Optional.empty();
    private Instant due = Instant.MIN;

    /**
     * Where the keys are.
     *
     * @param address of Vault, for example {@code https://vault.example:8200}
     * @param path of the secret with its engine first and without {@code data}, for example {@code
     *     secret/embassage/QVL-BG}
     * @param token asked each time, so that it may change
     * @param authority PEM of the CA that issued Vault's certificate; absent: the platform's
     * @param refresh how long keys may be used before they are read again
     */
    public record Location(
            URI address, String path, Supplier<String> token, Optional<Path> authority, Duration refresh) {

        /** The address only. */
        @Override
        public String toString() {
            return address.toString();
        }
    }

    public VaultKeySource(Location location, Clock clock) {
        this.location = location;
        this.clock = clock;
    }

    @Override
    public KeyEntry current(KeyUse use) {
        return ring().current(use);
    }

    @Override
    public List<KeyEntry> all(KeyUse use) {
        return ring().all(use);
    }

    @Override
    public SecretKey intakeSecret() {
        return ring().intakeSecret();
    }

    @Override
    public EpochKey currentEpoch() {
        return ring().currentEpoch();
    }

    @Override
    public EpochKey epoch(String name) {
        return ring().epoch(name);
    }

    private synchronized KeyRing ring() {
        Instant now = clock.instant();
        if (!now.isBefore(due)) {
            ring = Optional.empty();
            due = now.plus(PAUSE_AFTER_FAILURE);
            ring = Optional.of(read());
            due = now.plus(location.refresh());
        }
        return ring.orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE));
    }

    /** The driver's own exceptions quote what Vault answered; none of that is passed on. */
    private KeyRing read() {
        try {
            LogicalResponse response =
                    Vault.create(config(), ENGINE_VERSION).logical().read(location.path());
            Map<String, String> secret = response.getData();
            String pkcs12 = secret.get("pkcs12");
            String password = secret.get("password");
            if (response.getRestResponse().getStatus() != OK || pkcs12 == null || password == null) {
                throw new Broken(FaultCode.KEY_UNAVAILABLE);
            }
            return KeyRing.read(Base64.getMimeDecoder().decode(pkcs12), password.toCharArray());
        } catch (VaultException | RuntimeException unavailable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    /** Everything is set, so that no environment variable can turn verification off or point elsewhere. */
    private VaultConfig config() throws VaultException {
        SslConfig tls = new SslConfig().verify(true);
        if (location.authority().isPresent()) {
            tls.pemFile(location.authority().get().toFile());
        }
        return new VaultConfig()
                .address(location.address().toString())
                .token(location.token().get())
                .openTimeout(TIMEOUT_SECONDS)
                .readTimeout(TIMEOUT_SECONDS)
                .sslConfig(tls.build())
                .build();
    }
}
