package org.embassage.sealing.timestamp;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request for a time-stamp (RFC 3161 §2.4.1) with a fresh nonce and certReq, and the judgement of its answer. */
final class Question {

    /** An authority whose time is farther from ours is not believed: one of the two clocks is wrong. */
    static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

    private static final Logger LOG = LoggerFactory.getLogger(Question.class);
    private static final int NONCE_BITS = 64;

    private final Digest digest;
    private final TimeStampRequest request;

    Question(Digest digest, SecureRandom random) {
        this.digest = digest;
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        this.request = generator.generate(
                TSPAlgorithms.SHA256, digest.bytes(), new BigInteger(NONCE_BITS, random).setBit(NONCE_BITS - 1));
    }

    /** TimeStampReq, DER. */
    byte[] octets() {
        try {
            return request.getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("a structure in memory", e);
        }
    }

    /**
     * The token of an answer that holds.
     *
     * @param answer TimeStampResp as it came
     * @throws Broken TIME_STAMP_UNAVAILABLE if anything is wrong with it
     */
    byte[] token(byte[] answer, TimeStampAnchors anchors, Clock clock) {
        TimeStamp token = TimeStamp.check(inDer(answer), digest)
                .fold(
                        TimeStamp.Reading.Good::timeStamp,
                        bad -> refuse(bad.problem().name()));
        Instant now = clock.instant();
        if (!token.nonce().equals(Optional.of(request.getNonce()))) {
            return refuse("OTHER_NONCE");
        }
        if (Duration.between(token.time(), now).abs().compareTo(MAX_CLOCK_DIFFERENCE) > 0) {
            return refuse("CLOCKS_DIFFER");
        }
        if (!anchors.believe(token, now)) {
            return refuse("NOT_TRUSTED");
        }
        return token.token();
    }

    private static byte[] inDer(byte[] answer) {
        try {
            TimeStampResponse response = new TimeStampResponse(answer);
            int status = response.getStatus();
            if (status != PKIStatus.GRANTED && status != PKIStatus.GRANTED_WITH_MODS) {
                return refuse("NOT_GRANTED");
            }
            return TimeStamp.inDer(response.getTimeStampToken().getEncoded()).orElseGet(() -> refuse("MALFORMED"));
        } catch (TSPException | IOException | RuntimeException malformed) {
            if (malformed instanceof Broken broken) {
                throw broken;
            }
            return refuse("MALFORMED");
        }
    }

    /** The reason is one of our own words; nothing of the answer is told. */
    static <T> T refuse(String reason) {
        LOG.warn("event=TimeStampRefused reason={}", reason);
        throw new Broken(FaultCode.TIME_STAMP_UNAVAILABLE);
    }
}
