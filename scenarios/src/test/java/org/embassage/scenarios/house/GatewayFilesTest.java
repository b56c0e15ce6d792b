package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.config.Problem;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gateway.yaml of each country in docker/ is what {@code config check} accepts, and means every part outside. */
class GatewayFilesTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({"qvl, QVL-BG", "qos, QOS-POL"})
    void theGatewayAcceptsTheFile(String country, String gateway) throws IOException {
        Configuration configuration = read(country).fold(bound -> bound, GatewayFilesTest::fail);

        assertThat(configuration.gateway()).hasToString(gateway);
        assertThat(configuration.profile()).isEqualTo(Configuration.Profile.PRODUCTION);
        assertThat(configuration.store()).isInstanceOf(Configuration.Store.Postgres.class);
        assertThat(configuration.keys()).isInstanceOf(Configuration.Keys.Vault.class);
        assertThat(configuration.broker()).containsInstanceOf(Configuration.Broker.External.class);
        assertThat(configuration.timeStamping())
                .hasValueSatisfying(stamping -> assertThat(stamping.authority())
                        .isEqualTo(new Configuration.TimeStamping.Authority.Remote(
                                URI.create("http://tsa:8080/cgi-bin/answer"))));
        assertThat(configuration.sftp()).containsInstanceOf(Configuration.Sftp.External.class);
    }

    @ParameterizedTest
    @CsvSource({"qvl", "qos"})
    void theGatewayRefusesTheFileWithAKeyMistyped(String country) throws IOException {
        write(country, "  external:", "  exernal:");

        assertThat(ConfigurationReader.read(home).<List<Problem>>fold(bound -> List.of(), problems -> problems))
                .extracting(Problem::remedy)
                .anyMatch(remedy -> remedy.contains("external"));
    }

    private ConfigurationReader.Outcome read(String country) throws IOException {
        write(country, "", "");
        return ConfigurationReader.read(home);
    }

    /** A home as the container has it: the file as it is, but the secrets in a folder that a test may write. */
    private void write(String country, String wrong, String instead) throws IOException {
        Path secrets = Files.createDirectories(home.resolve("secrets"));
        for (String secret : List.of("database-password", "vault-token")) {
            Files.writeString(secrets.resolve(secret), "SYNTHETIC");
            Files.setPosixFilePermissions(secrets.resolve(secret), PosixFilePermissions.fromString("rw-------"));
        }
        for (String folder : List.of("trust/time-stamping", "peers", "agreements", "feeds", "formats")) {
            Files.createDirectories(home.resolve(folder));
        }
        String text = Tree.text("docker/" + country + "/gateway.yaml")
                .replace("/run/secrets/", secrets + "/")
                .replace(wrong.isEmpty() ? "\0" : wrong, instead);
        for (String line : text.lines().toList()) {
            String file = line.replaceFirst(".*[ ](\\S+\\.(yaml|pem))$", "$1");
            if (!file.equals(line) && !line.startsWith("#")) {
                Files.writeString(home.resolve(file), "# SYNTHETIC\n");
            }
        }
        Files.writeString(home.resolve("gateway.yaml"), text);
    }

    private static Configuration fail(List<Problem> problems) {
        throw new AssertionError(problems);
    }
}
