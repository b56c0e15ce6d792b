package org.embassage.evidence.vectors;

import java.time.Instant;
import java.util.List;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;

/** Good files, judged with other anchors, lists, policies or instants: what the auditor brings decides. */
final class AuditorsSide {

    private static final Instant AFTER_THE_END = Instant.parse("2027-06-01T00:00:00Z");
    private static final Instant BEFORE_THE_START = Instant.parse("2026-11-01T00:00:00Z");

    private static final String BUNDLE = "bundles/good-handed-over.zip";
    private static final String RECEIPT = "receipts/good-b-b.asice";

    private AuditorsSide() {}

    static List<Vector> all() {
        return List.of(
                judged(
                                BUNDLE,
                                Check.SIGNER_PATH,
                                Indication.CHAIN_CONSTRAINTS_FAILURE,
                                "anchors of the same names and other keys")
                        .trusting("roots-swapped"),
                judged(BUNDLE, Check.SIGNER_PATH, Indication.NO_CERTIFICATE_CHAIN_FOUND, "the anchor of somebody else")
                        .trusting("roots-unknown"),
                judged(
                                BUNDLE,
                                Check.SIGNER_PATH,
                                Indication.NO_CERTIFICATE_CHAIN_FOUND,
                                "each country's anchor, bound to the other country")
                        .trusting("roots-exchanged"),
                judged(
                                BUNDLE,
                                Check.INCLUSION,
                                Indication.LEDGER_FAILURE,
                                "another ledger key of QOS-POL than its card names")
                        .trusting("other-ledger-key"),
                judged(
                                BUNDLE,
                                Check.REVOCATION,
                                Indication.REVOKED_NO_POE,
                                "a revocation list on which the seal of QOS-POL stands; no time-stamp says that it signed before")
                        .trusting("seal-revoked"),
                judged(
                                BUNDLE,
                                Check.SIGNER_PATH,
                                Indication.OUT_OF_BOUNDS_NO_POE,
                                "an instant after its certificates ended; no time-stamp says that they signed before")
                        .at(AFTER_THE_END),
                judged(
                                BUNDLE,
                                Check.SIGNER_PATH,
                                Indication.OUT_OF_BOUNDS_NO_POE,
                                "an instant before its certificates began")
                        .at(BEFORE_THE_START),
                judged(BUNDLE, Check.TIME_STAMP, Indication.NO_POE, "a policy that wants every check")
                        .under("strict"),
                judged(
                                RECEIPT,
                                Check.REVOCATION,
                                Indication.REVOKED_NO_POE,
                                "a revocation list on which the seal stands; no time-stamp says that it signed before")
                        .trusting("seal-revoked"),
                judged(
                                RECEIPT,
                                Check.SIGNER_PATH,
                                Indication.CHAIN_CONSTRAINTS_FAILURE,
                                "anchors of the same names and other keys")
                        .trusting("roots-swapped"),
                judged(RECEIPT, Check.INCLUSION, Indication.SIGNED_DATA_NOT_FOUND, "nobody's ledger key")
                        .trusting("no-ledger-keys"));
    }

    /** A good file, with something else brought by the auditor. */
    private static Vector judged(String file, Check check, Indication indication, String brought) {
        return Vector.again(file, check, indication, "a good file, judged with " + brought);
    }
}
