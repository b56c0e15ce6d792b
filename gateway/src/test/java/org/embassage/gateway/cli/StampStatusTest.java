package org.embassage.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import org.embassage.store.SqlStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} shows where time-stamping stands, from the store alone. */
class StampStatusTest {

    private static final Clock CLOCK = Clock.systemUTC();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void make() throws IOException {
        home = folder.resolve("QVL-BG");
        new DevelopmentHomes(CLOCK, new SecureRandom())
                .make(List.of(new HomePlan(new GatewayId("QVL-BG"), home, "qvl", 40_100, 40_101, 40_102, 365)));
    }

    @Test
    void evidenceThatHasJustComeIsNoNews() {
        leafWaitsFor(Duration.ofMinutes(1));

        assertThat(status()).contains("time-stamping: each; up to date").doesNotContain("GRACE");
        assertThat(talk()).contains("nothing needs a person");
    }

    @Test
    void evidenceThatWaitsShowsTheCountdown() {
        leafWaitsFor(Duration.ofHours(20).plusMinutes(30));

        assertThat(status()).contains("time-stamping: each; BEHIND").contains("the grace ends in 3 h 2");
        assertThat(talk()).contains("needs you: ").contains("no new drops will be taken");
    }

    @Test
    void theEndOfTheGraceIsSaidAloud() throws IOException {
        leafWaitsFor(Duration.ofHours(25));

        assertThat(status()).contains("GRACE ENDED").contains("no new drops are taken");
        out.reset();
        JsonNode time = new ObjectMapper().readTree(status("--json")).get("timeStamping");
        assertThat(time.get("mode").asText()).isEqualTo("EACH");
        assertThat(time.get("condition").asText()).isEqualTo("ENDED");
        assertThat(Instant.parse(time.get("graceEnds").asText())).isBefore(Instant.now());
    }

    @Test
    void aGatewayWithoutTimeStampsSaysSo() throws IOException {
        Path yaml = home.resolve("gateway.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceAll("(?m)^time-stamping:.*\\n(  .*\\n)*", ""));
        leafWaitsFor(Duration.ofDays(9));

        assertThat(status()).contains("time-stamping: none\n");
        assertThat(talk()).contains("nothing needs a person");
    }

    private void leafWaitsFor(Duration waited) {
        Configuration configuration = ConfigurationReader.read(home).fold(known -> known, problems -> {
            throw new AssertionError(problems);
        });
        Instant at = Instant.now().minus(waited).truncatedTo(ChronoUnit.MILLIS);
        EvidenceId id = new Uuids(CLOCK, new SecureRandom()).nextEvidenceId();
        LedgerLeaf leaf = LedgerLeaf.act(id, "TIME_STAMPING_SET", "gateway", "each");
        try (SqlStore store = Parts.store(configuration, Parts.keys(configuration, CLOCK))) {
            StepResult result = store.journal()
                    .commit(StepOutcome.of(
                            new Fact.TimeStampingSet(Stamping.EACH, 0, at, leaf),
                            new Fact.CheckpointSigned(1, at, "SYNTHETIC note")));
            assertThat(result).isInstanceOf(StepResult.Committed.class);
        }
    }

    private String status(String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "status";
        arguments[1] = "--home";
        arguments[2] = home.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        Terminal terminal = new Terminal(stream(out), stream(talk), false, false, false, false);
        assertThat(Cli.execute(terminal, arguments)).as(talk()).isEqualTo(ExitCode.OK);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String talk() {
        return talk.toString(StandardCharsets.UTF_8);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
