package org.embassage.sealing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A double of Vault's HTTP API, not Vault: it answers a KV version 2 read of one path to one token as the public API
 * documentation says, with real keys. Nothing here was ever run against a real Vault.
 */
final class VaultApiDouble implements AutoCloseable {

    static final String PATH = "secret/embassage/QVL-BG";
    static final String TOKEN = "s.double";
    private static final String DATA = "/v1/secret/data/embassage/QVL-BG";

    private final HttpServer server;
    private final AtomicReference<String> secret = new AtomicReference<>("");
    private final AtomicInteger refusal = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();

    VaultApiDouble() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stores the secret as its next version. */
    void put(byte[] pkcs12, String password) {
        secret.set("{\"pkcs12\":\"" + Base64.getEncoder().encodeToString(pkcs12) + "\",\"password\":\"" + password
                + "\"}");
    }

    /** Stores text that is not even JSON. */
    void putGarbage() {
        secret.set("{]");
    }

    /** From now on answers with this status: 403 no permission, 404 no secret, 503 sealed. 0: answers again. */
    void refuseWith(int status) {
        refusal.set(status);
    }

    int reads() {
        return reads.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        reads.incrementAndGet();
        if (refusal.get() != 0) {
            send(exchange, refusal.get(), "{\"errors\":[\"SYNTHETIC refusal\"]}");
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else if (!exchange.getRequestURI().getPath().equals(DATA)
                || secret.get().isEmpty()) {
            send(exchange, 404, "{\"errors\":[]}");
        } else {
            send(
                    exchange,
                    200,
                    "{\"request_id\":\"00000000-0000-0000-0000-000000000000\",\"lease_id\":\"\",\"renewable\":false,"
                            + "\"lease_duration\":0,\"data\":{\"data\":" + secret.get()
                            + ",\"metadata\":{\"created_time\":\"2026-11-25T00:00:00Z\",\"deletion_time\":\"\","
                            + "\"destroyed\":false,\"version\":1}},\"wrap_info\":null,\"warnings\":null,\"auth\":null}");
        }
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
