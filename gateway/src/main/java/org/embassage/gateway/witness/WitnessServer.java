package org.embassage.gateway.witness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.embassage.gateway.witness.WitnessDoor.Answer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a neutral witness over HTTPS, or over HTTP on the loopback address, where a proxy may stand before it. */
public final class WitnessServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WitnessServer.class);
    private static final int THREADS = 4;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

    private WitnessServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts.
     *
     * @param port 0 for any free one
     * @throws IOException if the home cannot be read or the port is taken
     * @throws IllegalStateException if a file of the home is damaged
     */
    public static WitnessServer start(WitnessHome home, String host, int port, Clock clock) throws IOException {
        return start(home, host, port, Optional.empty(), clock);
    }

    /**
     * Starts.
     *
     * @param tls without it only the loopback address is served
     * @throws IllegalArgumentException for another address without TLS
     */
    public static WitnessServer start(WitnessHome home, String host, int port, Optional<SSLContext> tls, Clock clock)
            throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (tls.isEmpty() && (address.isUnresolved() || !address.getAddress().isLoopbackAddress())) {
            throw new IllegalArgumentException("plain HTTP is for the loopback address alone");
        }
        WitnessDoor door = new WitnessDoor(home.folder(), home.cosigner(), home.logs(), clock);
        HttpServer server = tls.isEmpty() ? HttpServer.create(address, 16) : secure(address, tls.get());
        WitnessServer started = new WitnessServer(server);
        server.createContext("/", exchange -> {
            try (exchange) {
                respond(exchange, door);
            }
        });
        server.setExecutor(started.threads);
        server.start();
        return started;
    }

    private static HttpServer secure(InetSocketAddress address, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(address, 16);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return server;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static void respond(HttpExchange exchange, WitnessDoor door) throws IOException {
        Answer answer;
        try {
            answer = answer(exchange, door);
        } catch (IOException full) {
            LOG.error("event=WitnessFailed path={}", exchange.getRequestURI().getPath());
            answer = Answer.of(500, "cannot be kept now\n");
        }
        LOG.info("event=WitnessAnswered method={} status={}", exchange.getRequestMethod(), answer.status());
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    private static Answer answer(HttpExchange exchange, WitnessDoor door) throws IOException {
        String path = exchange.getRequestURI().getPath();
        boolean post = exchange.getRequestMethod().equals("POST");
        if (path.equals("/add-checkpoint") || path.equals("/receipts")) {
            if (!post) {
                return Answer.of(405, "POST only\n");
            }
            byte[] body = exchange.getRequestBody().readNBytes(WitnessDoor.LONGEST + 1);
            if (body.length > WitnessDoor.LONGEST) {
                return Answer.of(413, "too large\n");
            }
            return path.equals("/receipts") ? door.deposit(body) : door.addCheckpoint(body);
        }
        boolean checkpoint = path.startsWith("/") && path.endsWith("/checkpoint") && path.length() == 76;
        if (checkpoint && exchange.getRequestMethod().equals("GET")) {
            return door.checkpoint(path.substring(1, 65));
        }
        return Answer.of(404, "not found\n");
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
