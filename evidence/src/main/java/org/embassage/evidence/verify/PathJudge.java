package org.embassage.evidence.verify;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.embassage.evidence.Digest;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.verify.TrustAnchors.Anchor;

/**
 * Judges signers' certificates against the auditor's anchors, one anchor at a time, so that it is known which country
 * leads to which anchor. Remembers both.
 */
final class PathJudge {

    private static final int URI_NAME = 6;

    private final TrustAnchors trust;
    private final Map<Anchor, CertificateJudge> judges = new LinkedHashMap<>();
    private final List<X509Certificate> intermediates;
    private final List<X509CRL> crls;
    private final Instant at;
    private final SortedMap<String, SortedSet<String>> anchorsOfCountries = new TreeMap<>();
    private final Map<String, Judgement> judged = new HashMap<>();

    PathJudge(TrustAnchors trust, List<X509Certificate> intermediates, Collection<X509CRL> bundled, Instant at) {
        this.trust = trust;
        this.intermediates = intermediates;
        this.crls = new ArrayList<>(trust.crls());
        this.crls.addAll(bundled);
        this.at = at;
        for (Anchor anchor : trust.anchors()) {
            judges.put(anchor, new CertificateJudge(List.of(anchor.certificate()), intermediates, crls));
        }
    }

    /** Where a signer's certificate leads. */
    record Judgement(Outcome outcome, String sentence) {
        boolean leadsToAnchor() {
            return outcome == Outcome.GOOD || outcome == Outcome.REVOCATION_UNKNOWN || outcome == Outcome.REVOKED;
        }
    }

    enum Outcome {
        GOOD,
        REVOCATION_UNKNOWN,
        REVOKED,
        NOT_VALID_AT_TIME,
        WRONG_USE,
        FORGED,
        NO_ANCHOR
    }

    /** Judges a seal or party certificate that speaks for a country. */
    Judgement judge(X509Certificate certificate, String country) {
        return judged.computeIfAbsent(
                country + ParsedCertificates.digest(certificate), key -> judgeAfresh(certificate, country));
    }

    private Judgement judgeAfresh(X509Certificate certificate, String country) {
        Instant inside = inside(certificate);
        for (Anchor anchor : trust.anchors()) {
            boolean maySpeak = anchor.country().map(country::equals).orElse(true);
            if (!maySpeak) {
                continue;
            }
            CertificateJudge.Verdict verdict = judge(anchor).judge(certificate, Use.SEAL, inside);
            if (verdict == CertificateJudge.Verdict.WRONG_USE) {
                return new Judgement(
                        Outcome.WRONG_USE, name(certificate) + " is not a certificate for signing (keyUsage)");
            }
            if (verdict.isGood() || verdict == CertificateJudge.Verdict.REVOKED) {
                anchorsOfCountries
                        .computeIfAbsent(country, code -> new TreeSet<>())
                        .add(ParsedCertificates.digest(anchor.certificate()).hex()
                                + anchor.country().map(bound -> " for " + bound).orElse(""));
                return atTime(certificate, anchor, verdict, inside);
            }
        }
        return noPath(certificate, country);
    }

    private Judgement atTime(
            X509Certificate certificate, Anchor anchor, CertificateJudge.Verdict verdict, Instant inside) {
        if (!inside.equals(at)) {
            return new Judgement(
                    Outcome.NOT_VALID_AT_TIME,
                    name(certificate) + " is valid from "
                            + certificate.getNotBefore().toInstant() + " to "
                            + certificate.getNotAfter().toInstant() + ", which " + at + " is not; without a trusted"
                            + " time nobody can tell whether it was valid when it signed");
        }
        String to = name(certificate) + " leads to your anchor " + name(anchor.certificate());
        return switch (verdict) {
            case GOOD -> new Judgement(Outcome.GOOD, to);
            case REVOKED ->
                new Judgement(
                        Outcome.REVOKED,
                        name(certificate) + " is on a revocation list of " + issuer(certificate)
                                + "; without a trusted time nobody can tell whether it signed before");
            default -> new Judgement(Outcome.REVOCATION_UNKNOWN, to);
        };
    }

    private Judgement noPath(X509Certificate certificate, String country) {
        for (Anchor anchor : trust.anchors()) {
            boolean sameName =
                    anchor.certificate().getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (sameName && !signedBy(certificate, anchor.certificate())) {
                return new Judgement(
                        Outcome.FORGED,
                        name(certificate) + " names " + name(anchor.certificate())
                                + " as its issuer, but your anchor of that name did not issue it");
            }
        }
        return new Judgement(
                Outcome.NO_ANCHOR,
                name(certificate) + " leads to none of your anchors for " + country + " at " + at + "; its issuer is "
                        + issuer(certificate) + ": get that CA certificate from " + country
                        + " itself and put it into the trust folder, or do not believe the signer");
    }

    /** {@code at}, or the nearest instant at which the certificate is valid. */
    private Instant inside(X509Certificate certificate) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (at.isBefore(from)) {
            return from;
        }
        return at.isAfter(until) ? until : at;
    }

    private CertificateJudge judge(Anchor anchor) {
        return java.util.Objects.requireNonNull(judges.get(anchor));
    }

    private static boolean signedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException forged) {
            return false;
        }
    }

    /** Whether the certificate lies under exactly this CA, which may be an anchor or below one. */
    Optional<Boolean> liesUnder(X509Certificate certificate, Digest authority) {
        List<X509Certificate> known = new ArrayList<>(intermediates);
        trust.anchors().forEach(anchor -> known.add(anchor.certificate()));
        return known.stream()
                .filter(one -> ParsedCertificates.digest(one).equals(authority))
                .findFirst()
                .map(ca -> new CertificateJudge(List.of(ca), intermediates, List.of())
                        .judge(certificate, Use.SEAL, inside(certificate))
                        .isGood());
    }

    /** The anchors to which each country's signers led: hex of SHA-256, and the country if the auditor bound it. */
    SortedMap<String, SortedSet<String>> anchorsOfCountries() {
        return anchorsOfCountries;
    }

    /** Whether the certificate names exactly this one URI. */
    static boolean names(X509Certificate certificate, String uri) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return false;
            }
            List<String> uris = names.stream()
                    .filter(name -> name.get(0).equals(URI_NAME))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
            return uris.equals(List.of(uri));
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }

    /** A certificate's subject, as a person reads it. */
    static String name(X509Certificate certificate) {
        return "'" + printable(certificate.getSubjectX500Principal().getName()) + "'";
    }

    private static String issuer(X509Certificate certificate) {
        return "'" + printable(certificate.getIssuerX500Principal().getName()) + "'";
    }

    /** A name in a certificate comes from a stranger and goes to a terminal. */
    private static String printable(String text) {
        String shown = text.length() > 200 ? text.substring(0, 200) : text;
        return shown.replaceAll("[\\p{C}]", "?");
    }
}
