package org.embassage.evidence.cms;

import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judges whether a certificate may be believed: a path to one of the given trust anchors (RFC 5280 §6, by the JDK's own
 * PKIX validator), valid at the given time, for the given use, and not revoked by a CRL that is given. Nothing is ever
 * fetched. Thread-safe; good verdicts are remembered for the hour.
 */
public final class CertificateJudge {

    private static final int MAX_KEPT = 1024;

    private final Set<TrustAnchor> anchors;
    private final List<X509Certificate> intermediates;
    private final List<X509CRL> crls;
    private final Map<Question, Verdict> remembered = new ConcurrentHashMap<>();

    /**
     * @param anchors CA certificates, believed as they are
     * @param intermediates further CA certificates that a path may go through, believed only if the path holds
     * @param crls used where their issuer is on the path
     */
    public CertificateJudge(
            Collection<X509Certificate> anchors, Collection<X509Certificate> intermediates, Collection<X509CRL> crls) {
        this.anchors = new HashSet<>();
        anchors.forEach(anchor -> this.anchors.add(new TrustAnchor(anchor, null)));
        this.intermediates = List.copyOf(intermediates);
        this.crls = List.copyOf(crls);
    }

    /** What a certificate's key may be used for (RFC 5280 §4.2.1.3). */
    public enum Use {
        /** digitalSignature and nonRepudiation. */
        SEAL,
        /** keyAgreement. */
        KEY_AGREEMENT
    }

    /** What was found. The first that applies. */
    public enum Verdict {
        /** Believed, and a CRL that was in force says it is not revoked. */
        GOOD,
        /** Believed; no CRL in force was there to ask. */
        GOOD_REVOCATION_UNKNOWN,
        NO_PATH_TO_ANCHOR,
        NOT_VALID_AT_TIME,
        WRONG_USE,
        REVOKED;

        /** Whether the certificate may be believed where revocation data are optional. */
        public boolean isGood() {
            return this == GOOD || this == GOOD_REVOCATION_UNKNOWN;
        }
    }

    /** Judges at a time. */
    public Verdict judge(X509Certificate certificate, Use use, Instant at) {
        Question question = new Question(certificate, use, at.getEpochSecond() / 3600);
        Verdict known = remembered.get(question);
        boolean withinValidity = !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
        if (!withinValidity) {
            return Verdict.NOT_VALID_AT_TIME;
        }
        if (known != null) {
            return known;
        }
        Verdict verdict = judgeAfresh(certificate, use, at);
        if (verdict.isGood()) {
            if (remembered.size() >= MAX_KEPT) {
                remembered.clear();
            }
            remembered.put(question, verdict);
        }
        return verdict;
    }

    private Verdict judgeAfresh(X509Certificate certificate, Use use, Instant at) {
        if (!allows(certificate, use)) {
            return Verdict.WRONG_USE;
        }
        if (anchors.isEmpty()) {
            return Verdict.NO_PATH_TO_ANCHOR;
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            List<X509Certificate> known = new ArrayList<>(intermediates);
            known.add(certificate);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
            parameters.setDate(Date.from(at));
            parameters.setRevocationEnabled(false); // judged below from the CRLs given, fetched never
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX", "SUN").build(parameters);
            return revocation(result.getCertPath(), result.getTrustAnchor().getTrustedCert(), at);
        } catch (CertPathBuilderException noPath) {
            return Verdict.NO_PATH_TO_ANCHOR;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's PKIX validator", e);
        }
    }

    private static boolean allows(X509Certificate certificate, Use use) {
        boolean[] usage = certificate.getKeyUsage();
        if (usage == null || certificate.getBasicConstraints() >= 0) {
            return false;
        }
        return use == Use.SEAL ? usage[0] && usage[1] : usage[4];
    }

    private Verdict revocation(CertPath path, X509Certificate anchor, Instant at) {
        boolean allAnswered = true;
        List<X509Certificate> chain = new ArrayList<>();
        path.getCertificates().forEach(element -> chain.add((X509Certificate) element));
        chain.add(anchor);
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate subject = chain.get(i);
            X509Certificate issuer = chain.get(i + 1);
            boolean answered = false;
            for (X509CRL crl : crls) {
                if (isBy(issuer, crl)) {
                    answered |= isFresh(crl, at);
                    var entry = crl.getRevokedCertificate(subject);
                    if (entry != null && !entry.getRevocationDate().toInstant().isAfter(at)) {
                        return Verdict.REVOKED;
                    }
                }
            }
            allAnswered &= answered;
        }
        return allAnswered ? Verdict.GOOD : Verdict.GOOD_REVOCATION_UNKNOWN;
    }

    private static boolean isBy(X509Certificate issuer, X509CRL crl) {
        if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
            return false;
        }
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /** A stale list still tells who was revoked, but no longer who was not. */
    private static boolean isFresh(X509CRL crl, Instant at) {
        return crl.getNextUpdate() != null && !at.isAfter(crl.getNextUpdate().toInstant());
    }

    private record Question(X509Certificate certificate, Use use, long hour) {}
}
