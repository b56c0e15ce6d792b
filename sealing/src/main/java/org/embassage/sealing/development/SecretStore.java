package org.embassage.sealing.development;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Set;
import javax.crypto.SecretKey;
import org.embassage.sealing.development.Certificates.Holder;

/** A PKCS#12 in memory under a random password, written to files that only their owner can read. */
final class SecretStore {

    private static final int PASSWORD_OCTETS = 32;
    private static final String OWNER_ONLY = "rw-------";
    private static final String PASSWORD_FILE = "password";

    private final KeyStore store;
    private final String password;

    private SecretStore(KeyStore store, String password) {
        this.store = store;
        this.password = password;
    }

    /** Empty, under a password of 256 random bits in base64url. */
    static SecretStore empty(SecureRandom random) {
        byte[] secret = new byte[PASSWORD_OCTETS];
        random.nextBytes(secret);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return guarded(() -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return new SecretStore(store, password);
        });
    }

    /** As {@link #writeTo} wrote it. */
    static SecretStore read(Path folder, String name) throws IOException {
        String password = Files.readString(folder.resolve(PASSWORD_FILE), StandardCharsets.US_ASCII)
                .strip();
        return load(Files.readAllBytes(folder.resolve(name)), password);
    }

    private static SecretStore load(byte[] pkcs12, String password) {
        return guarded(() -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password.toCharArray());
            return new SecretStore(store, password);
        });
    }

    SecretStore copy() {
        return load(pkcs12(), password);
    }

    String password() {
        return password;
    }

    byte[] pkcs12() {
        return guarded(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        });
    }

    void add(String alias, Holder holder, Certificate... issuers) {
        Certificate[] chain = new Certificate[1 + issuers.length];
        chain[0] = holder.certificate();
        System.arraycopy(issuers, 0, chain, 1, issuers.length);
        guarded(() -> {
            store.setKeyEntry(alias, holder.key(), password.toCharArray(), chain);
            return alias;
        });
    }

    void add(String alias, SecretKey secret) {
        guarded(() -> {
            store.setEntry(
                    alias,
                    new KeyStore.SecretKeyEntry(secret),
                    new KeyStore.PasswordProtection(password.toCharArray()));
            return alias;
        });
    }

    boolean has(String alias) {
        return guarded(() -> store.containsAlias(alias));
    }

    X509Certificate certificate(String alias) {
        return guarded(() -> (X509Certificate) store.getCertificate(alias));
    }

    Holder holder(String alias) {
        return guarded(() -> new Holder((PrivateKey) store.getKey(alias, password.toCharArray()), certificate(alias)));
    }

    /** Writes the PKCS#12 under a name and its password beside it; existing files are never replaced. */
    void writeTo(Path folder, String name) throws IOException {
        Files.createDirectories(folder);
        create(folder.resolve(name), pkcs12());
        create(folder.resolve(PASSWORD_FILE), (password + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private static void create(Path file, byte[] content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (SeekableByteChannel channel = Files.newByteChannel(file, options, ownerOnly())) {
            ByteBuffer buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    /** Set when the file is made, so that it is never readable by others, not even for a moment. */
    private static FileAttribute<?>[] ownerOnly() {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY))
        };
    }

    private static <T> T guarded(Storing<T> storing) {
        try {
            return storing.run();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a key store in memory", e);
        }
    }

    @FunctionalInterface
    private interface Storing<T> {
        T run() throws GeneralSecurityException, IOException;
    }
}
