package org.embassage.verifier;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.embassage.evidence.Digest;
import org.embassage.evidence.bundle.EvidenceBundle;
import org.embassage.evidence.verify.EvidenceVerifier;
import org.embassage.evidence.verify.TrustAnchors;
import org.embassage.evidence.verify.VerifyPolicy;

/** Reads a file and has it judged by what the auditor brought. */
final class Judge {

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

    /** The octets of an examined file. */
    static final class Content {
        private final byte[] octets;

        private Content(byte[] octets) {
            this.octets = octets;
        }

        byte[] octets() {
            return octets.clone();
        }
    }

    Outcome judge(Path file) {
        try {
            if (Files.size(file) > EvidenceBundle.MAX_BYTES) {
                return new Outcome.Unreadable("the file is larger than any bundle");
            }
            byte[] content = Files.readAllBytes(file);
            return new Outcome.Judged(
                    new Examination(
                            file.toString(),
                            content.length,
                            Digest.sha256(content),
                            EvidenceVerifier.verify(content, trust, policy, at),
                            policy,
                            clock.instant().truncatedTo(ChronoUnit.SECONDS),
                            called),
                    new Content(content));
        } catch (IOException unreadable) {
            return new Outcome.Unreadable("the file cannot be read");
        } catch (OutOfMemoryError tooLarge) {
            return new Outcome.Unreadable("the file needs more memory than Java was given: start it with java -Xmx3g");
        }
    }
}
