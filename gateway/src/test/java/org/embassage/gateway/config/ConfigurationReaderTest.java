package org.embassage.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.StampPlan;
import org.embassage.gateway.config.Configuration.Broker;
import org.embassage.gateway.config.Configuration.Keys;
import org.embassage.gateway.config.Configuration.Profile;
import org.embassage.gateway.config.Configuration.Store;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationReaderTest {

    static final String GOOD = """
            # SYNTHETIC
            identity:
              gateway: QVL-BG
            profile: development
            store:
              sqlite: {file: data/embassage.db}
            keys:
              pkcs12:
                file: keys/gateway.p12
                password-file: keys/password
            broker:
              embedded: {port: 61617}
            feeds:
              - feeds/border.yaml
            handover:
              format: formats/domestic.yaml
            retention:
              content-days: 1095
            """;

    @TempDir
    Path home;

    @BeforeEach
    void files() throws IOException {
        for (String folder : List.of("keys", "trust/time-stamping", "peers", "agreements", "feeds", "formats")) {
            Files.createDirectories(home.resolve(folder));
        }
        for (String file : List.of("keys/gateway.p12", "keys/password", "feeds/border.yaml", "formats/domestic.yaml")) {
            Files.writeString(home.resolve(file), "SYNTHETIC");
        }
        mode("keys/password", "rw-------");
    }

    @Test
    void aGoodFileBecomesATypedConfigurationWithDefaultsAndAbsolutePaths() {
        Configuration configuration = read(GOOD).fold(known -> known, problems -> {
            throw new AssertionError(problems);
        });

        assertThat(configuration.gateway()).isEqualTo(new GatewayId("QVL-BG"));
        assertThat(configuration.profile()).isEqualTo(Profile.DEVELOPMENT);
        assertThat(configuration.store()).isEqualTo(new Store.Sqlite(home.resolve("data/embassage.db")));
        assertThat(configuration.keys())
                .isEqualTo(new Keys.Pkcs12(home.resolve("keys/gateway.p12"), home.resolve("keys/password")));
        assertThat(configuration.broker())
                .contains(new Broker.Embedded("127.0.0.1", 61617, home.resolve("data/broker")));
        assertThat(configuration.sftp()).isEmpty();
        assertThat(configuration.timers().checkpoint()).isEqualTo(Duration.ofSeconds(5));
        assertThat(configuration.retention())
                .isEqualTo(new Configuration.Retention(Duration.ofDays(1095), Duration.ofDays(30)));
    }

    @Test
    void allProblemsAreReportedTogetherWithKeyPlaceAndRemedy() {
        String bad = GOOD.replace("gateway: QVL-BG", "gateway: qvl")
                .replace("profile: development", "profil: development")
                .replace("content-days: 1095", "content-days: NO")
                .replace("{port: 61617}", "{port: 0}");

        assertThat(problems(bad))
                .extracting(Problem::toString)
                .containsExactly(
                        "gateway.yaml:2:1 profile: the key is missing; add it with one of development, production",
                        "gateway.yaml:3:12 identity.gateway: the value does not have the form that belongs here;"
                                + " write a gateway id such as QVL-BG",
                        "gateway.yaml:4:9 profil: the key is not known; did you mean profile?",
                        "gateway.yaml:12:20 broker.embedded.port: the value does not have the form that belongs here;"
                                + " write a whole number from 1 to 65535",
                        "gateway.yaml:18:17 retention.content-days: the value does not have the form that belongs here;"
                                + " write a whole number from 1 to 36500");
    }

    @Test
    void filesThatAreNotThereAreReportedAtTheirKeys() throws IOException {
        Files.delete(home.resolve("feeds/border.yaml"));
        Files.delete(home.resolve("keys/gateway.p12"));

        assertThat(problems(GOOD)).extracting(Problem::key).containsExactlyInAnyOrder("feeds[1]", "keys.pkcs12.file");
    }

    @Test
    void aPasswordThatOthersCanReadIsAProblem() throws IOException {
        mode("keys/password", "rw-r--r--");

        assertThat(problems(GOOD)).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("keys.pkcs12.password-file");
            assertThat(problem.remedy()).isEqualTo("give the file mode 0600");
        });
    }

    @Test
    void twoListenersOnOnePortAreAProblem() {
        assertThat(problems(GOOD + "observe: {port: 61617}\n"))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("the port is also that of observe.port");
        assertThat(problems(GOOD + "observe: {port: 61618}\n")).isEmpty();
    }

    @Test
    void aGatewayWithoutAnyLineMustSaySo() {
        String none = GOOD.replace("broker:\n  embedded: {port: 61617}\n", "");

        assertThat(problems(none)).singleElement().extracting(Problem::key).isEqualTo("broker");
        assertThat(problems(none + "pouch-only: true\n")).isEmpty();
        assertThat(problems(none + "pouch-only: false\n")).hasSize(1);
        assertThat(problems(GOOD + "pouch-only: true\n"))
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("pouch-only");
    }

    @Test
    void aSecretIsAReferenceAndNothingElseIs() {
        String vault = GOOD.replaceAll(
                "(?s)  pkcs12:.*keys/password",
                "  vault:\n    address: https://vault.example:8200\n    path: secret/embassage\n    token: %s");

        assertThat(problems(vault.formatted("${file:keys/password}"))).isEmpty();
        assertThat(problems(vault.formatted("${env:VAULT_TOKEN}"))).isEmpty();
        assertThat(problems(vault.formatted("hvs.SYNTHETIC"))).singleElement().satisfies(problem -> {
            assertThat(problem.what()).isEqualTo("a secret is never written into this file");
            assertThat(problem.toString()).doesNotContain("hvs.SYNTHETIC");
        });
        assertThat(problems(GOOD.replace("QVL-BG", "${env:ID}")))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("a reference stands where no secret belongs");
    }

    @Test
    void inProductionKeysNeverTravelInClear() {
        String vault = GOOD.replaceAll(
                "(?s)  pkcs12:.*keys/password",
                "  vault:\n    address: http://vault.example:8200\n    path: secret/embassage\n    token: \\${env:TOKEN}");

        assertThat(problems(vault)).isEmpty();
        assertThat(problems(vault.replace("profile: development", "profile: production")))
                .singleElement()
                .extracting(Problem::key)
                .isEqualTo("keys.vault.address");
    }

    @Test
    void aWitnessIsSpokenToInClearOnThisMachineOnly() throws GeneralSecurityException {
        String key = CosignatureVerifier.of(
                        "witness.example/one",
                        KeyPairGenerator.getInstance("Ed25519")
                                .generateKeyPair()
                                .getPublic())
                .vkey();
        String witness = GOOD + "witnesses:\n  - name: witness.example/one\n    key: " + key + "\n    url: ";

        for (String good : List.of(
                "https://witness.example", "http://127.0.0.1:8900", "http://localhost:8900", "'http://[::1]:8900'")) {
            assertThat(problems(witness + good + "\n")).as(good).isEmpty();
        }
        for (String bad : List.of(
                "http://witness.example",
                "http://127.0.0.1.witness.example",
                "http://localhost@witness.example",
                "http://192.0.2.7:8900",
                "http://0.0.0.0:8900")) {
            assertThat(problems(witness + bad + "\n")).as(bad).singleElement().satisfies(problem -> {
                assertThat(problem.key()).isEqualTo("witnesses");
                assertThat(problem.what()).isEqualTo("witness 1: others could change on the way what it says");
            });
        }
    }

    @Test
    void exactlyOneStoreMayBeNamed() {
        assertThat(problems(GOOD.replace("store:\n  sqlite: {file: data/embassage.db}", "store: {}")))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("none of its keys is there");
    }

    @Test
    void aFileThatIsNotYamlIsOneProblemAtItsPlace() {
        assertThat(problems("identity:\n  gateway: QVL-BG\n profile: x: y\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.line()).isEqualTo(3);
                    assertThat(problem.what()).isEqualTo("this is not well-formed YAML here");
                });
    }

    @Test
    void aKeyThatIsThereTwiceIsAProblem() {
        assertThat(problems(GOOD + "profile: production\n"))
                .singleElement()
                .extracting(Problem::what)
                .isEqualTo("the key is there twice");
    }

    @Test
    void countriesThatLookLikeBooleansStayTexts() {
        String norway = GOOD.replace("format: formats/domestic.yaml", "format: NO");

        assertThat(problems(norway)).singleElement().extracting(Problem::key).isEqualTo("handover.format");
    }

    private ConfigurationReader.Outcome read(String text) {
        return ConfigurationReader.read(home, text);
    }

    private List<Problem> problems(String text) {
        return read(text).fold(configuration -> List.of(), problems -> problems);
    }

    private void mode(String file, String permissions) throws IOException {
        Files.setPosixFilePermissions(home.resolve(file), PosixFilePermissions.fromString(permissions));
    }

    @Test
    void withoutTheGroupNothingIsStamped() {
        assertThat(bound(GOOD).stampPlan().isOn()).isFalse();
    }

    @Test
    void anAuthorityByAddressHasCarefulDefaults() {
        Configuration configuration = bound(GOOD + "time-stamping: {url: 'https://tsa.example/tsr'}\n");

        assertThat(configuration.timeStamping())
                .contains(new Configuration.TimeStamping(
                        new Configuration.TimeStamping.Authority.Remote(URI.create("https://tsa.example/tsr")),
                        new StampPlan(Stamping.EACH, Duration.ofMinutes(60), Duration.ofHours(24))));
    }

    @Test
    void theEmbeddedAuthorityIsForDevelopmentAlone() {
        String embedded = GOOD + "time-stamping: {embedded: true, receipts: anchored}\n";

        assertThat(bound(embedded).stampPlan().mode()).isEqualTo(Stamping.ANCHORED);
        assertThat(problems(embedded.replace("profile: development", "profile: production")))
                .extracting(Problem::key)
                .containsExactly("time-stamping.embedded");
    }

    @Test
    void timeStampsNeedExactlyOneAuthorityAndAnchorsWithinTheGrace() {
        assertThat(problems(GOOD + "time-stamping: {receipts: each}\n"))
                .extracting(Problem::key)
                .containsExactly("time-stamping");
        assertThat(problems(GOOD + "time-stamping: {embedded: true, url: 'http://tsa.example'}\n"))
                .extracting(Problem::key)
                .containsExactly("time-stamping");
        assertThat(problems(GOOD + "time-stamping: {embedded: true, anchor-minutes: 60, grace-hours: 1}\n"))
                .extracting(Problem::key)
                .containsExactly("time-stamping.anchor-minutes");
        assertThat(problems(GOOD + "time-stamping: {url: 'ftp://tsa.example'}\n"))
                .extracting(Problem::key)
                .containsExactly("time-stamping.url");
        assertThat(problems(GOOD + "time-stamping: {embedded: yes}\n"))
                .extracting(Problem::key)
                .containsExactly("time-stamping.embedded");
    }

    private Configuration bound(String text) {
        return read(text).fold(known -> known, problems -> {
            throw new AssertionError(problems);
        });
    }
}
