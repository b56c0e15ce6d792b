package org.embassage.verifier;

import java.util.List;
import java.util.Map;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Status;
import org.embassage.evidence.verify.Verdict;
import org.embassage.evidence.verify.VerificationReport;

/**
 * What an indication means, and what to do, for somebody who has never heard of EN 319 102-1. Each sentence is without
 * its full stop.
 */
final class Explanation {

    private static final String KEEP =
            "do not rely on it; keep the file as it is, for it may itself be evidence; ask both"
                    + " gateways for a new export of the same exchange, and compare";
    private static final String ASK =
            "ask the gateway that exported it for a new export, or its peer for one of its own";
    private static final String ASK_THE_SIDE =
            "ask the gateway whose bundle lacks it for a new export of the same exchange, from itself and not by way of the"
                    + " other side; show it what the other holds, and ask why it was missing";
    private static final String FRESH_LIST =
            "get a fresh revocation list from the authority of which the sentence speaks, ";
    private static final String OWN_CONTINUITY =
            "the file is that of the ledger's owner, who alone makes such proofs: ask it for a new export of the same"
                    + " exchange, and if they are missing again, why; compare with the peer's bundle";
    private static final Words UNKNOWN =
            new Words("something is not as it must be", "read the sentences of the checks");

    private static final Map<String, Words> OF = Map.ofEntries(
            entry(
                    "NONE",
                    "nothing was found to be wrong",
                    "rely on it, but for no more than it proves: see the limits"),
            entry("FORMAT_FAILURE", "the file, or a part of it, is not written as the format demands", KEEP),
            entry("HASH_FAILURE", "something was changed, removed or replaced after it was signed or listed", KEEP),
            entry("SIG_CRYPTO_FAILURE", "a signature does not belong to what it is said to sign", KEEP),
            entry(
                    "SIG_CONSTRAINTS_FAILURE",
                    "a signature is real, but not by the one who had to sign, or not of the kind that counts here",
                    KEEP),
            entry(
                    "CHAIN_CONSTRAINTS_FAILURE",
                    "a certificate is from an authority that may not speak for that country, or borrows the name of one",
                    KEEP),
            entry(
                    "CONTRADICTION",
                    "signed statements contradict each other, the agreement, or the exporter's own ledger",
                    KEEP),
            entry(
                    "LEDGER_FAILURE",
                    "a proof that something is in a ledger is false, or a gateway shows two histories of its ledger",
                    KEEP + "; tell the bodies that oversee both gateways"),
            entry(
                    "REVOKED",
                    "the key was revoked before the signature was made, as an independent time-stamp shows",
                    KEEP),
            entry(
                    "EXPIRED",
                    "the certificate had ended before the signature was made, as an independent time-stamp shows",
                    KEEP),
            entry("NOT_YET_VALID", "the certificate began after the signature was made", KEEP),
            entry(
                    "TIMESTAMP_ORDER_FAILURE",
                    "a time-stamp says that something existed before it can have existed",
                    "do not rely on the times; ask the gateway that exported it, and its time-stamping authority, how that"
                            + " came"),
            entry(
                    "CRYPTO_CONSTRAINTS_FAILURE",
                    "a method was used that is no longer, or never was, strong enough",
                    KEEP),
            entry(
                    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
                    "a method is no longer strong enough, and nothing independent shows that it was used while it was",
                    ASK + "; ask it for an export with renewed time-stamps"),
            entry(
                    "NO_CERTIFICATE_CHAIN_FOUND",
                    "nobody whom you trust vouches for somebody who signed",
                    "get the CA certificate that the sentence names from that country itself and put it into the trust"
                            + " folder; if the country does not know it, do not believe the signer"),
            entry(
                    "OUT_OF_BOUNDS_NO_POE",
                    "a certificate is not valid at the time for which you asked, and nothing independent shows that it was"
                            + " when it signed",
                    "ask for the time of the event with --at, or for an export with time-stamps"),
            entry(
                    "REVOKED_NO_POE",
                    "a key was revoked, and nothing independent shows whether it had signed before",
                    "ask for an export with time-stamps; ask the CA since when the key is not to be trusted"),
            entry(
                    "REVOKED_CA_NO_POE",
                    "the certificate of an authority was revoked, and nothing independent shows what it had signed before",
                    "ask that country for its present CA certificate, and since when the old one is not to be trusted"),
            entry("TRY_LATER", "something that is needed for the decision is too old, or was not there yet", ASK),
            entry(
                    "CERTIFICATE_CHAIN_GENERAL_FAILURE",
                    "a certificate cannot be judged",
                    "get the certificates of that country's authorities from the country itself"),
            entry("SIGNED_DATA_NOT_FOUND", "a part that is needed for the decision is not in the file", ASK),
            entry(
                    "NO_POE",
                    "nothing independent confirms when it was signed",
                    ASK
                            + ", after its time-stamps have come; or decide that the gateways' own clocks are enough for you,"
                            + " and say so in a policy"));

