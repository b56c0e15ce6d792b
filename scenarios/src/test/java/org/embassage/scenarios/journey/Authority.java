package org.embassage.scenarios.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/** A time-stamping authority by HTTP that a test starts, stops, and makes misbehave. */
final class Authority implements AutoCloseable {

    /** In a TimeStampReq by us the digest comes first, then the nonce, then certReq (RFC 3161 §2.4.1). */
    private static final byte[] DIGEST_HEAD = {0x04, 0x20};

    private static final int DIGEST_OCTETS = 32;

    /** How it answers. */
    enum Manner {
        GOOD,
        NOTHING_LIKE_IT,
        NO_BODY,
        HTML,
        SERVER_ERROR,
        OTHER_NONCE,
        OTHER_DIGEST,
        STRANGER,
        SLOW_CLOCK,
        REJECTION,
        SILENCE
    }

    private final UnaryOperator<byte[]> good;
    private final UnaryOperator<byte[]> stranger;
    private final UnaryOperator<byte[]> slow;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final int port;
    private volatile Manner manner = Manner.GOOD;
    private Optional<HttpServer> server = Optional.empty();

    /**
     * Starts it on a free port.
     *
     * @param good makes TimeStampResp of TimeStampReq
     * @param stranger does so with the key of an authority that nobody believes
     * @param slow does so by a clock that is far behind
     */
    Authority(UnaryOperator<byte[]> good, UnaryOperator<byte[]> stranger, UnaryOperator<byte[]> slow) {
        this.good = good;
        this.stranger = stranger;
        this.slow = slow;
        this.port = start(0);
    }

    String url() {
        return "http://127.0.0.1:" + port + "/tsa";
    }

    void behave(Manner next) {
        manner = next;
    }

    /** Nobody listens any more. */
    void goAway() {
        server.ifPresent(running -> running.stop(0));
        server = Optional.empty();
    }

    /** Listens at the old address again. */
    void comeBack() {
        start(port);
    }

    private int start(int wanted) {
        try {
            HttpServer http = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), wanted), 8);
            http.setExecutor(threads);
            http.createContext("/tsa", this::serve);
            http.start();
            server = Optional.of(http);
            return http.getAddress().getPort();
        } catch (IOException taken) {
            throw new UncheckedIOException(taken);
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        Manner now = manner;
        try (exchange) {
            byte[] question = exchange.getRequestBody().readAllBytes();
            if (now == Manner.SILENCE) {
                awaitEnd();
                return;
            }
            byte[] body = answer(now, question);
            exchange.getResponseHeaders()
                    .set("Content-Type", now == Manner.HTML ? "text/html" : "application/timestamp-reply");
            exchange.sendResponseHeaders(now == Manner.SERVER_ERROR ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private byte[] answer(Manner now, byte[] question) {
        return switch (now) {
            case GOOD, HTML, SERVER_ERROR, SILENCE -> good.apply(question);
            case NOTHING_LIKE_IT -> "SYNTHETIC: no time-stamp".getBytes(StandardCharsets.UTF_8);
            case NO_BODY -> new byte[0];
            case OTHER_NONCE -> good.apply(changed(question, nonceEnd(question)));
            case OTHER_DIGEST -> good.apply(changed(question, digestAt(question)));
            case STRANGER -> stranger.apply(question);
            case SLOW_CLOCK -> slow.apply(question);
            case REJECTION -> good.apply(new byte[] {1, 2, 3});
        };
    }

    private static byte[] changed(byte[] question, int at) {
        byte[] other = question.clone();
        other[at] ^= 1;
        return other;
    }

    private static int digestAt(byte[] question) {
        for (int at = 0; at + DIGEST_HEAD.length + DIGEST_OCTETS < question.length; at++) {
            if (question[at] == DIGEST_HEAD[0] && question[at + 1] == DIGEST_HEAD[1]) {
                return at + DIGEST_HEAD.length;
            }
        }
        throw new IllegalArgumentException("no digest of 32 octets");
    }

    /** The last octet of the INTEGER behind the digest. */
    private static int nonceEnd(byte[] question) {
        int at = digestAt(question) + DIGEST_OCTETS;
        if (question[at] != 0x02) {
            throw new IllegalArgumentException("no nonce");
        }
        return at + 1 + question[at + 1];
    }

    private void awaitEnd() {
        try {
            closing.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        goAway();
        threads.shutdownNow();
    }
}
