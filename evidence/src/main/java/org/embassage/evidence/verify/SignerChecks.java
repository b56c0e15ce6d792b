package org.embassage.evidence.verify;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.ParsedCertificates;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.evidence.verify.Material.GoodCard;
import org.embassage.evidence.verify.Material.GoodReceipt;
import org.embassage.evidence.verify.PathJudge.Judgement;

/** Checks 6 to 9 and 11: who signed, and whether that one may be believed. */
final class SignerChecks {

    private SignerChecks() {}

    /** Check 9, first because the others ask the cards. */
    static void cards(Material material, PathJudge paths, Findings findings) {
        for (String path : material.paths(Kind.CARD)) {
            card(path, material, paths, findings);
        }
        if (material.paths(Kind.CARD).isEmpty()) {
            findings.notChecked(
                    Check.CARD, Indication.SIGNED_DATA_NOT_FOUND, "cards/", "the bundle holds no peer card");
        }
    }

    private static void card(String path, Material material, PathJudge paths, Findings findings) {
        byte[] xml = material.file(path);
        var facts = CardFacts.read(xml);
        if (facts.isEmpty()
                || !path.equals(
                        "cards/" + facts.get().gateway() + "." + facts.get().number() + ".card.xml")) {
            findings.fail(
                    Check.CARD, Indication.FORMAT_FAILURE, path, path + " is not the peer card that its name says");
            return;
        }
        CardFacts card = facts.get();
        if (partySigned(Check.CARD, path, path + ".p7s", card.country(), material, paths, findings)) {
            material.cards.add(new GoodCard(path, card));
        }
    }

    /**
     * Whether a country's party key signed the file; says so either way.
     *
     * @return whether the file may be relied on, which includes signers whose certificate ended since
     */
    static boolean partySigned(
            Check check,
            String path,
            String signaturePath,
            String country,
            Material material,
            PathJudge paths,
            Findings findings) {
        if (!material.files.containsKey(signaturePath)) {
            findings.fail(
                    check,
                    Indication.SIG_CRYPTO_FAILURE,
                    path,
                    path + " has no signature of party " + country + ": " + signaturePath + " is missing");
            return false;
        }
        SignatureCheck signature = CadesVerifier.verifyDetached(material.file(signaturePath), material.file(path));
        if (!(signature instanceof SignatureCheck.Good good)) {
            boolean differs = signature instanceof SignatureCheck.Bad bad
                    && bad.problem() == SignatureCheck.Problem.CONTENT_DIFFERS;
            findings.fail(
                    check,
                    Indication.SIG_CRYPTO_FAILURE,
                    path,
                    differs
                            ? path + " was changed after party " + country + " signed it"
                            : signaturePath + " is no good signature: it was changed, or is not of the profile");
            return false;
        }
        if (!PathJudge.names(good.signer(), "urn:embassage:party:" + country)) {
            findings.fail(
                    check,
                    Indication.SIG_CONSTRAINTS_FAILURE,
                    path,
                    path + " is signed by " + PathJudge.name(good.signer()) + ", which is not the party key of "
                            + country);
            return false;
        }
        return path(paths, findings, check, good.signer(), country, path);
    }

    /** Judges a signer under a check of its own, at the auditor's instant; revocation goes under check 7. */
    static boolean path(
            PathJudge paths, Findings findings, Check check, X509Certificate signer, String country, String subject) {
        Judgement judgement = paths.judge(signer, country);
        say(judgement, findings, check, subject);
        revocation(judgement, findings, signer, subject);
        return judgement.leadsToAnchor() || judgement.outcome() == PathJudge.Outcome.NO_LONGER_VALID;
    }

    private static void say(Judgement judgement, Findings findings, Check check, String subject) {
        String sentence = subject + ": " + judgement.sentence();
        switch (judgement.outcome()) {
            case GOOD, REVOCATION_UNKNOWN, REVOKED ->
                findings.pass(check, subject, subject + ": signed; " + judgement.sentence());
            case NOT_YET_VALID -> findings.fail(check, Indication.NOT_YET_VALID, subject, sentence);
            case NO_LONGER_VALID -> findings.fail(check, Indication.OUT_OF_BOUNDS_NO_POE, subject, sentence);
            case NO_ANCHOR -> findings.fail(check, Indication.NO_CERTIFICATE_CHAIN_FOUND, subject, sentence);
            case WRONG_USE, FORGED -> findings.fail(check, Indication.CHAIN_CONSTRAINTS_FAILURE, subject, sentence);
        }
    }