    private Explanation() {}

    /** For one indication. */
    private record Words(String meaning, String advice) {}

    private static Map.Entry<String, Words> entry(String name, String meaning, String advice) {
        return Map.entry(name, new Words(meaning, advice));
    }

    /** Whether this indication has words of its own. */
    static boolean knows(Indication why) {
        return OF.containsKey(why.name());
    }

    static String meaning(Indication why) {
        return OF.getOrDefault(why.name(), UNKNOWN).meaning();
    }

    /** What a report means: an omission is no contradiction of two who signed. */
    static String meaning(VerificationReport report) {
        return report.indication() == Indication.CONTRADICTION
                        && report.of(Check.PERIOD).findings().stream()
                                .anyMatch(finding -> finding.status() == Status.FAIL
                                        && report.sentence().contains(finding.sentence()))
                ? "the exporter states that nothing is missing, and its own ledger shows that something is"
                : meaning(report.indication());
    }

    static String advice(Indication why) {
        return OF.getOrDefault(why.name(), UNKNOWN).advice();
    }

    /** What to do about a report: what came too early is asked for elsewhere than what is too old. */
    static String advice(VerificationReport report) {
        if (report.indication() == Indication.SIGNED_DATA_NOT_FOUND
                && report.checks().stream()
                        .anyMatch(result -> result.check() == Check.SIDES && result.status() == Status.NOT_CHECKED)) {
            return ASK_THE_SIDE;
        }
        if (report.indication() != Indication.TRY_LATER) {
            return advice(report.indication());
        }
        List<String> advice = report.checks().stream()
                .filter(result -> result.status() == Status.NOT_CHECKED && !result.optional())
                .filter(result -> result.findings().stream()
                        .anyMatch(finding ->
                                finding.status() == Status.NOT_CHECKED && finding.indication() == Indication.TRY_LATER))
                .map(result -> result.check() == Check.CONTINUITY && ofTheOwner(report)
                        ? OWN_CONTINUITY
                        : later(result.check()))
                .distinct()
                .toList();
        return advice.isEmpty() ? ASK : String.join("; ", advice);
    }

    /** Whether the ledgers that are not proven to continue are the exporter's own. */
    private static boolean ofTheOwner(VerificationReport report) {
        return report.of(Check.CONTINUITY).findings().stream()
                .filter(finding -> finding.status() == Status.NOT_CHECKED)
                .allMatch(finding -> report.index()
                        .filter(index -> finding.subject().startsWith(index.exporter() + "/"))
                        .isPresent());
    }

    private static String later(Check check) {
        return switch (check) {
            case REVOCATION -> FRESH_LIST + "put it into your trust folder as a *.crl file, and run the command again";
            case TIME_STAMP, ARCHIVE ->
                FRESH_LIST
                        + "put it into time-stamping/ in your trust folder as a *.crl file, and run the command again";
            case CONTINUITY ->
                "ask the gateway whose ledger the sentence names for its own bundle of the same exchange: it alone makes"
                        + " such proofs; if you have both sides' bundles, ask it for a new one by `embassage bundle export"
                        + " ... --beside OTHER.zip`; or let continuity go by a policy, and compare both sides' bundles";
            case PERIOD ->
                "ask the other gateway for its bundle of the same period: whatever came over the line is in its ledger"
                        + " too";
            case WITNESSED ->
                "ask the gateway that exported it for a new export: its peer cosigns when they are next in touch; if no"
                        + " cosignature ever comes, ask the peer whether its card names a witness key and what it last"
                        + " cosigned; until then only the issuer itself says that its ledger was not changed since, so"
                        + " get the peer's bundle and compare";
            default ->
                "ask the gateway that exported it for a new export: proofs come with the issuer's next checkpoints; if"
                        + " they never come, ask the issuer why its ledger lacks what it signed";
        };
    }

    /** What the verdict says, whatever led to it. */
    static String verdict(Verdict verdict) {
        return switch (verdict) {
            case TOTAL_PASSED -> "every check holds, but for those that the auditor lets go";
            case INDETERMINATE -> "nothing is shown to be wrong, but something is missing or cannot be decided";
            case TOTAL_FAILED -> "something was changed or forged, or contradicts itself";
        };
    }
}
