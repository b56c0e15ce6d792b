package org.embassage.gateway.observe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Serves {@code /observe/health/live}, {@code /observe/health/ready} and {@code /observe/metrics} on 127.0.0.1, to
 * anyone on this machine; so it names no person, no file and no exchange.
 */
public final class ObserveServer implements AutoCloseable {

    private static final String PLAIN = "text/plain; charset=utf-8";
    private static final String METRICS = "text/plain; version=0.0.4; charset=utf-8";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    private ObserveServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts.
     *
     * @param port 0 for any free one
     * @throws IllegalStateException if the port is taken
     */
    public static ObserveServer start(int port, Health health, PrometheusMeterRegistry metrics, Runnable refresh) {
        try {
            HttpServer server = HttpServer.create(
                    new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port), 8);
            ObserveServer observe = new ObserveServer(server);
            observe.serve("/observe/health/live", () -> new Answer(200, PLAIN, "live\n"));
            observe.serve("/observe/health/ready", () -> ready(health.ask()));
            observe.serve("/observe/metrics", () -> {
                refresh.run();
                return new Answer(200, METRICS, metrics.scrape());
            });
            server.setExecutor(observe.threads);
            server.start();
            return observe;
        } catch (IOException taken) {
            throw new IllegalStateException("port " + port + " of observe is taken", taken);
        }
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private static Answer ready(Map<String, Health.State> parts) {
        String text = parts.entrySet().stream()
                .map(part -> word(part.getValue()) + part.getKey() + "\n")
                .collect(Collectors.joining());
        return new Answer(parts.containsValue(Health.State.DOWN) ? 503 : 200, PLAIN, text);
    }

    private static String word(Health.State state) {
        return switch (state) {
            case OK -> "ok   ";
            case DEGRADED -> "warn ";
            case DOWN -> "FAIL ";
        };
    }

    private void serve(String path, Supplier<Answer> answers) {
        server.createContext(path, exchange -> {
            try (exchange) {
                answer(exchange, path, answers);
            }
        });
    }

    @SuppressWarnings("CatchingUnchecked") // whatever fails, the caller is told by the code alone
    private static void answer(HttpExchange exchange, String path, Supplier<Answer> answers) throws IOException {
        Answer answer;
        if (!exchange.getRequestMethod().equals("GET")) {
            answer = new Answer(405, PLAIN, "GET only\n");
        } else if (!exchange.getRequestURI().getPath().equals(path)) {
            answer = new Answer(404, PLAIN, "not found\n");
        } else {
            try {
                answer = answers.get();
            } catch (RuntimeException failed) {
                answer = new Answer(503, PLAIN, "not available\n");
            }
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private record Answer(int status, String type, String body) {}
}
