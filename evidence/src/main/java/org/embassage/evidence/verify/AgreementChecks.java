package org.embassage.evidence.verify;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.Terms;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.verify.Material.GoodAgreement;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Checks 10 and 12: the agreements, and what receipts say of them. */
final class AgreementChecks {

    private AgreementChecks() {}

    static void agreements(Material material, PathJudge paths, Findings findings) {
        for (String path : material.paths(Kind.AGREEMENT)) {
            agreement(path, material, paths, findings);
        }
        for (String path : material.paths(Kind.AGREEMENT_SIGNATURE)) {
            stray(path, material, findings);
        }
        material.receipts.forEach(
                receipt -> receipt.evidence().terms().ifPresent(terms -> named(receipt, terms, material, findings)));
        if (findings.of(Check.AGREEMENT).isEmpty() && !material.receipts.isEmpty()) {
            findings.pass(Check.AGREEMENT, "agreements/", "no receipt names an agreement");
        }
    }

    private static void agreement(String path, Material material, PathJudge paths, Findings findings) {
        byte[] xml = material.file(path);
        Optional<AgreementFacts> facts = AgreementFacts.read(xml);
        if (facts.isEmpty()
                || !path.equals(
                        "agreements/" + facts.get().id() + ".v" + facts.get().version() + ".xml")) {
            findings.fail(
                    Check.AGREEMENT,
                    Indication.FORMAT_FAILURE,
                    path,
                    path + " is not the agreement that its name says");
            return;
        }
        boolean signed = true;
        for (var party : facts.get().parties().entrySet()) {
            String signature = path + "." + party.getKey() + ".p7s";
            signed &= SignerChecks.partySigned(
                            Check.AGREEMENT, path, signature, party.getKey(), material, paths, findings)
                    && underNamedAuthority(
                            path, signature, party.getKey(), party.getValue(), material, paths, findings);
        }
        material.agreements.put(Digest.sha256(xml).hex(), new GoodAgreement(path, facts.get(), signed));
    }

    /** The agreement itself names each party's CA. */
    private static boolean underNamedAuthority(
            String path,
            String signature,
            String country,
            Digest authority,
            Material material,
            PathJudge paths,
            Findings findings) {
        Optional<Boolean> under = CadesVerifier.verifyDetached(material.file(signature), material.file(path))
                .<Optional<Boolean>>fold(good -> paths.liesUnder(good.signer(), authority), bad -> Optional.of(false));
        if (under.isEmpty()) {
            findings.notChecked(
                    Check.AGREEMENT,
                    Indication.NO_CERTIFICATE_CHAIN_FOUND,
                    path,
                    path + " names the authority " + authority.hex() + " for " + country
                            + ", whose certificate is neither in the bundle nor among your anchors");
        } else if (!under.get()) {
            findings.fail(
                    Check.AGREEMENT,
                    Indication.CHAIN_CONSTRAINTS_FAILURE,
                    path,
                    "the party key of " + country + " that signed " + path
                            + " does not lie under the authority that the agreement names");
        }
        return under.orElse(false);
    }

    private static void stray(String path, Material material, Findings findings) {
        String file = path.substring(0, path.length() - ".QVL.p7s".length());
        String country = path.substring(file.length() + 1, file.length() + 4);
        boolean known = AgreementFacts.read(material.file(file))
                .map(facts -> facts.parties().containsKey(country))
                .orElse(false);
        if (!known) {
            findings.fail(
                    Check.AGREEMENT,
                    Indication.FORMAT_FAILURE,
                    path,
                    path + " is a signature of one who is no party, or without its agreement");
        }
    }

    /** The agreement that a receipt names is in the bundle. */
    private static void named(GoodReceipt receipt, Terms terms, Material material, Findings findings) {
        String title = "agreement " + terms.agreementId() + " version " + terms.agreementVersion();
        GoodAgreement held = material.agreements.get(terms.agreementDigest().hex());
        if (held == null) {
            String path = "agreements/" + terms.agreementId() + ".v" + terms.agreementVersion() + ".xml";
            if (material.files.containsKey(path)) {
                findings.fail(
                        Check.AGREEMENT,
                        Indication.HASH_FAILURE,
                        path,
                        path + " is not the agreement that " + receipt.title()
                                + " names: it was changed or replaced (SHA-256 differs)");
            } else {
                findings.notChecked(
                        Check.AGREEMENT,
                        Indication.SIGNED_DATA_NOT_FOUND,
                        receipt.path(),
                        receipt.title() + " names " + title + ", which the bundle does not hold");
            }
        } else if (!held.facts().id().equals(terms.agreementId())
                || held.facts().version() != terms.agreementVersion()) {
            findings.fail(
                    Check.AGREEMENT,
                    Indication.CONTRADICTION,
                    receipt.path(),
                    receipt.title() + " names " + title + " by the digest of another agreement");
        }
    }

