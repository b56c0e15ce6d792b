package org.embassage.sealing.development;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;
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

    private final GatewayId gateway;
    private final SecretStore store;

    GatewayKeys(GatewayId gateway, SecretStore store) {
        this.gateway = gateway;
        this.store = store;
    }

    public GatewayId gateway() {
        return gateway;
    }

    /** The certificate of the current key of a use. */
    public X509Certificate certificate(KeyUse use) {
        return store.certificate(alias(use, count(use)));
    }

    /** The PKCS#12, protected by {@link #password()}. */
    public byte[] pkcs12() {
        return store.pkcs12();
    }

    /** 256 random bits, base64url. */
    public String password() {
        return store.password();
    }

    /**
     * Writes {@code gateway.p12} and {@code password}, both readable by their owner only. Existing files are never
     * replaced.
     *
     * @param folder made if it is not there
     * @throws java.nio.file.FileAlreadyExistsException if there are keys already
     */
    public void writeTo(Path folder) throws IOException {
        store.writeTo(folder, "gateway.p12");
    }

    /** No part of a key. */
    @Override
    public String toString() {
        return "development keys of " + gateway;
    }

    /** As {@code tsa-1}. */
    void addTimeStamping(Holder holder, X509Certificate authority) {
        store.add("tsa-1", holder, authority);
    }

    /** Under the next number. */
    void add(KeyUse use, Holder holder, X509Certificate authority) {
        String alias = alias(use, count(use) + 1);
        boolean selfSigned = holder.certificate()
                .getIssuerX500Principal()
                .equals(holder.certificate().getSubjectX500Principal());
        if (selfSigned) {
            store.add(alias, holder);
        } else {
            store.add(alias, holder, authority);
        }
    }

    void addSecrets(String epoch, SecureRandom random) {
        store.add("intake", new SecretKeySpec(secret(random), "HmacSHA256"));
        store.add("epoch-" + epoch, new SecretKeySpec(secret(random), "AES"));
    }

    GatewayKeys copy() {
        return new GatewayKeys(gateway, store.copy());
    }

    static String prefix(KeyUse use) {
        return use.name().toLowerCase(Locale.ROOT);
    }

    private static String alias(KeyUse use, int number) {
        return prefix(use) + "-" + number;
    }

    private int count(KeyUse use) {
        int count = 0;
        while (store.has(alias(use, count + 1))) {
            count++;
        }
        return count;
    }

    private static byte[] secret(SecureRandom random) {
        byte[] secret = new byte[SECRET_OCTETS];
        random.nextBytes(secret);
        return secret;
    }
}
