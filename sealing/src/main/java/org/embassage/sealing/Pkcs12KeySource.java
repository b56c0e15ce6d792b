package org.embassage.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.SecretKey;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.EpochKeeper;
import org.embassage.exchange.port.KeyUse;
import org.jspecify.annotations.Nullable;

/**
 * Keys in a PKCS#12 file, its password in a file beside it. Both are read at the first use that succeeds, and again only
 * when the current epoch, or one that is not known, is asked for and the file is another than the one read; a rollover of
 * other keys therefore takes effect at the next start at the latest. Every method throws {@code Broken} KEY_UNAVAILABLE as
 * long as either file cannot be read. Thread-safe.
 *
 * <p>Aliases: {@code seal-1}, {@code decrypt-1}, {@code tls-1}, {@code ssh-1}, {@code ledger-1}, {@code witness-1}, the highest number
 * being the current key; secret keys {@code intake} and {@code epoch-NAME}, the name that sorts last being current.
 *
 * <p>To change epochs the file is rewritten: its folder must be writable, and beside it lie, for a moment or after a crash
 * until the next change, {@code <name>.new} and {@code <name>.old}.
 */
public final class Pkcs12KeySource implements EpochKeeper {

    private final Path store;
    private final Path password;
    private final SecureRandom random;
    private final AtomicReference<@Nullable Read> read = new AtomicReference<>();

    /** With the platform's randomness for new epoch keys. */
    public Pkcs12KeySource(Path store, Path password) {
        this(store, password, new SecureRandom());
    }

    /**
     * @param store the PKCS#12
     * @param password a text file that holds its password, UTF-8; line ends at its end do not count
     * @param random makes new epoch keys
     */
    public Pkcs12KeySource(Path store, Path password, SecureRandom random) {
        this.store = store;
        this.password = password;
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
        return newest().currentEpoch();
    }

    @Override
    public EpochKey epoch(String name) {
        KeyRing known = ring();
        return known.epochs().contains(name) ? known.epoch(name) : newest().epoch(name);
    }

    @Override
    public List<String> epochs() {
        return newest().epochs();
    }

    @Override
    public synchronized EpochKey beginEpoch(String name) {
        if (!epochs().contains(name)) {
            EpochEdit.mustFollow(name, newest());
            rewrite((pkcs12, secret) -> EpochEdit.with(pkcs12, secret, name, random));
        }
        return epoch(name);
    }

    @Override
    public synchronized void destroyEpoch(String name) {
        EpochEdit.mustNotBeCurrent(name, newest());
        if (epochs().contains(name)) {
            rewrite((pkcs12, secret) -> EpochEdit.without(pkcs12, secret, name));
        }
        try {
            new KeyFile(store).clean();
        } catch (IOException left) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE, left);
        }
        if (epochs().contains(name)) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE);
        }
    }

    /** What was written is read back from the file before anything relies on it. */
    private void rewrite(Rewriting rewriting) {
        try {
            byte[] before = Files.readAllBytes(store);
            new KeyFile(store).replace(rewriting.rewritten(before, secret()));
        } catch (IOException failed) {
            throw new Broken(FaultCode.KEYS_NOT_WRITABLE, failed);
        }
        read.set(readFiles());
    }

    private KeyRing ring() {
        Read known = read.get();
        return known == null ? readAgain() : known.ring();
    }

    /** Read again if another process changed the file. */
    private KeyRing newest() {
        Read known = read.get();
        return known == null || !known.stamp().equals(stamp()) ? readAgain() : known.ring();
    }

    private KeyRing readAgain() {
        Read fresh = readFiles();
        read.set(fresh);
        return fresh.ring();
    }

    private Read readFiles() {
        try {
            String stamp = stamp(); // before: if it changes meanwhile it is read once more
            return new Read(KeyRing.read(Files.readAllBytes(store), secret()), stamp);
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE, unreadable);
        }
    }

    private char[] secret() throws IOException {
        return Files.readString(password, StandardCharsets.UTF_8)
                .stripTrailing()
                .toCharArray();
    }

    private String stamp() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(store, BasicFileAttributes.class);
            return attributes.lastModifiedTime() + " " + attributes.size() + " " + attributes.fileKey();
        } catch (IOException unreadable) {
            throw new Broken(FaultCode.KEY_UNAVAILABLE, unreadable);
        }
    }

    private record Read(KeyRing ring, String stamp) {}

    @FunctionalInterface
    private interface Rewriting {
        byte[] rewritten(byte[] pkcs12, char[] password);
    }
}
