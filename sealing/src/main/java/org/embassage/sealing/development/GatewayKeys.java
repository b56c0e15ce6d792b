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
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.KeyUse;
import org.embassage.sealing.development.Certificates.Holder;

/**
 * The development keys of one gateway, as they go into its PKCS#12 under a random password. Made by {@link
 * DevelopmentPki}. Thread-safe.
 */
public final class GatewayKeys {

    private static final int SECRET_OCTETS = 32;
    private static final String OWNER_ONLY = "rw-------";

    private final GatewayId gateway;
    private final SecureRandom random;
    private final X509Certificate authority;
    private final KeyStore store;
    private final String password;

    GatewayKeys(GatewayId gateway, SecureRandom random, X509Certificate authority) {
        this(gateway, random, authority, empty(), newPassword(random));
    }

    private GatewayKeys(
            GatewayId gateway, SecureRandom random, X509Certificate authority, KeyStore store, String password) {
        this.gateway = gateway;
        this.random = random;
        this.authority = authority;
        this.store = store;
        this.password = password;
    }

    public GatewayId gateway() {
        return gateway;
    }

    /** The certificate of the current key of a use. */
    public X509Certificate certificate(KeyUse use) {
        return guarded(() -> (X509Certificate) store.getCertificate(prefix(use) + "-" + count(use)));
    }

    /** The PKCS#12, protected by {@link #password()}. */
    public byte[] pkcs12() {
        return guarded(() -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            store.store(out, password.toCharArray());
            return out.toByteArray();
        });
    }

    /** 256 random bits, base64url. */
    public String password() {
        return password;
    }

    /**
     * Writes {@code gateway.p12} and {@code password}, both readable by their owner only. Existing files are never
     * replaced.
     *
     * @param folder made if it is not there
     * @throws java.nio.file.FileAlreadyExistsException if there are keys already
     */
    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        create(folder.resolve("gateway.p12"), pkcs12());
        create(folder.resolve("password"), (password + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** No part of a key. */
    @Override
    public String toString() {
        return "development keys of " + gateway;
    }

    void add(KeyUse use, int number, Holder holder) {
        guarded(() -> {
            boolean selfSigned = holder.certificate()
                    .getIssuerX500Principal()
                    .equals(holder.certificate().getSubjectX500Principal());
            Certificate[] chain = selfSigned
                    ? new Certificate[] {holder.certificate()}
                    : new Certificate[] {holder.certificate(), authority};
            store.setKeyEntry(prefix(use) + "-" + number, holder.key(), password.toCharArray(), chain);
            return holder;
        });
    }

    void addSecrets(String epoch) {
        addSecret("intake", "HmacSHA256");
        addSecret("epoch-" + epoch, "AES");
    }

    private void addSecret(String alias, String algorithm) {
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        guarded(() -> {
            store.setEntry(
                    alias,
                    new KeyStore.SecretKeyEntry(new SecretKeySpec(secret, algorithm)),
                    new KeyStore.PasswordProtection(password.toCharArray()));
            return alias;
        });
    }

    int count(KeyUse use) {
        return guarded(() -> {
            int count = 0;
            while (store.containsAlias(prefix(use) + "-" + (count + 1))) {
                count++;
            }
            return count;
        });
    }

    GatewayKeys copy() {
        return new GatewayKeys(gateway, random, authority, load(pkcs12(), password), password);
    }

    static String prefix(KeyUse use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    private static String newPassword(SecureRandom random) {
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    private static KeyStore empty() {
        return guarded(() -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        });
    }

    private static KeyStore load(byte[] pkcs12, String password) {
        return guarded(() -> {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(new ByteArrayInputStream(pkcs12), password.toCharArray());
            return store;
        });
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
