package org.embassage.evidence.vectors;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.embassage.evidence.verify.Check;
import org.embassage.evidence.verify.Indication;
import org.embassage.evidence.verify.Verdict;

/**
 * One file of vectors/ and what a verifier must say of it.
 *
 * @param file below vectors/
 * @param trust a folder below vectors/trust
 * @param policy a file below vectors/policy
 * @param check the name of the check that says it; {@code -} if all is well
 * @param done what was done, in one sentence
 */
record Vector(
        String file,
        String trust,
        String policy,
        Instant at,
        Verdict verdict,
        String check,
        Indication indication,
        String done,
        Callable<byte[]> maker) {

    /** When all vectors are judged, unless they say otherwise. */
    static final Instant NOW = Instant.parse("2026-11-25T06:00:00Z");

    static Vector bundle(String name, Check check, Indication indication, String done, Callable<byte[]> maker) {
        return of("bundles/" + name + ".zip", "usual", check, indication, done, maker);
    }

    static Vector receipt(String name, Check check, Indication indication, String done, Callable<byte[]> maker) {
        return of("receipts/" + name + ".asice", "pinned", check, indication, done, maker);
    }

    static Vector goodBundle(String name, String done, Callable<byte[]> maker) {
        return good("bundles/" + name + ".zip", "usual", done, maker);
    }

    static Vector goodReceipt(String name, String done, Callable<byte[]> maker) {
        return good("receipts/" + name + ".asice", "pinned", done, maker);
    }

    /** A file that is there already, judged otherwise. */
    static Vector again(String file, Check check, Indication indication, String done) {
        return of(file, file.startsWith("receipts/") ? "pinned" : "usual", check, indication, done, () -> {
            throw new IllegalStateException("made elsewhere");
        });
    }

    private static Vector good(String file, String trust, String done, Callable<byte[]> maker) {
        return new Vector(file, trust, "baseline", NOW, Verdict.TOTAL_PASSED, "-", Indication.NONE, done, maker);
    }

    private static Vector of(
            String file, String trust, Check check, Indication indication, String done, Callable<byte[]> maker) {
        String which = indication == Indication.NONE ? "-" : check.id();
        return new Vector(file, trust, "baseline", NOW, worst(indication), which, indication, done, maker);
    }

    private static Verdict worst(Indication indication) {
        return switch (indication) {
            case NONE -> Verdict.TOTAL_PASSED;
            case TIMESTAMP_ORDER_FAILURE,
                    NO_CERTIFICATE_CHAIN_FOUND,
                    OUT_OF_BOUNDS_NO_POE,
                    REVOKED_NO_POE,
                    TRY_LATER,
                    SIGNED_DATA_NOT_FOUND,
                    NO_POE -> Verdict.INDETERMINATE;
            default -> Verdict.TOTAL_FAILED;
        };
    }

    Vector trusting(String folder) {
        return new Vector(file, folder, policy, at, verdict, check, indication, done, maker);
    }

    Vector under(String other) {
        return new Vector(file, trust, other, at, verdict, check, indication, done, maker);
    }

    Vector at(Instant other) {
        return new Vector(file, trust, policy, other, verdict, check, indication, done, maker);
    }

    /** Its line in vectors.txt. */
    String line() {
        return String.join(" | ", file, trust, policy, at.toString(), verdict.words(), check, indication.name(), done);
    }
}
