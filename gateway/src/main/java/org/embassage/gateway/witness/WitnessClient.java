package org.embassage.gateway.witness;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.SignedNote;
import org.embassage.exchange.port.LedgerWitness;

/** Speaks with one neutral witness (c2sp.org/tlog-witness). Thread-safe. */
public final class WitnessClient implements LedgerWitness {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST = 1 << 17;

    private final URI prefix;
    private final CosignatureVerifier key;
    private final HttpClient http;

    /** @param prefix of its submission and monitoring addresses, without a slash at its end */
    public WitnessClient(URI prefix, CosignatureVerifier key) {
        this(prefix, key, Optional.empty());
    }

    /**
     * With a pinned TLS key.
     *
     * @param pin SHA-256 of the SubjectPublicKeyInfo of its TLS certificate, 64 hexadecimal digits: no other is spoken to,
     *     whoever issued its certificate. Without it the certificate authorities of this Java count.
     */
    public WitnessClient(URI prefix, CosignatureVerifier key, Optional<String> pin) {
        this.prefix = prefix;
        this.key = key;
        HttpClient.Builder builder =
                HttpClient.newBuilder().connectTimeout(PATIENCE).followRedirects(HttpClient.Redirect.NEVER);
        pin.map(WitnessTls::pinned).ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    @Override
    public String name() {
        return key.name();
    }

    /** What it answered. */
    public sealed interface Outcome {
        record Cosigned(SignedNote note) implements Outcome {}

        /** It holds another size than we thought. */
        record Holds(long size) implements Outcome {}

        /** For example 422: what it holds is not continued by what it was shown. */
        record Refused(int status) implements Outcome {}
    }

    public CosignatureVerifier key() {
        return key;
    }

    /**
     * Submits a checkpoint.
     *
     * @throws IOException if it cannot be reached or does not speak the protocol
     */
    public Outcome submit(long old, List<Digest> path, String note) throws IOException {
        StringBuilder body = new StringBuilder("old ").append(old).append('\n');
        path.forEach(hash ->
                body.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        body.append('\n').append(note);
        Response response = send(HttpRequest.newBuilder(URI.create(prefix + "/add-checkpoint"))
                .POST(HttpRequest.BodyPublishers.ofString(body.toString())));
        return switch (response.status()) {
            case 200 -> cosigned(note, response.body());
            case 409 -> new Outcome.Holds(size(response.body()));
            default -> new Outcome.Refused(response.status());
        };
    }

    private Outcome cosigned(String note, String lines) throws IOException {
        SignedNote signed = SignedNote.parse(note + lines).orElseThrow(() -> new IOException("not a cosignature"));
        return key.cosigned(signed).isPresent() ? new Outcome.Cosigned(signed) : new Outcome.Refused(200);
    }

    private static long size(String body) throws IOException {
        try {
            return Long.parseLong(body.strip());
        } catch (NumberFormatException other) {
            throw new IOException("not a size", other);
        }
    }

    @Override
    public Optional<String> held(String origin) throws IOException {
        Response response =
                send(HttpRequest.newBuilder(URI.create(prefix + "/" + HeldLedgers.hash(origin) + "/checkpoint"))
                        .GET());
        return response.status() == 200 ? Optional.of(response.body()) : Optional.empty();
    }

    private record Response(int status, String body) {}

    private Response send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<InputStream> response =
                    http.send(request.timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Response(
                        response.statusCode(), new String(body.readNBytes(LONGEST), StandardCharsets.UTF_8));
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
