package org.embassage.gateway.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.embassage.evidence.Digest;

/** TLS 1.3 for neutral witnesses: the server's own key, and the client that believes one key alone. */
public final class WitnessTls {

    private WitnessTls() {}

    /**
     * For the server.
     *
     * @param keystore PKCS#12 with one private key and its chain
     * @param password file with the password in its first line
     * @throws IOException if one of the two cannot be read or does not fit
     */
    public static SSLContext server(Path keystore, Path password) throws IOException {
        char[] secret = Files.readString(password, StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("")
                .toCharArray();
        try (InputStream in = Files.newInputStream(keystore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, secret);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, secret);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(keys.getKeyManagers(), null, new SecureRandom());
            return context;
        } catch (GeneralSecurityException damaged) {
            throw new IOException("the key store cannot be used", damaged);
        }
    }

    static SSLContext pinned(String pin) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new Pinned(pin)}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("this Java has no TLS", missing);
        }
    }

    /** Believes a server by its public key; for nobody else. */
    private static final class Pinned extends X509ExtendedTrustManager {

        private final String pin;

        Pinned(String pin) {
            this.pin = pin;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            boolean same = chain.length > 0
                    && Digest.sha256(chain[0].getPublicKey().getEncoded()).hex().equals(pin);
            if (!same) {
                throw new CertificateException("another key than the pinned one");
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("no clients");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("no clients");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
