package org.embassage.evidence.verify;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
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
    private final Map<Question, Judgement> judged = new HashMap<>();

    PathJudge(TrustAnchors trust, Collection<X509Certificate> intermediates, Collection<X509CRL> bundled, Instant at) {
        this.trust = trust;
        this.intermediates = List.copyOf(intermediates);
        this.crls = new ArrayList<>(trust.crls());
        this.crls.addAll(bundled);
        this.at = at;
        for (Anchor anchor : trust.anchors()) {
            judges.put(anchor, new CertificateJudge(List.of(anchor.certificate()), intermediates, crls));
        }
    }

    /**
     * Where a signer's certificate leads.
     *
     * @param proven whether it was judged at a time that an independent authority confirms
     */
    record Judgement(Outcome outcome, boolean proven, String sentence) {
        boolean leadsToAnchor() {
            return outcome == Outcome.GOOD || outcome == Outcome.REVOCATION_UNKNOWN || outcome == Outcome.REVOKED;
        }
    }

    private record Question(String country, X509Certificate certificate, Optional<Instant> proven) {}

    enum Outcome {
        GOOD,
        REVOCATION_UNKNOWN,
        REVOKED,
        NOT_YET_VALID,
        NO_LONGER_VALID,
        WRONG_USE,
        FORGED,
        NO_ANCHOR
    }

    /** Judges a seal or party certificate that speaks for a country, at the auditor's instant. */
    Judgement judge(X509Certificate certificate, String country) {
        return judge(certificate, country, Optional.empty());
    }

    /**
     * Judges a seal or party certificate that speaks for a country.
     *
     * @param proven when the signature certainly existed; absent: the auditor's instant counts
     */
    Judgement judge(X509Certificate certificate, String country, Optional<Instant> proven) {
        return judged.computeIfAbsent(
                new Question(country, certificate, proven), key -> judgeAfresh(certificate, country, proven));
    }

    private Judgement judgeAfresh(X509Certificate certificate, String country, Optional<Instant> proven) {
        Instant instant = proven.orElse(at);
        Instant inside = inside(certificate, instant);
        for (Anchor anchor : trust.anchors()) {
            boolean maySpeak = anchor.country().map(country::equals).orElse(true);
            if (!maySpeak) {
                continue;
            }
            CertificateJudge.Verdict verdict = judge(anchor).judge(certificate, Use.SEAL, inside);
            if (verdict == CertificateJudge.Verdict.WRONG_USE) {
                return new Judgement(
                        Outcome.WRONG_USE,
                        proven.isPresent(),
                        name(certificate) + " is not a certificate for signing (keyUsage)");
            }
            if (verdict.isGood() || verdict == CertificateJudge.Verdict.REVOKED) {
                anchorsOfCountries
                        .computeIfAbsent(country, code -> new TreeSet<>())
                        .add(ParsedCertificates.digest(anchor.certificate()).hex()
                                + anchor.country().map(bound -> " for " + bound).orElse(""));
                return inside.equals(instant)
                        ? atTime(certificate, anchor, verdict, proven)
                        : outside(certificate, inside.isAfter(instant), proven);
            }
        }
        return noPath(certificate, country, instant, proven.isPresent());
    }

    private Judgement outside(X509Certificate certificate, boolean tooEarly, Optional<Instant> proven) {
        String valid = name(certificate) + " is valid from "
                + certificate.getNotBefore().toInstant() + " to "
                + certificate.getNotAfter().toInstant();
        if (proven.isPresent()) {
            return tooEarly
                    ? new Judgement(
                            Outcome.NOT_YET_VALID,
                            true,
                            valid + ", but the signature existed at " + proven.get() + " already: it was made before")
                    : new Judgement(
                            Outcome.NO_LONGER_VALID,
                            true,
                            valid + ", and the earliest independent proof that the signature existed is of "
                                    + proven.get() + ": nobody can tell whether it was made before the end");
        }
        return new Judgement(
                Outcome.NO_LONGER_VALID,
                false,
                valid + ", which " + at + " is not; without a trusted time nobody can tell whether it was valid when it"
                        + " signed");
    }

    private Judgement atTime(
            X509Certificate certificate, Anchor anchor, CertificateJudge.Verdict verdict, Optional<Instant> proven) {
        String to = name(certificate) + " leads to your anchor " + name(anchor.certificate())
                + proven.map(time -> " at the proven time " + time).orElse("");
        Optional<Instant> revoked = revokedSince(certificate);
        return switch (verdict) {
            case GOOD ->
                new Judgement(
                        Outcome.GOOD,
                        proven.isPresent(),
                        to
                                + revoked.map(since -> "; it was revoked on " + since
                                                + ", after that, which leaves the signature good")
                                        .orElse(""));
            case REVOKED ->
                new Judgement(
                        Outcome.REVOKED,
                        proven.isPresent(),
                        name(certificate) + " is on a revocation list of " + issuer(certificate)
                                + revoked.map(since -> " since " + since).orElse(", or an authority above it is")
                                + proven.map(time ->
                                                "; the earliest independent proof that the signature existed is of "
                                                        + time + ", which is not before")
                                        .orElse("; without a trusted time nobody can tell whether it signed before"));
            default -> new Judgement(Outcome.REVOCATION_UNKNOWN, proven.isPresent(), to);
        };
    }

    /** For the report: the verdict was found by the lists whose signatures hold. */
    private Optional<Instant> revokedSince(X509Certificate certificate) {
        return crls.stream()
                .filter(crl -> crl.getIssuerX500Principal().equals(certificate.getIssuerX500Principal()))
                .flatMap(crl -> Optional.ofNullable(crl.getRevokedCertificate(certificate)).stream())
                .map(entry -> entry.getRevocationDate().toInstant())
                .min(Comparator.naturalOrder());
    }

    private Judgement noPath(X509Certificate certificate, String country, Instant instant, boolean proven) {
        for (Anchor anchor : trust.anchors()) {
            boolean sameName =
                    anchor.certificate().getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
            if (sameName && !signedBy(certificate, anchor.certificate())) {
                return new Judgement(
                        Outcome.FORGED,
                        proven,
                        name(certificate) + " names " + name(anchor.certificate())
                                + " as its issuer, but your anchor of that name did not issue it");
            }
            if (sameName && anchor.country().map(country::equals).orElse(true)) {
                return new Judgement(
                        Outcome.FORGED,
                        proven,
                        name(certificate) + " was issued by your anchor " + name(anchor.certificate())
                                + ", but may not be believed: an algorithm of it is no longer reliable, or it has a"
                                + " critical extension or constraint that is not met");
            }
        }
        return new Judgement(
                Outcome.NO_ANCHOR,
                proven,
                name(certificate) + " leads to none of your anchors for " + country + " at " + instant
                        + "; its issuer is "
                        + issuer(certificate) + ": get that CA certificate from " + country
                        + " itself and put it into the trust folder, or do not believe the signer");
    }

    /** The instant, or the nearest one at which the certificate is valid. */
    private static Instant inside(X509Certificate certificate, Instant instant) {
        Instant from = certificate.getNotBefore().toInstant();
        Instant until = certificate.getNotAfter().toInstant();
        if (instant.isBefore(from)) {
            return from;
        }
        return instant.isAfter(until) ? until : instant;
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
                        .judge(certificate, Use.SEAL, inside(certificate, at))
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
