package org.embassage.sealing.timestamp;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import org.embassage.exchange.fault.Broken;

/** The {@link DevelopmentTsa} by HTTP, on 127.0.0.1 only, for tests and for trying an address in the configuration. */
public final class DevelopmentTsaServer implements AutoCloseable {

    private static final int MAX_QUESTION = 4096;

    private final HttpServer server;

    private DevelopmentTsaServer(HttpServer server) {
        this.server = server;
    }

    /**
     * Starts.
     *
     * @param port 0 for any free one
     * @throws IOException if the port is taken
     */
    public static DevelopmentTsaServer start(DevelopmentTsa authority, int port) throws IOException {
        InetAddress here = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(here, port), 8);
        server.createContext("/tsa", exchange -> {
            try (exchange) {
                answer(exchange, authority);
            }
        });
        server.start();
        return new DevelopmentTsaServer(server);
    }

    /** Where it is asked. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsa");
    }

    private static void answer(HttpExchange exchange, DevelopmentTsa authority) throws IOException {
        byte[] question = exchange.getRequestBody().readNBytes(MAX_QUESTION + 1);
        if (!exchange.getRequestMethod().equals("POST") || question.length > MAX_QUESTION) {
            exchange.sendResponseHeaders(400, -1);
            return;
        }
        try {
            byte[] answer = authority.answer(question);
            exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        } catch (Broken unusable) {
            exchange.sendResponseHeaders(500, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
