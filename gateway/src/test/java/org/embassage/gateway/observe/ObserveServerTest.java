package org.embassage.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.keep.StampState.Condition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveServerTest {

    private final AtomicBoolean storeWorks = new AtomicBoolean(true);
    private final AtomicReference<Health.State> stamping = new AtomicReference<>(Health.State.OK);
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ObserveServer server = ObserveServer.start(
            0,
            new Health().with("store", storeWorks::get).judged("time-stamping", stamping::get),
            meters,
            () -> meters.counter("gateway.refreshed").increment());

    /** Held here, because the registry holds what it reads weakly. */
    private final TimeStampMetrics figures = new TimeStampMetrics(
            () -> new StampState(
                    Stamping.EACH,
                    Condition.ENDED,
                    Optional.of(Instant.ofEpochSecond(1_000)),
                    Optional.of(Instant.ofEpochSecond(1_060)),
                    Optional.empty()),
            meters);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void itIsReadyWhileAllPartsWork() throws Exception {
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(200);

        storeWorks.set(false);

        HttpResponse<String> answer = get("/observe/health/ready");
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).isEqualTo("FAIL store\nok   time-stamping\n");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void aPartThatIsDegradedIsShownAndOneThatIsDownIsNotReady() throws Exception {
        stamping.set(Health.State.DEGRADED);
        HttpResponse<String> degraded = get("/observe/health/ready");
        assertThat(degraded.statusCode()).isEqualTo(200);
        assertThat(degraded.body()).isEqualTo("ok   store\nwarn time-stamping\n");

        stamping.set(Health.State.DOWN);
        assertThat(get("/observe/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void theCountdownIsAMetric() throws Exception {
        figures.refresh();

        assertThat(get("/observe/metrics").body())
                .contains("gateway_timestamp_waiting_since_timestamp_seconds 1000.0")
                .contains("gateway_timestamp_grace_end_timestamp_seconds 1060.0")
                .contains("gateway_timestamp_anchor_timestamp_seconds 0.0")
                .contains("gateway_timestamp_intake_closed 1.0");
    }

    @Test
    void metricsAreReadAnewAndFailuresAreCountedByCode() throws Exception {
        MeteredRound round = new MeteredRound(
                "submit",
                () -> {
                    throw new Broken(FaultCode.STORE_UNAVAILABLE);
                },
                meters);
        try {
            round.run();
        } catch (Broken expected) {
            assertThat(expected.fault()).isEqualTo(FaultCode.STORE_UNAVAILABLE);
        }

        assertThat(get("/observe/metrics").body())
                .contains("gateway_refreshed_total 1.0")
                .contains("gateway_round_failures_total{code=\"EMB-9001\",round=\"submit\"} 1.0")
                .contains("gateway_round_duration_seconds_count{round=\"submit\"} 1");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        assertThat(get("/observe/metrics/x").statusCode()).isEqualTo(404);
        assertThat(get("/").statusCode()).isEqualTo(404);
        HttpRequest post = HttpRequest.newBuilder(uri("/observe/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(send(post).statusCode()).isEqualTo(405);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }
}
