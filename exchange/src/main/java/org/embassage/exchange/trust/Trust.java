package org.embassage.exchange.trust;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.cms.SignatureCheck;

/**
 * The certificate authority of each country, as this gateway's team loaded it, and their revocation lists. A country's
 * authority speaks for that country and for no other. Nothing is fetched. Thread-safe.
 */
public final class Trust {

    private static final int URI_NAME = 6;

    private final Map<String, List<X509Certificate>> authorities;
    private final List<X509CRL> crls;
    private final Map<String, CertificateJudge> judges = new HashMap<>();

    /**
     * @param authorities CA certificates by country code
     * @param crls of any of them
     */
    public Trust(Map<String, List<X509Certificate>> authorities, Collection<X509CRL> crls) {
        this.authorities = Map.copyOf(authorities);
        this.crls = List.copyOf(crls);
        this.authorities.forEach(
                (country, anchors) -> judges.put(country, new CertificateJudge(anchors, List.of(), this.crls)));
    }

    /** A judge for all countries' certificates: for use where the country is bound by other means. */
    public CertificateJudge everywhere() {
        List<X509Certificate> all =
                authorities.values().stream().flatMap(List::stream).toList();
        return new CertificateJudge(all, List.of(), crls);
    }

    /** The CA certificates of a country. */
    public List<X509Certificate> authorities(String country) {
        return authorities.getOrDefault(country, List.of());
    }

    /** The countries whose authorities are loaded. */
    public Collection<String> countries() {
        return authorities.keySet();
    }

    public List<X509CRL> crls() {
        return crls;
    }

    /** Whether the certificate is of this gateway, by its country's authority, good for sealing at the time. */
    public boolean seals(X509Certificate certificate, GatewayId gateway, Instant at) {
        return believes(certificate, gateway.country(), Use.SEAL, at) && names(certificate, gateway);
    }

    /** Whether the certificate is of this gateway, by its country's authority, good for key agreement at the time. */
    public boolean decrypts(X509Certificate certificate, GatewayId gateway, Instant at) {
        return believes(certificate, gateway.country(), Use.KEY_AGREEMENT, at) && names(certificate, gateway);
    }

    private static boolean names(X509Certificate certificate, GatewayId gateway) {
        return uris(certificate, "urn:embassage:gateway:" + gateway.value());
    }

    private boolean believes(X509Certificate certificate, String country, Use use, Instant at) {
        return Optional.ofNullable(judges.get(country))
                .map(judge -> judge.judge(certificate, use, at).isGood())
                .orElse(false);
    }

    /**
     * Whether the country's party key signed exactly these bytes (detached CMS): a good signature by a certificate that
     * names the party and lies under the country's authority at the time.
     *
     * @param authority if given, SHA-256 of the one CA certificate that counts
     */
    public boolean signedByParty(
            byte[] file, byte[] signature, String country, Optional<Digest> authority, Instant at) {
        List<X509Certificate> anchors = authorities(country).stream()
                .filter(anchor ->
                        authority.isEmpty() || ParsedCertificates.digest(anchor).equals(authority.get()))
                .toList();
        if (anchors.isEmpty()) {
            return false;
        }
        CertificateJudge judge = new CertificateJudge(anchors, List.of(), crls);
        return CadesVerifier.verifyDetached(signature, file)
                .fold(good -> isParty(good, country) && judged(judge, good, at), bad -> false);
    }

    private static boolean judged(CertificateJudge judge, SignatureCheck.Good good, Instant at) {
        return judge.judge(good.signer(), Use.SEAL, at).isGood();
    }

    private static boolean isParty(SignatureCheck.Good good, String country) {
        return uris(good.signer(), "urn:embassage:party:" + country);
    }

    /** Whether the certificate names exactly this one URI. */
    private static boolean uris(X509Certificate certificate, String wanted) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            if (names == null) {
                return false;
            }
            List<String> found = names.stream()
                    .filter(name -> name.get(0).equals(URI_NAME))
                    .map(name -> String.valueOf(name.get(1)))
                    .toList();
            return found.equals(List.of(wanted));
        } catch (CertificateParsingException malformed) {
            return false;
        }
    }
}
