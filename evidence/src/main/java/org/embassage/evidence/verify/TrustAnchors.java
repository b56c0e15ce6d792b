package org.embassage.evidence.verify;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.NoteVerifier;

/**
 * What the auditor brings and believes without proof.
 *
 * @param anchors CA certificates
 * @param crls revocation lists, used beside those in the bundle
 * @param ledgerKeys pinned verifier keys of ledgers; a gateway that has one here is judged by it and not by its card
 * @param cosigners pinned keys of witnesses, beside those that good cards name
 * @param timeStamping whom the auditor believes about times
 */
public record TrustAnchors(
        List<Anchor> anchors,
        List<X509CRL> crls,
        List<NoteVerifier> ledgerKeys,
        List<CosignatureVerifier> cosigners,
        TimeStamping timeStamping) {

    public TrustAnchors {
        anchors = List.copyOf(anchors);
        crls = List.copyOf(crls);
        ledgerKeys = List.copyOf(ledgerKeys);
        cosigners = List.copyOf(cosigners);
    }

    /** Without pinned witnesses and without authorities for time-stamping. */
    public TrustAnchors(List<Anchor> anchors, List<X509CRL> crls, List<NoteVerifier> ledgerKeys) {
        this(anchors, crls, ledgerKeys, List.of(), TimeStamping.NONE);
    }

    /** Without authorities for time-stamping. */
    public TrustAnchors(
            List<Anchor> anchors,
            List<X509CRL> crls,
            List<NoteVerifier> ledgerKeys,
            List<CosignatureVerifier> cosigners) {
        this(anchors, crls, ledgerKeys, cosigners, TimeStamping.NONE);
    }

    /** The same, with these authorities for time-stamping. */
    public TrustAnchors with(TimeStamping authorities) {
        return new TrustAnchors(anchors, crls, ledgerKeys, cosigners, authorities);
    }

    /** Anchors alone, each for any country. */
    public static TrustAnchors of(List<X509Certificate> authorities) {
        return new TrustAnchors(
                authorities.stream()
                        .map(one -> new Anchor(one, Optional.empty()))
                        .toList(),
                List.of(),
                List.of());
    }

    /**
     * A CA certificate.
     *
     * @param country the only country that it may speak for; absent: any one country
     */
    public record Anchor(X509Certificate certificate, Optional<String> country) {}

    /**
     * Authorities for time-stamping. They speak for no country, and a country's CA is not believed about times.
     *
     * @param authorities CA certificates under which authorities have theirs
     * @param crls by those CAs
     */
    public record TimeStamping(List<X509Certificate> authorities, List<X509CRL> crls) {

        /** Nobody is believed about times. */
        public static final TimeStamping NONE = new TimeStamping(List.of(), List.of());

        public TimeStamping {
            authorities = List.copyOf(authorities);
            crls = List.copyOf(crls);
        }
    }
}
