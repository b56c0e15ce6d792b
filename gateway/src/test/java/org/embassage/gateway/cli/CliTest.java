package org.embassage.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo",
                "init",
                "run",
                "status",
                "exchange",
                "exchange list",
                "exchange show",
                "receipt",
                "receipt list",
                "receipt show",
                "quarantine",
                "quarantine list",
                "quarantine show",
                "quarantine reject",
                "quarantine reprocess",
                "peer",
                "peer suspend",
                "peer resume",
                "ledger",
                "ledger status",
                "ledger verify",
                "ledger export",
                "ledger proof",
                "erase",
                "erase exchange",
                "erase drop",
                "erase item",
                "erase report",
                "witness",
                "witness init",
                "witness run",
                "witness status",
                "bundle",
                "bundle export",
                "bundle dispute",
                "evidence",
                "evidence renew",
                "evidence status",
                "verify",
                "config",
                "config check",
                "config schema",
                "version"
            })
    void everyHelpBeginsWithExamples(String command) {
        int exit = run((command + " --help").trim().split(" "));

        assertThat(exit).isZero();
        assertThat(out()).startsWith("Examples:\n").contains("Usage: embassage");
    }

    @Test
    void anUnknownCommandIsAUsageErrorWithASuggestion() {
        assertThat(run("versio")).isEqualTo(ExitCode.USAGE);
        assertThat(talk()).contains("Did you mean", "version");
        assertThat(out()).isEmpty();
    }

    @Test
    void withoutACommandTheNextStepIsNamed() {
        assertThat(run()).isEqualTo(ExitCode.USAGE);
        assertThat(talk()).contains("no command was given", "embassage demo");
    }

    @Test
    void aHomeWithoutConfigurationEndsWithNineAndSaysWhatToDo() {
        assertThat(run("config", "check", "--home", folder.toString())).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(out()).contains("gateway.yaml:1:1 the file is not there").contains("embassage init");
    }

    @Test
    void jsonIsPrintedAlsoOnFailure() throws IOException {
        int exit = run("config", "check", "--json", "--home", folder.toString());

        JsonNode verdict = new ObjectMapper().readTree(out());
        assertThat(verdict.get("ok").asBoolean()).isFalse();
        assertThat(verdict.get("exit").asInt()).isEqualTo(exit);
        assertThat(verdict.get("problems")).hasSize(1);
    }

    private int run(String... arguments) {
        Terminal terminal = new Terminal(stream(out), stream(talk), false, false, false, false);
        return Cli.execute(terminal, arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String talk() {
        return talk.toString(StandardCharsets.UTF_8);
    }
}
