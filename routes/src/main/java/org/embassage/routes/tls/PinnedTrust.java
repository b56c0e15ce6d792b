package org.embassage.routes.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.embassage.evidence.Digest;

/**
 * Believes a certificate if its key is pinned and it is valid now. The pins come from peer cards that the peer's country
 * signed, so neither a CA nor a host name can widen them; a key is withdrawn by a newer card.
 */
final class PinnedTrust extends X509ExtendedTrustManager {

    private static final X509Certificate[] NO_ISSUERS = {};

    private final Supplier<Set<Digest>> pins;

    PinnedTrust(Supplier<Set<Digest>> pins) {
        this.pins = pins;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        if (chain.length == 0) {
            throw new CertificateException("no certificate was shown");
        }
        chain[0].checkValidity();
        if (!pins.get().contains(Pins.pinOf(chain[0]))) {
            throw new CertificateException("the key is not pinned in the peer card");
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return NO_ISSUERS;
    }
}
