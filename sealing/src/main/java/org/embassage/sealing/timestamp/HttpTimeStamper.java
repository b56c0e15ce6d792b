package org.embassage.sealing.timestamp;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.embassage.evidence.Digest;
import org.embassage.evidence.time.TimeStamp;
import org.embassage.exchange.port.TimeStamper;

/**
 * Asks an authority by HTTP or HTTPS (RFC 3161 §3.4). Sends a fresh nonce and asks for the certificate; follows no
 * redirection; takes no answer above 72 KiB; gives up after 5 s without connection and 15 s altogether. Over plain HTTP
 * nothing is lost but privacy about digests: tokens are signed and bound to the nonce. Thread-safe.
 */
public final class HttpTimeStamper implements TimeStamper {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration WHOLE = Duration.ofSeconds(15);
    private static final int MAX_ANSWER = TimeStamp.MAX_BYTES + 8 * 1024;
    private static final String QUERY = "application/timestamp-query";
    private static final String REPLY = "application/timestamp-reply";

    private final URI authority;
    private final TimeStampAnchors anchors;
    private final Clock clock;
    private final SecureRandom random;
    private final Duration whole;
    private final HttpClient client;

    /** @param authority its address, {@code http} or {@code https}; for HTTPS the platform's list of CAs counts */
    public HttpTimeStamper(URI authority, TimeStampAnchors anchors, Clock clock, SecureRandom random) {
        this(authority, anchors, clock, random, WHOLE);
    }

    HttpTimeStamper(URI authority, TimeStampAnchors anchors, Clock clock, SecureRandom random, Duration whole) {
        this.authority = authority;
        this.anchors = anchors;
        this.clock = clock;
        this.random = random;
        this.whole = whole;
        this.client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    @Override
    public byte[] stamp(Digest sha256) {
        Question question = new Question(sha256, random);
        return question.token(answer(question.octets()), anchors, clock);
    }

    private byte[] answer(byte[] question) {
        HttpRequest request = HttpRequest.newBuilder(authority)
                .timeout(whole)
                .header("Content-Type", QUERY)
                .header("Accept", REPLY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(question))
                .build();
        CompletableFuture<HttpResponse<byte[]>> coming = client.sendAsync(request, info -> new LimitedBody(MAX_ANSWER));
        try {
            return body(coming.get(whole.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException none) {
            coming.cancel(true);
            return Question.refuse("NO_ANSWER");
        } catch (InterruptedException stopping) {
            coming.cancel(true);
            Thread.currentThread().interrupt();
            return Question.refuse("INTERRUPTED");
        }
    }

    private static byte[] body(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            return Question.refuse("HTTP_STATUS_" + response.statusCode());
        }
        String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.equals(REPLY) && !type.startsWith(REPLY + ";")) {
            return Question.refuse("CONTENT_TYPE");
        }
        return response.body();
    }
}
