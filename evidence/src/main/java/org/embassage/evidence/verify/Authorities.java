package org.embassage.evidence.verify;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.embassage.evidence.cms.CertificateJudge;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Judges the authorities of time-stamps against those that the auditor believes about times. */
final class Authorities {

    /** How far the authority's clock and the auditor's may be apart. */
    private static final Duration TOLERANCE = Duration.ofSeconds(120);

    /** As keys of development homes say it (docs/operator-guide.md). */
    private static final Pattern DEVELOPMENT = Pattern.compile("OU=DEVELOPMENT ONLY(?![^,+])");

    private final boolean none;
    private final CertificateJudge judge;
    private final Set<String> parties = new TreeSet<>();

    /** @param tokens all that may be judged; their certificates and revocation lists are material like the others */
    Authorities(TrustAnchors trust, Material material, Collection<TimeStamp> tokens) {
        Set<X509Certificate> intermediates = new LinkedHashSet<>(material.certificates());
        List<X509CRL> crls = new ArrayList<>(trust.timeStamping().crls());
        crls.addAll(trust.crls());
        Set<X509CRL> found = new LinkedHashSet<>(material.crls());
        for (TimeStamp token : tokens) {
            intermediates.addAll(token.others());
            found.addAll(token.revocationLists());
        }
        crls.addAll(found);
        this.none = trust.timeStamping().authorities().isEmpty();
        this.judge = new CertificateJudge(trust.timeStamping().authorities(), intermediates, crls);
        material.receipts.stream().map(GoodReceipt::evidence).forEach(evidence -> {
            parties.add(evidence.issuer().toString());
            parties.add(evidence.sender().toString());
            evidence.recipient().ifPresent(recipient -> parties.add(recipient.toString()));
        });
    }

    /** Proof by a token that is believed. */
    ProvenTime proof(TimeStamp token, String by) {
        return new ProvenTime(token.latest(), by, interest(token.authority()));
    }

    private Optional<String> interest(X509Certificate authority) {
        String names = authority.getSubjectX500Principal().getName() + "," + alternatives(authority);
        Optional<String> party = parties.stream()
                .filter(id -> Pattern.compile("(?<![A-Z0-9-])" + Pattern.quote(id) + "(?![A-Z0-9-])")
                        .matcher(names)
                        .find())
                .findFirst();
        if (DEVELOPMENT.matcher(names).find()) {
            return Optional.of("time-stamped by a development authority"
                    + party.map(id -> " in the name of " + id).orElse("")
                    + ": that proves nothing about time to a stranger");
        }
        return party.map(id -> "time-stamped in the name of " + id
                + ", which is a party itself: that proves nothing about time against " + id);
    }

    private static String alternatives(X509Certificate authority) {
        try {
            Collection<List<?>> names = authority.getSubjectAlternativeNames();
            return names == null ? "" : names.toString();
        } catch (CertificateParsingException unreadable) {
            return "";
        }
    }

    /**
     * What is thought of a token.
     *
     * @param believed whether its time may be relied on
     * @param failed if not, whether it is bad rather than not to be decided with what is there
     */
    record Opinion(boolean believed, boolean failed, Indication indication, String sentence) {
        void say(Findings findings, Check check, String subject, String what) {
            if (failed) {
                findings.fail(check, indication, subject, what + ": " + sentence);
            } else {
                findings.notChecked(check, indication, subject, what + ": " + sentence);
            }
        }

        private static Opinion open(Indication indication, String sentence) {
            return new Opinion(false, false, indication, sentence);
        }

        private static Opinion bad(Indication indication, String sentence) {
            return new Opinion(false, true, indication, sentence);
        }
    }

    /** @param at the auditor's instant, or the time of a later token that covers this one */
    Opinion of(TimeStamp token, Instant at) {
        String who = PathJudge.name(token.authority());
        if (none) {
            return Opinion.open(
                    Indication.NO_CERTIFICATE_CHAIN_FOUND,
                    "it has a time-stamp of " + who + ", but you bring no authority for time-stamping: put its CA"
                            + " certificate into time-stamping/ in the trust folder, or do not believe the time");
        }
        if (token.time().isAfter(at.plus(TOLERANCE))) {
            return Opinion.open(
                    Indication.NO_POE,
                    "its time-stamp by " + who + " states " + token.time() + ", which is after " + at);
        }
        return switch (judge.judge(token.authority(), Use.TIME_STAMPING, at)) {
            case GOOD -> new Opinion(true, false, Indication.NONE, "time-stamp of " + who);
            case GOOD_REVOCATION_UNKNOWN ->
                Opinion.open(
                        Indication.TRY_LATER,
                        "for " + who + ", which time-stamped it, there is no revocation list that is in force at " + at
                                + ": get a fresh one from its CA and put it into time-stamping/ in the trust folder");
            case NO_PATH_TO_ANCHOR ->
                Opinion.open(
                        Indication.NO_CERTIFICATE_CHAIN_FOUND,
                        "it has a time-stamp of " + who + ", which leads to none of your authorities for time-stamping"
                                + " at " + at);
            case NOT_VALID_AT_TIME ->
                Opinion.bad(
                        Indication.OUT_OF_BOUNDS_NO_POE,
                        "the certificate of " + who + ", which time-stamped it, is valid from "
                                + token.authority().getNotBefore().toInstant() + " to "
                                + token.authority().getNotAfter().toInstant() + ", which " + at
                                + " is not, and no later archive time-stamp covers the token");
            case WRONG_USE ->
                Opinion.bad(
                        Indication.SIG_CONSTRAINTS_FAILURE,
                        "the certificate of " + who + ", which time-stamped it, is not one for time-stamping");
            case REVOKED ->
                Opinion.bad(
                        Indication.REVOKED_NO_POE,
                        "the certificate of " + who + ", which time-stamped it, or an authority above it is revoked,"
                                + " and no archive time-stamp from before that covers the token");
        };
    }
}
