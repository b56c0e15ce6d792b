package org.embassage.sealing;

import io.github.jopenlibs.vault.SslConfig;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.api.WriteOptions;
import io.github.jopenlibs.vault.response.LogicalResponse;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.crypto.SecretKey;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeyUse;

/**
 * Keys in a secret of Vault's KV engine, version 2: field {@code pkcs12} is the base64 of a PKCS#12 with the aliases of
 * {@link Pkcs12KeySource}, field {@code password} is its password. The secret is read at the first use and again when it
 * is older than {@link Location#refresh()} or an unknown epoch is asked for, so a rollover in Vault takes effect without a
 * restart. Thread-safe.
 *
 * <p>Fails closed: where Vault is sealed, out of reach or says no when the secret is due, every method throws {@code
 * Broken} KEY_UNAVAILABLE until it answers again. Between two readings the keys are in memory.
 *
 * <p>To change epochs, the secret is written as its next version, with check-and-set against the version that was read, so
 * that nobody's change is lost; then all versions before it are destroyed. The token must be allowed to read, create and
 * update {@code data/} and to update {@code destroy/} of the path.
 */
public final class VaultKeySource implements EpochKeeper {

    private static final String PKCS12 = "pkcs12";
    private static final String PASSWORD = "password";
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;
    private static final int ENGINE_VERSION = 2;
    private static final int TIMEOUT_SECONDS = 5;
    /** While Vault is out of reach, callers are told at once and do not queue up behind its time-out. */
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final Location location;
    private final Clock clock;
    private final SecureRandom random;
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

    /** With the platform's randomness for new epoch keys. */
    public VaultKeySource(Location location, Clock clock) {
        this(location, clock, new SecureRandom());
    }

    /** @param random makes new epoch keys */
    public VaultKeySource(Location location, Clock clock, SecureRandom random) {
        this.location = location;
        this.clock = clock;
        this.random = random;
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
    public synchronized EpochKey epoch(String name) {
        if (!ring().epochs().contains(name)) {
            due = clock.instant(); // another node may have begun it
        }
        return ring().epoch(name);
    }

    @Override
    public synchronized List<String> epochs() {
        due = clock.instant();
        return ring().epochs();
    }

    @Override
    public synchronized EpochKey beginEpoch(String name) {
        Secret secret = secret();
        if (!secret.ring().epochs().contains(name)) {
            EpochEdit.mustFollow(name, secret.ring());
            write(secret, EpochEdit.with(secret.pkcs12(), secret.password().toCharArray(), name, random));
        }
        if (!epochs().contains(name)) { // read back before anything relies on it
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
        return ring().epoch(name);
    }

    @Override
    public synchronized void destroyEpoch(String name) {
        Secret secret = secret();
        EpochEdit.mustNotBeCurrent(name, secret.ring());
        if (secret.ring().epochs().contains(name)) {
            write(secret, EpochEdit.without(secret.pkcs12(), secret.password().toCharArray(), name));
            secret = secret();
        }
        if (secret.ring().epochs().contains(name)) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
        destroyBefore(secret.version());
        due = clock.instant();
    }

    private void write(Secret before, byte[] pkcs12) {
        Map<String, Object> fields = new HashMap<>(before.fields());
        fields.put(PKCS12, Base64.getEncoder().encodeToString(pkcs12));
        try {
            LogicalResponse response = vault().write(
                            location.path(),
                            fields,
                            null,
                            new WriteOptions().checkAndSet(before.version()).build());
            requireDone(response);
        } catch (VaultException | RuntimeException unavailable) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        } finally {
            due = clock.instant();
        }
    }

    /** Destroying a version again is no mistake, so that a crash before this is made good by calling again. */
    private void destroyBefore(long version) {
        if (version < 2) {
            return;
        }
        int[] versions = IntStream.range(1, Math.toIntExact(version)).toArray();
        try {
            requireDone(vault().destroy(location.path(), versions));
        } catch (VaultException | RuntimeException unavailable) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
    }

    private static void requireDone(LogicalResponse response) {
        int status = response.getRestResponse().getStatus();
        if (status != OK && status != NO_CONTENT) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
    }

    private synchronized KeyRing ring() {
        Instant now = clock.instant();
        if (!now.isBefore(due) || due.isAfter(now.plus(longestWait()))) {
            ring = Optional.empty();
            due = now.plus(PAUSE_AFTER_FAILURE);
            ring = Optional.of(read());
            due = now.plus(location.refresh());
        }
        return ring.orElseThrow(() -> new Broken(FaultCode.KEY_UNAVAILABLE));
    }

    /** Further away is only what a clock that was set back since said; keys are not used for longer because of it. */
    private Duration longestWait() {
        return location.refresh().compareTo(PAUSE_AFTER_FAILURE) > 0 ? location.refresh() : PAUSE_AFTER_FAILURE;
    }

    private KeyRing read() {
        return secret().ring();
    }

    /** The driver's own exceptions quote what Vault answered; none of that is passed on. */
    private Secret secret() {
        try {
            LogicalResponse response = vault().read(location.path());
            Map<String, String> fields = response.getData();
            String pkcs12 = fields.get(PKCS12);
            String password = fields.get(PASSWORD);
            if (response.getRestResponse().getStatus() != OK || pkcs12 == null || password == null) {
                throw new Broken(FaultCode.KEY_UNAVAILABLE);
            }
            byte[] octets = Base64.getMimeDecoder().decode(pkcs12);
            return new Secret(
                    fields,
                    octets,
                    password,
                    KeyRing.read(octets, password.toCharArray()),
                    response.getDataMetadata().getVersion());
        } catch (VaultException | RuntimeException unavailable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE);
        }
    }

    private Logical vault() throws VaultException {
        return Vault.create(config(), ENGINE_VERSION).logical();
    }

    /**
     * One version of the secret.
     *
     * @param fields all of it, those that are not ours as well
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Secret(Map<String, String> fields, byte[] pkcs12, String password, KeyRing ring, long version) {
        @Override
        public String toString() {
            return "[secret]";
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
