package org.embassage.evidence.cms;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embassage.evidence.Digest;

/** Certificates and revocation lists parsed once: few gateways sign very many messages. Bounded; thread-safe. */
public final class ParsedCertificates {

    private static final int MAX_KEPT = 4096;
    private static final Map<Digest, X509Certificate> PARSED = new ConcurrentHashMap<>();
    private static final int MAX_LISTS_KEPT = 64;
    private static final Map<Digest, X509CRL> LISTS = new ConcurrentHashMap<>();
    private static final Map<X509Certificate, Digest> DIGESTS = new ConcurrentHashMap<>();
    private static final Map<X509Certificate, PublicKey> KEYS = new ConcurrentHashMap<>();

    private ParsedCertificates() {}

    /** @return nothing if the bytes are not one DER certificate */
    public static Optional<X509Certificate> parse(byte[] der) {
        Digest digest = Digest.sha256(der);
        X509Certificate known = PARSED.get(digest);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            X509Certificate certificate = (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
            if (!java.util.Arrays.equals(certificate.getEncoded(), der)) {
                return Optional.empty();
            }
            keep(PARSED, digest, certificate);
            return Optional.of(certificate);
        } catch (CertificateException notACertificate) {
            return Optional.empty();
        }
    }

    /** @return nothing if the bytes are not one DER revocation list (RFC 5280 §5) */
    public static Optional<X509CRL> parseList(byte[] der) {
        Digest digest = Digest.sha256(der);
        X509CRL known = LISTS.get(digest);
        if (known != null) {
            return Optional.of(known);
        }
        try {
            X509CRL list = (X509CRL) CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
            if (!java.util.Arrays.equals(list.getEncoded(), der)) {
                return Optional.empty();
            }
            if (LISTS.size() >= MAX_LISTS_KEPT) {
                LISTS.clear();
            }
            LISTS.put(digest, list);
            return Optional.of(list);
        } catch (CertificateException | CRLException notAList) {
            return Optional.empty();
        }
    }

    /** SHA-256 of the DER. */
    public static Digest digest(X509Certificate certificate) {
        Digest known = DIGESTS.get(certificate);
        if (known != null) {
            return known;
        }
        try {
            Digest digest = Digest.sha256(certificate.getEncoded());
            keep(DIGESTS, certificate, digest);
            return digest;
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate without an encoding", e);
        }
    }

    /** The certificate's key in the form that verifies fastest; refused unless it is on P-256. */
    static PublicKey p256Key(X509Certificate certificate) throws GeneralSecurityException {
        PublicKey known = KEYS.get(certificate);
        if (known != null) {
            return known;
        }
        boolean p256 = certificate.getPublicKey() instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == 256
                && ec.getParams().getOrder().equals(Curves.P256_ORDER);
        if (!p256) {
            throw new InvalidKeyException("not a key on P-256");
        }
        PublicKey key = (PublicKey)
                KeyFactory.getInstance("EC", Providers.bouncyCastle()).translateKey(certificate.getPublicKey());
        keep(KEYS, certificate, key);
        return key;
    }

    private static <K, V> void keep(Map<K, V> map, K key, V value) {
        if (map.size() >= MAX_KEPT) {
            map.clear(); // hostile variety must not fill memory; the few real ones are back at once
        }
        map.put(key, value);
    }
}
