package org.embassage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportTest {

    private final Report report = Reports.invented();

    @Test
    void theFigureIsTheCpuTimeOfBothGatewaysForEachExchange() {
        assertThat(report.crossing().cpuMillisEach()).isEqualTo(10);
        assertThat(report.crossing().perSecond()).isEqualTo(50);
        assertThat(report.crossing().utilisation(4)).isEqualTo(0.125, within(1e-9));
    }

    @Test
    void theFloorCountsEachPartAsOftenAsAnExchangeDoesIt() {
        assertThat(report.floor().cpuMillisEach()).isEqualTo(2);
        assertThat(report.timesFloor()).isEqualTo(5);
    }

    @Test
    void whatTheStepsDoNotExplainIsNamed() {
        assertThat(report.steps().cpuMillisEach()).isEqualTo(4);
        assertThat(report.restMillisEach()).isEqualTo(6);
    }

    @Test
    void percentilesAreTimesThatWereMeasured() {
        List<Duration> times =
                IntStream.rangeClosed(1, 200).mapToObj(Duration::ofMillis).toList();

        Latencies latencies = Latencies.of(times);

        assertThat(latencies)
                .isEqualTo(new Latencies(200, Duration.ofMillis(100), Duration.ofMillis(198), Duration.ofMillis(200)));
        assertThat(Latencies.of(List.of(Duration.ofMillis(7))).p50()).isEqualTo(Duration.ofMillis(7));
    }

    @Test
    void theJsonHasASchemaVersionAndEveryFigure() throws IOException {
        JsonNode json = new ObjectMapper().readTree(ReportJson.text(report));

        assertThat(json.at("/schema").asInt()).isEqualTo(1);
        assertThat(json.at("/transport").asText()).isEqualTo("sftp");
        assertThat(json.at("/machine/commit").asText()).isEqualTo("abc");
        assertThat(json.at("/crossing/exchanges").asInt()).isEqualTo(100);
        assertThat(json.at("/crossing/cpuMillisEach").asDouble()).isEqualTo(10);
        assertThat(json.at("/crossing/machineBusy").asDouble()).isEqualTo(0.5);
        assertThat(json.at("/crossing/loaded/p50Millis").asDouble()).isEqualTo(200);
        assertThat(json.at("/crossing/loaded/p99Millis").asDouble()).isEqualTo(300);
        assertThat(json.at("/steps/each/0/step").asText()).isEqualTo("SUBMIT");
        assertThat(json.at("/steps/hot/0/share").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/floor/cpuMillisEach").asDouble()).isEqualTo(2);
        assertThat(json.at("/floor/timesFloor").asDouble()).isEqualTo(5);
    }

    @Test
    void theTableNamesMachineFigureStepsAndFloor() {
        assertThat(String.join("\n", ReportTable.lines(report)))
                .contains("SYNTHETIC processor", "100 exchanges of 10 kB by SFTP after 50")
                .containsPattern("CPU per exchange, both +10\\.00 ms +\\(5\\.0 times the floor\\)")
                .containsPattern("exchanges per second +50\\.0")
                .contains("p50 200 ms, p99 300 ms")
                .containsPattern("translate, validate.* 3\\.000 +75 %")
                .contains("75.0 %  CmsSealer.seal")
                .containsPattern("a signature +4 +0\\.2500");
    }
}
