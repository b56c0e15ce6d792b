package org.embassage.sealing.timestamp;

import java.nio.file.Path;
import java.time.Instant;
import org.embassage.evidence.cms.CertificateJudge.Use;
import org.embassage.evidence.cms.CertificateJudge.Verdict;
import org.embassage.evidence.time.TimeStamp;

/**
 * The time-stamping authorities that this gateway believes: those under the CA certificates of one folder and not on its
 * revocation lists, as they are at the moment. Nothing is fetched. Thread-safe.
 */
public final class TimeStampAnchors {

    /** Whether a token counts if no list in force speaks of its authority. */
    public enum Revocation {
        REQUIRED,
        IF_KNOWN
    }

    private final WatchedFolder folder;
    private final Revocation revocation;

    /** @param folder with {@code *.pem} and {@code *.crl}; as long as there is none, nobody is believed */
    public TimeStampAnchors(Path folder, Revocation revocation) {
        this.folder = new WatchedFolder(folder);
        this.revocation = revocation;
    }

    /** Whether the authority of the token may be believed at that time. */
    public boolean believe(TimeStamp token, Instant at) {
        Verdict verdict = folder.judge(token.others()).judge(token.authority(), Use.TIME_STAMPING, at);
        return revocation == Revocation.REQUIRED ? verdict == Verdict.GOOD : verdict.isGood();
    }
}
