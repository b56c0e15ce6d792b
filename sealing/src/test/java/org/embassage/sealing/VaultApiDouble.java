package org.embassage.sealing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A double of Vault's HTTP API, not Vault: it answers KV version 2 reads, writes with check-and-set and destructions of one
 * path to one token as the public API documentation says, with real keys. Nothing here was ever run against a real Vault.
 */
final class VaultApiDouble implements AutoCloseable {

    static final String PATH = "secret/embassage/QVL-BG";
    static final String TOKEN = "s.double";
    private static final String DATA = "/v1/secret/data/embassage/QVL-BG";
    private static final String DESTROY = "/v1/secret/destroy/embassage/QVL-BG";

    private final HttpServer server;
    private final List<String> versions = new CopyOnWriteArrayList<>();
    private final Set<Integer> destroyed = new ConcurrentSkipListSet<>();
    private final AtomicInteger refusal = new AtomicInteger();
    private final AtomicInteger writeRefusal = new AtomicInteger();
    private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
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
        versions.add("{\"pkcs12\":\"" + Base64.getEncoder().encodeToString(pkcs12) + "\",\"password\":\"" + password
                + "\"}");
    }

    /** Stores text that is not even JSON. */
    void putGarbage() {
        versions.add("{]");
    }

    /** From now on answers with this status: 403 no permission, 404 no secret, 503 sealed. 0: answers again. */
    void refuseWith(int status) {
        refusal.set(status);
    }

    /** From now on answers writes and destructions with this status, and reads as ever. */
    void refuseWritesWith(int status) {
        writeRefusal.set(status);
    }

    /** Done once, before the next write is looked at. */
    void betweenReadAndWrite(Runnable change) {
        before.set(change);
    }

    int reads() {
        return reads.get();
    }

    /** The versions whose data can still be had, as JSON. */
    List<String> kept() {
        List<String> kept = new ArrayList<>();
        for (int i = 1; i <= versions.size(); i++) {
            if (!destroyed.contains(i)) {
                kept.add(versions.get(i - 1));
            }
        }
        return kept;
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean write = !exchange.getRequestMethod().equals("GET");
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        reads.incrementAndGet();
        if (refusal.get() != 0 || write && writeRefusal.get() != 0) {
            send(
                    exchange,
                    refusal.get() == 0 ? writeRefusal.get() : refusal.get(),
                    "{\"errors\":[\"SYNTHETIC refusal\"]}");
        } else if (!TOKEN.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"))) {
            send(exchange, 403, "{\"errors\":[\"permission denied\"]}");
        } else if (write && path.equals(DATA)) {
            written(exchange, body);
        } else if (write && path.equals(DESTROY)) {
            Matcher number = Pattern.compile("[0-9]+").matcher(body);
            while (number.find()) {
                destroyed.add(Integer.valueOf(number.group()));
            }
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        } else if (!path.equals(DATA) || versions.isEmpty()) {
            send(exchange, 404, "{\"errors\":[]}");
        } else {
            send(
                    exchange,
                    200,
                    answer("{\"data\":" + versions.get(versions.size() - 1) + ",\"metadata\":" + metadata() + "}"));
        }
    }

    private void written(HttpExchange exchange, String body) throws IOException {
        before.getAndSet(() -> {}).run();
        Matcher cas = Pattern.compile("\"cas\":\"?([0-9]+)").matcher(body);
        if (!cas.find() || Integer.parseInt(cas.group(1)) != versions.size()) {
            send(exchange, 400, "{\"errors\":[\"check-and-set parameter did not match the current version\"]}");
            return;
        }
        versions.add("{\"pkcs12\":\"" + field(body, "pkcs12") + "\",\"password\":\"" + field(body, "password") + "\"}");
        send(exchange, 200, answer(metadata()));
    }

    private static String field(String body, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(body);
        if (!found.find()) {
            throw new IllegalStateException("a write without " + name);
        }
        return found.group(1);
    }

    private String metadata() {
        return "{\"created_time\":\"2026-11-25T00:00:00Z\",\"deletion_time\":\"\",\"destroyed\":false,\"version\":"
                + versions.size() + "}";
    }

    private static String answer(String data) {
        return "{\"request_id\":\"00000000-0000-0000-0000-000000000000\",\"lease_id\":\"\",\"renewable\":false,"
                + "\"lease_duration\":0,\"data\":" + data + ",\"wrap_info\":null,\"warnings\":null,\"auth\":null}";
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
