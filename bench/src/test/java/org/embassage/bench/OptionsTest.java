package org.embassage.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

class OptionsTest {

    @Test
    void withoutOptionsTwoThousandExchangesGoByJms() {
        Options options = Options.parse();

        assertThat(options.exchanges()).isEqualTo(2000);
        assertThat(options.warmUp()).isEqualTo(2000);
        assertThat(options.transport()).isEqualTo(Transport.JMS);
        assertThat(options.json()).isEmpty();
    }

    @Test
    void everyOptionIsTaken() {
        Options options =
                Options.parse("--exchanges", "7", "--warm-up", "0", "--transport", "sftp", "--json", "out.json");

        assertThat(options.exchanges()).isEqualTo(7);
        assertThat(options.warmUp()).isZero();
        assertThat(options.transport()).isEqualTo(Transport.SFTP);
        assertThat(options.json()).contains(Path.of("out.json"));
    }

    @Test
    void aShortRunIsWarmedUpAllTheSame() {
        assertThat(Options.parse("--exchanges", "7").warmUp()).isEqualTo(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--exchanges 0",
                "--exchanges many",
                "--exchanges 200001",
                "--warm-up -2",
                "--transport fax",
                "--json",
                "--no-such",
                "word"
            })
    void whatMakesNoSenseIsRefused(String line) {
        assertThatThrownBy(() -> Options.parse(line.split(" "))).isInstanceOf(ParameterException.class);
    }

    @Test
    void aWrongCommandLineEndsWithTwoAndARemedy() {
        ByteArrayOutputStream talk = new ByteArrayOutputStream();

        int code = Bench.run(stream(new ByteArrayOutputStream()), stream(talk), "--transport", "fax");

        assertThat(code).isEqualTo(2);
        assertThat(talk.toString(StandardCharsets.UTF_8)).contains("--transport is jms or sftp", "--help");
    }

    @Test
    void helpNamesTheOptionsAndMeasuresNothing() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        int code = Bench.run(stream(out), stream(new ByteArrayOutputStream()), "--help");

        assertThat(code).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("--exchanges", "--transport", "--json");
    }

    private static PrintStream stream(ByteArrayOutputStream octets) {
        return new PrintStream(octets, true, StandardCharsets.UTF_8);
    }
}