    /** Check 7: once for each certificate, but for each signature that a revocation spoils. */
    private static void revocation(Judgement judgement, Findings findings, X509Certificate signer, String what) {
        String subject = PathJudge.name(signer) + " "
                + ParsedCertificates.digest(signer).hex().substring(0, 16);
        if (judgement.outcome() == PathJudge.Outcome.REVOKED) {
            findings.fail(
                    Check.REVOCATION,
                    judgement.proven() ? Indication.REVOKED : Indication.REVOKED_NO_POE,
                    subject,
                    what + ": " + judgement.sentence());
            return;
        }
        boolean good = judgement.outcome() == PathJudge.Outcome.GOOD;
        boolean said = findings.of(Check.REVOCATION).stream()
                .anyMatch(finding -> finding.subject().equals(subject)
                        && (finding.status() == Status.PASS) == good
                        && finding.status() != Status.FAIL);
        if (said) {
            return;
        }
        if (good) {
            findings.pass(
                    Check.REVOCATION,
                    subject,
                    PathJudge.name(signer) + " is on no revocation list"
                            + (judgement.proven() ? " that takes effect before the proven time" : ""));
        } else {
            findings.notChecked(
                    Check.REVOCATION,
                    Indication.TRY_LATER,
                    subject,
                    "for " + PathJudge.name(signer) + " there is no revocation list that is in force: get a fresh"
                            + " one from its CA and put it into the trust folder");
        }
    }

    /**
     * Checks 6, 7 and 8 for the receipts, each judged at the time that is proven for it. What is good is said once for
     * each signer, what is not for each receipt.
     */
    static void receipts(Material material, PathJudge paths, ProvenTimes times, boolean bundle, Findings findings) {
        Set<List<Object>> said = new HashSet<>();
        for (GoodReceipt receipt : material.receipts) {
            GatewayId issuer = receipt.evidence().issuer();
            Judgement judgement = paths.judge(receipt.signer(), issuer.country(), times.of(receipt));
            boolean first = said.add(List.of(receipt.signer(), issuer, judgement.outcome()));
            boolean ofThisReceipt = judgement.outcome() == PathJudge.Outcome.NOT_YET_VALID
                    || judgement.outcome() == PathJudge.Outcome.NO_LONGER_VALID;
            if (first || ofThisReceipt) {
                say(judgement, findings, Check.SIGNER_PATH, receipt.title());
            }
            revocation(judgement, findings, receipt.signer(), receipt.title());
            if (said.add(List.of(receipt.signer(), issuer))) {
                gateway(material, receipt, issuer, bundle, findings);
            }
        }
    }

    private static void gateway(
            Material material, GoodReceipt receipt, GatewayId issuer, boolean bundle, Findings findings) {
        String who = PathJudge.name(receipt.signer());
        List<GoodCard> cards = material.cards.stream()
                .filter(card -> card.facts().gateway().equals(issuer))
                .toList();
        if (!PathJudge.names(receipt.signer(), "urn:embassage:gateway:" + issuer)) {
            findings.fail(
                    Check.SIGNER_GATEWAY,
                    Indication.SIG_CONSTRAINTS_FAILURE,
                    receipt.path(),
                    receipt.title() + " says that " + issuer + " issued it, but " + who + " signed, which is another's"
                            + " certificate");
        } else if (!bundle) {
            findings.pass(
                    Check.SIGNER_GATEWAY,
                    receipt.path(),
                    who + " names " + issuer + "; a single receipt comes without the peer card");
        } else if (cards.isEmpty()) {
            findings.notChecked(
                    Check.SIGNER_GATEWAY,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    receipt.path(),
                    "the bundle holds no good peer card of " + issuer + " that would list " + who);
        } else if (cards.stream()
                .noneMatch(card -> card.facts().sealCertificates().contains(receipt.signer()))) {
            findings.fail(
                    Check.SIGNER_GATEWAY,
                    Indication.SIG_CONSTRAINTS_FAILURE,
                    receipt.path(),
                    receipt.title() + " is signed by " + who + ", which the peer card of " + issuer + " does not list");
        } else {
            findings.pass(Check.SIGNER_GATEWAY, receipt.path(), who + " is listed in the peer card of " + issuer);
        }
    }

    /** Check 11: that one country's authority does not speak for another, unless the auditor says so. */
    static void countries(PathJudge paths, Findings findings) {
        SortedMap<String, SortedSet<String>> anchors = paths.anchorsOfCountries();
        Map<String, String> speaksFor = new LinkedHashMap<>();
        anchors.forEach((country, led) -> led.forEach(anchor -> {
            String other = speaksFor.putIfAbsent(anchor, country);
            if (other != null) {
                findings.fail(
                        Check.COUNTRY_AUTHORITY,
                        Indication.CHAIN_CONSTRAINTS_FAILURE,
                        other + " " + country,
                        "signers of " + other + " and of " + country + " lead to the same anchor " + anchor
                                + ": one country's authority speaks for the other, or it is a common root, which you"
                                + " say by giving it to each country by name (" + other + ".pem, " + country + ".pem)");
            }
        }));
        if (findings.of(Check.COUNTRY_AUTHORITY).isEmpty() && !anchors.isEmpty()) {
            findings.pass(
                    Check.COUNTRY_AUTHORITY,
                    String.join(" ", anchors.keySet()),
                    "the signers of each country lead to an anchor of its own");
        }
    }
}
