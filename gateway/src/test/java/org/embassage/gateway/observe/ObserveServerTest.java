package org.embassage.gateway.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveServerTest {

    private final AtomicBoolean storeWorks = new AtomicBoolean(true);
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ObserveServer server = ObserveServer.start(
            0,
            new Health().with("store", storeWorks::get).with("keys", () -> true),
            meters,
            () -> meters.counter("gateway.refreshed").increment());

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
        assertThat(answer.body()).isEqualTo("FAIL store\nok   keys\n");
        assertThat(get("/observe/health/live").statusCode()).isEqualTo(200);
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
