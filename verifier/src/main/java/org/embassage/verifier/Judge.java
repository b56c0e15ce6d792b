package org.embassage.verifier;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.dispute.DisputeBundle;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.evidence.verify.Comparison;
import org.embassage.evidence.verify.DisputeReport;
import org.embassage.evidence.verify.DisputeVerifier;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.VerifyPolicy;

/** Reads a file and has it judged by what the auditor brought. */
final class Judge {

    /** The end of the name of an evidence record (RFC 4998) that lies beside its file. */
    static final String RECORD = ".ers";

    private final TrustAnchors trust;
    private final VerifyPolicy policy;
    private final Instant at;
    private final Clock clock;
    private final Examination.Called called;

    Judge(TrustAnchors trust, VerifyPolicy policy, Instant at, Clock clock, Examination.Called called) {
        this.trust = trust;
        this.policy = policy;
        this.at = at;
        this.clock = clock;
        this.called = called;
    }

    /** What became of a file. */
    sealed interface Outcome {
        /** @param content as it was read, for a report that carries it */
        record Judged(Examination examination, Content content) implements Outcome {}

        /** @param problem in plain words */
        record Unreadable(String problem) implements Outcome {}

        default <T> T fold(Function<Judged, T> judged, Function<Unreadable, T> unreadable) {
            return this instanceof Judged good ? judged.apply(good) : unreadable.apply((Unreadable) this);
        }
    }

    Outcome judge(Path file) {
        try {
            if (Files.size(file) > EvidenceBundle.MAX_BYTES) {
                return new Outcome.Unreadable("the file is larger than any bundle");
            }
            byte[] content = Files.readAllBytes(file);
            Optional<byte[]> record = record(file);
            Optional<DisputeReport> dispute = DisputeBundle.claimed(content)
                    ? Optional.of(DisputeVerifier.verify(content, record, trust, policy, at))
                    : Optional.empty();
            return new Outcome.Judged(
                    new Examination(
                            file.toString(),
                            content.length,
                            Digest.sha256(content),
                            record.map(Digest::sha256),
                            dispute.map(DisputeReport::report)
                                    .orElseGet(() -> EvidenceVerifier.verify(content, record, trust, policy, at)),
                            dispute,
                            policy,
                            clock.instant().truncatedTo(ChronoUnit.SECONDS),
                            called),
                    new Content(content, record));
        } catch (IOException unreadable) {
            return new Outcome.Unreadable("the file cannot be read");
        } catch (OutOfMemoryError tooLarge) {
            return new Outcome.Unreadable("the file needs more memory than Java was given: start it with java -Xmx3g");
        }
    }

    /** Lays two bundles beside each other. */
    Optional<Comparison> compare(Path one, Path other) {
        try {
            if (Files.size(one) > EvidenceBundle.MAX_BYTES || Files.size(other) > EvidenceBundle.MAX_BYTES) {
                return Optional.empty();
            }
            return Optional.of(Comparison.of(Files.readAllBytes(one), Files.readAllBytes(other), trust, policy, at));
        } catch (IOException | OutOfMemoryError unreadable) {
            return Optional.empty();
        }
    }

    /** What lies beside a file as {@code <file>.ers}; too much of it to be a record is cut to what is surely none. */
    private static Optional<byte[]> record(Path file) throws IOException {
        Path beside = file.resolveSibling(file.getFileName() + RECORD);
        if (!Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(beside)) {
            return Optional.of(in.readNBytes(EvidenceRecord.MAX_BYTES + 1));
        }
    }
}
