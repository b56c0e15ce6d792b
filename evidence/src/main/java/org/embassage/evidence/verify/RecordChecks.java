package org.embassage.evidence.verify;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.evidence.time.EvidenceRecord.Reading;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.evidence.verify.Authorities.Opinion;

/** Part of check 25: the evidence record beside the file, which proves by when the whole file existed. */
final class RecordChecks {

    private static final String RECORD = "the evidence record";

    private RecordChecks() {}

    /** @return by when the whole file existed, if the record proves it */
    static Optional<ProvenTime> whole(
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
        ProvenTime proven = new ProvenTime(
                instant,
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