    /** Check 12 for the receipts of one exchange, oldest first. */
    static void terms(String exchange, List<GoodReceipt> receipts, Material material, Findings findings) {
        List<GoodReceipt> stating = receipts.stream()
                .filter(r -> r.evidence().event() != EvidenceEvent.RELAY_REJECTION
                        && r.evidence().event() != EvidenceEvent.QUARANTINE_DECISION
                        && r.evidence().terms().isPresent())
                .toList();
        boolean good = true;
        for (GoodReceipt receipt : stating) {
            Optional<String> wrong = differing(stating.get(0), receipt).or(() -> unagreed(receipt, material));
            if (wrong.isPresent()) {
                good = false;
                findings.fail(
                        Check.TERMS,
                        Indication.CONTRADICTION,
                        receipt.path(),
                        receipt.title() + " of exchange " + exchange + " " + wrong.get());
            }
        }
        if (good && !stating.isEmpty()) {
            Terms terms = stating.get(0).evidence().terms().orElseThrow();
            boolean held =
                    material.agreements.containsKey(terms.agreementDigest().hex());
            findings.pass(
                    Check.TERMS,
                    exchange,
                    "exchange " + exchange + ": all under agreement " + terms.agreementId() + " version "
                            + terms.agreementVersion() + ", clause " + terms.clause()
                            + (held ? ", which permits this kind between these gateways" : ""));
        }
    }

    private static Optional<String> differing(GoodReceipt first, GoodReceipt receipt) {
        return same(first, receipt, Terms::agreementId)
                        && same(first, receipt, Terms::agreementVersion)
                        && same(first, receipt, Terms::agreementDigest)
                ? Optional.empty()
                : Optional.of("names another agreement than " + first.title());
    }

    private static <T> boolean same(GoodReceipt one, GoodReceipt other, Function<Terms, T> field) {
        return one.evidence().terms().map(field).equals(other.evidence().terms().map(field));
    }

    /** What a receipt of success says that its agreement does not permit. */
    private static Optional<String> unagreed(GoodReceipt receipt, Material material) {
        Evidence evidence = receipt.evidence();
        boolean success = switch (evidence.event()) {
            case SUBMISSION_ACCEPTANCE, RELAY_ACCEPTANCE, CONTENT_HANDOVER -> true;
            case SUBMISSION_REJECTION,
                    RELAY_REJECTION,
                    RELAY_FAILURE,
                    CONTENT_HANDOVER_FAILURE,
                    QUARANTINE_DECISION,
                    TRAFFIC_SUSPENDED,
                    TRAFFIC_RESUMED,
                    CONTENT_ERASURE -> false;
        };
        if (!success || !(evidence.subject() instanceof Subject.OfExchange of)) {
            return Optional.empty();
        }
        Terms terms = evidence.terms().orElseThrow();
        if (!terms.decision().equals("PERMIT")) {
            return Optional.of("reports a success although its decision is not PERMIT");
        }
        GoodAgreement held = material.agreements.get(terms.agreementDigest().hex());
        if (held == null) {
            return Optional.empty(); // check 10 says so
        }
        AgreementFacts facts = held.facts();
        AgreementFacts.Rule rule = facts.rules().get(terms.clause());
        if (rule == null) {
            return Optional.of("cites clause " + printable(terms.clause()) + ", which is no rule of the agreement");
        }
        var recipient = evidence.recipient().orElseThrow();
        if (!facts.agencies().contains(evidence.sender()) || !facts.agencies().contains(recipient)) {
            return Optional.of("is between gateways that the agreement does not name");
        }
        if (!rule.speaksOf(of.kind(), evidence.sender(), recipient)) {
            return Optional.of(
                    "cites clause " + terms.clause() + ", which does not speak of this kind between these gateways");
        }
        Duration skew = facts.skew();
        boolean inForce = !of.submitted().isBefore(facts.from().minus(skew))
                && of.submitted().isBefore(facts.until().plus(skew));
        return inForce ? Optional.empty() : Optional.of("was submitted while the agreement was not in force");
    }

    private static String printable(String clause) {
        return clause.matches("[A-Za-z0-9-]{1,40}") ? clause : "(not printable)";
    }
}
