package org.embassage.routes.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.jspecify.annotations.Nullable;

/** Shows the key source's current TLS key at each handshake, whatever issuers the other side names. */
final class CurrentKey extends X509ExtendedKeyManager {

    private static final String ALIAS = "tls";
    private static final String[] ALIASES = {ALIAS};

    private final KeySource keys;

    CurrentKey(KeySource keys) {
        this.keys = keys;
    }

    private KeySource.KeyEntry entry() {
        return keys.current(KeyUse.TLS);
    }

    private @Nullable String aliasFor(String keyType) {
        String algorithm = entry().certificate().getPublicKey().getAlgorithm();
        return keyType.equals(algorithm) || keyType.startsWith(algorithm + "_") ? ALIAS : null;
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        for (String keyType : keyTypes) {
            if (aliasFor(keyType) != null) {
                return ALIAS;
            }
        }
        return null;
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return aliasFor(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chooseEngineClientAlias(keyTypes, issuers, null);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return aliasFor(keyType);
    }

    @Override
    public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return ALIASES.clone();
    }

    @Override
    public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return ALIASES.clone();
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return entry().chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return entry().key();
    }
}
