package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.BundlePath;
import org.embassage.evidence.cms.CadesVerifier;
import org.embassage.evidence.cms.SignatureCheck;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.evidence.time.EvidenceRecord.Reading;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.evidence.verify.Authorities.Opinion;

/** Parts of checks 22 and 25: what proves by when a whole file existed. */
final class RecordChecks {

    private static final String RECORD = "the evidence record";

    private RecordChecks() {}

    /**
     * The time-stamp of the exporter's signature over the index, which lists every file by digest.
     *
     * @return by when all that is listed existed, if the time-stamp proves it
     */
    static Optional<ProvenTime> index(Material material, TrustAnchors trust, Instant at, Findings findings) {
        SignatureCheck check = CadesVerifier.verifyDetached(
                material.file(BundlePath.INDEX_SIGNATURE), material.file(BundlePath.INDEX));
        if (!(check instanceof SignatureCheck.Good signature)
                || signature.timeStamp().isEmpty()) {
            return Optional.empty();
        }
        Optional<TimeStamp> token = TimeChecks.good(
                findings,
                Check.TIME_STAMP,
                BundlePath.INDEX_SIGNATURE,
                "the time-stamp of " + BundlePath.INDEX_SIGNATURE,
                signature.timeStamp().get(),
                signature.signatureValue());
        return token.flatMap(stamp -> index(stamp, new Authorities(trust, material, List.of(stamp)), at, findings));
    }

    /** One that is not believed takes nothing away: nobody must time-stamp an index. */
    private static Optional<ProvenTime> index(TimeStamp token, Authorities authorities, Instant at, Findings findings) {
        Opinion opinion = authorities.of(token, at);
        if (!opinion.believed()) {
            return Optional.empty();
        }
        findings.pass(
                Check.TIME_STAMP,
                BundlePath.INDEX_SIGNATURE,
                "all that bundle.txt lists existed by " + token.latest() + ": " + opinion.sentence());
        return Optional.of(authorities.proof(token, opinion.sentence() + " over the bundle's index"));
    }

    /** @return by when the whole file existed, if the record proves it */
    static Optional<ProvenTime> record(
            byte[] record, Digest file, TrustAnchors trust, Material material, Instant at, Findings findings) {
        Reading reading = EvidenceRecord.check(record, file);
        if (!(reading instanceof Reading.Good good)) {
            EvidenceRecord.Problem problem = ((Reading.Bad) reading).problem();
            findings.fail(Check.ARCHIVE, indication(problem), RECORD, RECORD + " is not good: " + words(problem));
            return Optional.empty();
        }
        List<TimeStamp> tokens = good.record().tokens();
        Authorities authorities = new Authorities(trust, material, tokens);
        Instant instant = at;
        for (int i = tokens.size() - 1; i >= 0; i--) {
            TimeStamp token = tokens.get(i);
            if (i > 0
                    && tokens.get(i - 1)
                            .time()
                            .minus(tokens.get(i - 1).accuracy())
                            .isAfter(token.latest())) {
                findings.fail(
                        Check.ARCHIVE,
                        Indication.TIMESTAMP_ORDER_FAILURE,
                        RECORD,
                        "token " + (i + 1) + " of " + RECORD + " states a time before the one that it renews");
                return Optional.empty();
            }
            Opinion opinion = authorities.of(token, instant);
            if (!opinion.believed()) {
                opinion.say(findings, Check.ARCHIVE, RECORD, "token " + (i + 1) + " of " + RECORD);
                return Optional.empty();
            }
            instant = token.latest();
        }
        ProvenTime proven = authorities.proof(
                tokens.get(0),
                "evidence record with a time-stamp of "
                        + PathJudge.name(tokens.get(0).authority()));
        findings.pass(
                Check.ARCHIVE,
                RECORD,
                "the whole file existed by " + instant + ": " + proven.by()
                        + (tokens.size() > 1 ? ", renewed " + (tokens.size() - 1) + " time(s)" : ""));
        return Optional.of(proven);
    }

    private static Indication indication(EvidenceRecord.Problem problem) {
        return switch (problem) {
            case MALFORMED -> Indication.FORMAT_FAILURE;
            case OTHER_FILE, NOT_CONTINUED -> Indication.HASH_FAILURE;
            case TOKEN -> Indication.SIG_CRYPTO_FAILURE;
        };
    }

    private static String words(EvidenceRecord.Problem problem) {
        return switch (problem) {
            case MALFORMED -> "it is not written as such a record, or was changed";
            case OTHER_FILE -> "it is of another file, or the file was changed";
            case NOT_CONTINUED -> "a later token is not over what came before it";
            case TOKEN -> "a token in it is forged, changed or not by a certificate for time-stamping";
        };
    }
}
