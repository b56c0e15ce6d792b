package org.embassage.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a PKCS#12 file, its password in a file beside it. Both are read once, at the first use that succeeds; a
 * rollover therefore takes effect at the next start. Every method throws {@code Broken} KEY_UNAVAILABLE as long as
 * either file cannot be read. Thread-safe.
 *
 * <p>Aliases: {@code seal-1}, {@code decrypt-1}, {@code tls-1}, {@code ssh-1}, {@code ledger-1}, {@code witness-1}, the highest number
 * being the current key; secret keys {@code intake} and {@code epoch-NAME}, the name that sorts last being current.
 */
public final class Pkcs12KeySource implements KeySource {

    private final Path store;
    private final Path password;
    private final AtomicReference<@Nullable KeyRing> read = new AtomicReference<>();

    /**
     * @param store the PKCS#12
     * @param password a text file that holds its password, UTF-8; line ends at its end do not count
     */
    public Pkcs12KeySource(Path store, Path password) {
        this.store = store;
        this.password = password;
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

    private KeyRing ring() {
        KeyRing known = read.get();
        if (known != null) {
            return known;
        }
        KeyRing fresh = readFiles();
        read.set(fresh);
        return fresh;
    }

    private KeyRing readFiles() {
        try {
            String secret = Files.readString(password, StandardCharsets.UTF_8).stripTrailing();
            return KeyRing.read(Files.readAllBytes(store), secret.toCharArray());
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE, unreadable);
        }
    }
}
