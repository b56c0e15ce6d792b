package org.embassage.evidence.cms;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Judges whether a certificate may be believed: a path to one of the given trust anchors (RFC 5280 §6, by the JDK's own
 * PKIX validator) by reliable algorithms, valid at the given time, for the given use, and not revoked by a CRL that is
 * given. Nothing is ever fetched. Thread-safe; paths are remembered as long as all of them is valid, revocation is looked up at each time.
 */
public final class CertificateJudge {

    private static final int MAX_KEPT = 1024;
    /** A path is searched among these: strangers who send very many must not make the search endless. */
    private static final int MAX_INTERMEDIATES = 256;

    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";

    private final Set<TrustAnchor> anchors;
    private final List<X509Certificate> intermediates;
    private final List<X509CRL> crls;
    private final Map<X509Certificate, Path> paths = new ConcurrentHashMap<>();
    private final Map<X509Certificate, List<X509CRL>> lists = new ConcurrentHashMap<>();

    /**
     * @param anchors CA certificates, believed as they are
     * @param intermediates further CA certificates that a path may go through, believed only if the path holds; no more than
     *     {@value #MAX_INTERMEDIATES} are looked at
     * @param crls used where their issuer is on the path
     */
    public CertificateJudge(
            Collection<X509Certificate> anchors, Collection<X509Certificate> intermediates, Collection<X509CRL> crls) {
        this.anchors = new HashSet<>();
        anchors.forEach(anchor -> this.anchors.add(new TrustAnchor(anchor, null)));
        this.intermediates = intermediates.stream()
                .filter(one -> one.getBasicConstraints() >= 0) // others lead nowhere
                .distinct()
                .limit(MAX_INTERMEDIATES)
                .toList();
        this.crls = List.copyOf(crls);
    }

    /** What a certificate's key may be used for (RFC 5280 §4.2.1.3). */
    public enum Use {
        /** digitalSignature and nonRepudiation. */
        SEAL,
        /** keyAgreement. */
        KEY_AGREEMENT,
        /** The extended key usage is time-stamping alone (RFC 3161 §2.3). */
        TIME_STAMPING
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
        boolean withinValidity = !at.isBefore(certificate.getNotBefore().toInstant())
                && !at.isAfter(certificate.getNotAfter().toInstant());
        if (!withinValidity) {
            return Verdict.NOT_VALID_AT_TIME;
        }
        if (!allows(certificate, use)) {
            return Verdict.WRONG_USE;
        }
        return path(certificate, at).map(found -> revocation(found.chain(), at)).orElse(Verdict.NO_PATH_TO_ANCHOR);
    }

    /** A path from a certificate to an anchor, both included, and when all of it is valid. */
    private record Path(List<X509Certificate> chain, Instant from, Instant until) {
        boolean isValid(Instant at) {
            return !at.isBefore(from) && !at.isAfter(until);
        }
    }

    private Optional<Path> path(X509Certificate certificate, Instant at) {
        Path known = paths.get(certificate);
        if (known != null && known.isValid(at)) {
            return Optional.of(known);
        }
        Optional<Path> found = build(certificate, at);
        found.ifPresent(path -> {
            if (paths.size() >= MAX_KEPT) {
                paths.clear();
            }
            paths.put(certificate, path);
        });
        return found;
    }

    private Optional<Path> build(X509Certificate certificate, Instant at) {
        if (anchors.isEmpty()) {
            return Optional.empty();
        }
        try {
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(certificate);
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            List<X509Certificate> known = new ArrayList<>(intermediates);
            known.add(certificate);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(known)));
            parameters.setDate(Date.from(at));
            parameters.addCertPathChecker(new StrongAlgorithms());
            parameters.setRevocationEnabled(false); // judged below from the CRLs given, fetched never
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX", "SUN").build(parameters);
            List<X509Certificate> chain = new ArrayList<>();
            result.getCertPath().getCertificates().forEach(element -> chain.add((X509Certificate) element));
            Instant from = at;
            Instant until = at;
            for (int i = 0; i < chain.size(); i++) {
                Instant starts = chain.get(i).getNotBefore().toInstant();
                Instant ends = chain.get(i).getNotAfter().toInstant();
                from = i == 0 || starts.isAfter(from) ? starts : from;
                until = i == 0 || ends.isBefore(until) ? ends : until;
            }
            chain.add(result.getTrustAnchor().getTrustedCert());
            return Optional.of(new Path(List.copyOf(chain), from, until));
        } catch (CertPathBuilderException noPath) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK's PKIX validator", e);
        }
    }

    private static boolean allows(X509Certificate certificate, Use use) {
        boolean[] usage = certificate.getKeyUsage();
        if (certificate.getBasicConstraints() >= 0) {
            return false;
        }
        if (use == Use.TIME_STAMPING) {
            return isForTimeStampingAlone(certificate) && (usage == null || usage[0] || usage[1]);
        }
        return usage != null && (use == Use.SEAL ? usage[0] && usage[1] : usage[4]);
    }

    /** RFC 3161 §2.3: the extended key usage is critical, and time-stamping is all that it says. */
    public static boolean isForTimeStampingAlone(X509Certificate certificate) {
        try {
            Set<String> critical = certificate.getCriticalExtensionOIDs();
            return critical != null
                    && critical.contains(EXTENDED_KEY_USAGE)
                    && List.of(TIME_STAMPING).equals(certificate.getExtendedKeyUsage());
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    private Verdict revocation(List<X509Certificate> chain, Instant at) {
        boolean allAnswered = true;
        for (int i = 0; i + 1 < chain.size(); i++) {
            X509Certificate subject = chain.get(i);
            boolean answered = false;
            for (X509CRL crl : listsBy(chain.get(i + 1))) {
                answered |= answers(crl, subject, at);
                var entry = crl.getRevokedCertificate(subject);
                if (entry != null && !entry.getRevocationDate().toInstant().isAfter(at)) {
                    return Verdict.REVOKED;
                }
            }
            allAnswered &= answered;
        }
        return allAnswered ? Verdict.GOOD : Verdict.GOOD_REVOCATION_UNKNOWN;
    }

    /** Each list's signature is checked once, for each issuer that bears the name. */
    private List<X509CRL> listsBy(X509Certificate issuer) {
        if (lists.size() >= MAX_KEPT) {
            lists.clear();
        }
        return lists.computeIfAbsent(
                issuer, one -> crls.stream().filter(crl -> isBy(one, crl)).toList());
    }

    private static boolean isBy(X509Certificate issuer, X509CRL crl) {
        if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()) || !StrongAlgorithms.holds(crl)) {
            return false;
        }
        try {
            crl.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /**
     * Whether a list says of a certificate that is not on it that it is not revoked. A stale list no longer does; one
     * issued after the certificate ended need not name it any more (RFC 5280 §3.3); one with a critical extension may be
     * about a part of the certificates only (§5.2). Each of them still tells who was revoked.
     */
    private static boolean answers(X509CRL crl, X509Certificate subject, Instant at) {
        Set<String> critical = crl.getCriticalExtensionOIDs();
        return crl.getNextUpdate() != null
                && !at.isAfter(crl.getNextUpdate().toInstant())
                && !crl.getThisUpdate().after(subject.getNotAfter())
                && (critical == null || critical.isEmpty());
    }
}
