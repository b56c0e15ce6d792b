package org.embassage.evidence.verify;

/**
 * Why a finding is not good: sub-indications of EN 319 102-1 §5.1.3 where one fits, our own where none does.
 *
 * <p>Without a trusted time nobody can tell whether a signature was made before its certificate ended or was revoked; as
 * in the standard such findings leave the verdict INDETERMINATE.
 */
public enum Indication {
    /** Nothing is wrong. */
    NONE(Verdict.TOTAL_PASSED),
    FORMAT_FAILURE(Verdict.TOTAL_FAILED),
    HASH_FAILURE(Verdict.TOTAL_FAILED),
    SIG_CRYPTO_FAILURE(Verdict.TOTAL_FAILED),
    SIG_CONSTRAINTS_FAILURE(Verdict.TOTAL_FAILED),
    CHAIN_CONSTRAINTS_FAILURE(Verdict.TOTAL_FAILED),
    /** The earliest proof of the signature is later than the revocation of its certificate. */
    REVOKED(Verdict.TOTAL_FAILED),
    /** The signature existed before its certificate was valid. */
    NOT_YET_VALID(Verdict.TOTAL_FAILED),
    /** Ours: signed statements contradict each other or the agreement. */
    CONTRADICTION(Verdict.TOTAL_FAILED),
    /** Ours: a ledger's proof does not hold, or it shows two histories. */
    LEDGER_FAILURE(Verdict.TOTAL_FAILED),
    NO_CERTIFICATE_CHAIN_FOUND(Verdict.INDETERMINATE),
    OUT_OF_BOUNDS_NO_POE(Verdict.INDETERMINATE),
    REVOKED_NO_POE(Verdict.INDETERMINATE),
    /** Time-stamps that should follow each other do not. */
    TIMESTAMP_ORDER_FAILURE(Verdict.INDETERMINATE),
    TRY_LATER(Verdict.INDETERMINATE),
    SIGNED_DATA_NOT_FOUND(Verdict.INDETERMINATE),
    NO_POE(Verdict.INDETERMINATE);

    private final Verdict worst;

    Indication(Verdict worst) {
        this.worst = worst;
    }

    /** The best verdict that is left with a finding of this indication. */
    Verdict verdict() {
        return worst;
    }
}
