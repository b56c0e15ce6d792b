package org.embassage.evidence.cms;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses certificates and lists that are signed with what is no longer reliable (ETSI TS 119 312): anything but SHA-256
 * or more with ECDSA or RSA, and EdDSA. The JDK's own list of disabled algorithms lets SHA-1 pass outside TLS.
 */
final class StrongAlgorithms extends PKIXCertPathChecker {

    private static final Set<String> STRONG = Set.of(
            "1.2.840.10045.4.3.2", // ECDSA with SHA-256, 384, 512
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.2.840.113549.1.1.11", // RSA with SHA-256, 384, 512
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.3.101.112", // Ed25519, Ed448
            "1.3.101.113");

    private static final String RSA_PSS = "1.2.840.113549.1.1.10";
    private static final Set<String> STRONG_DIGESTS = Set.of("SHA-256", "SHA-384", "SHA-512");
    private static final int RSA_BITS = 2048;
    private static final int CURVE_BITS = 256;

    /** Whether what it is signed with is reliable, and its own key too. */
    static boolean holds(X509Certificate certificate) {
        return reliable(certificate.getSigAlgOID(), certificate.getSigAlgParams())
                && reliable(certificate.getPublicKey());
    }

    /** Whether what it is signed with is reliable. */
    static boolean holds(X509CRL list) {
        return reliable(list.getSigAlgOID(), list.getSigAlgParams());
    }

    private static boolean reliable(String algorithm, byte @Nullable [] parameters) {
        return STRONG.contains(algorithm) || algorithm.equals(RSA_PSS) && parameters != null && reliable(parameters);
    }

    private static boolean reliable(byte[] pssParameters) {
        try {
            AlgorithmParameters parsed = AlgorithmParameters.getInstance("RSASSA-PSS");
            parsed.init(pssParameters);
            return STRONG_DIGESTS.contains(
                    parsed.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm());
        } catch (GeneralSecurityException | java.io.IOException malformed) {
            return false;
        }
    }

    private static boolean reliable(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() >= RSA_BITS;
        }
        return !(key instanceof ECPublicKey ec)
                || ec.getParams().getCurve().getField().getFieldSize() >= CURVE_BITS;
    }

    @Override
    public void init(boolean forward) {
        // no state
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return true;
    }

    @Override
    public @Nullable Set<String> getSupportedExtensions() {
        return null;
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) throws CertPathValidatorException {
        if (!(certificate instanceof X509Certificate x509) || !holds(x509)) {
            throw new CertPathValidatorException("an algorithm or key that is no longer reliable");
        }
    }
}
