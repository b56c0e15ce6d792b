package org.embassage.gateway.homes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.gateway.assembly.DomesticReader;
import org.embassage.gateway.assembly.Parts;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.config.ConfigurationReader;
import org.embassage.gateway.config.Problem;
import org.embassage.gateway.federation.Federation;
import org.embassage.gateway.federation.FederationReader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomesTest {

    private static final GatewayId VELMARK = new GatewayId("QVL-BG");
    private static final GatewayId OSTRANA = new GatewayId("QOS-POL");
    private static final Clock CLOCK = Clock.systemUTC();

    @TempDir
    Path folder;

    @BeforeEach
    void make() throws IOException {
        new DevelopmentHomes(CLOCK, new SecureRandom()).make(List.of(plan(VELMARK, 0), plan(OSTRANA, 3)));
    }

    @Test
    void developmentHomesKnowEachOtherAndHaveASignedAgreement() {
        for (GatewayId gateway : List.of(VELMARK, OSTRANA)) {
            Configuration configuration = configuration(gateway);
            Federation federation = federation(configuration);

            assertThat(federation.warnings()).isEmpty();
            assertThat(federation.peers().self().id()).isEqualTo(gateway);
            assertThat(federation.peers().all()).hasSize(1);
            assertThat(federation.agreements().all())
                    .singleElement()
                    .satisfies(agreement ->
                            assertThat(agreement.inForce(CLOCK.instant())).isTrue());
            assertThat(feeds(configuration)).isEqualTo(1);
        }
    }

    @Test
    void aHomeIsNeverMadeOverAnother() {
        assertThatThrownBy(() -> new DevelopmentHomes(CLOCK, new SecureRandom()).make(List.of(plan(VELMARK, 0))))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void anAgreementWithoutOneSignatureIsLeftOutWithAWarning() throws IOException {
        try (var files = Files.list(folder.resolve("QVL-BG/agreements"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".QOS.p7s")).toList()) {
                Files.delete(file);
            }
        }

        Federation federation = federation(configuration(VELMARK));

        assertThat(federation.agreements().all()).isEmpty();
        assertThat(federation.warnings()).singleElement().asString().contains("signature of party QOS is missing");
    }

    @Test
    void aChangedPeerCardMakesThePeerUnknownAndAChangedOwnCardStopsTheGateway() throws IOException {
        change(folder.resolve("QVL-BG/peers/QOS-POL.card.xml"));
        Federation federation = federation(configuration(VELMARK));
        assertThat(federation.peers().all()).isEmpty();
        assertThat(federation.warnings()).isNotEmpty();

        change(folder.resolve("QVL-BG/peers/QVL-BG.card.xml"));
        assertThat(problems(configuration(VELMARK)))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.what()).contains("peer card of this gateway, QVL-BG.card.xml"));
    }

    @Test
    void theProductionProfileRefusesDevelopmentKeysAndCertificates() throws IOException {
        Path yaml = folder.resolve("QVL-BG/gateway.yaml");
        Files.writeString(
                yaml,
                Files.readString(yaml)
                        .replace("profile: development", "profile: production")
                        .replace("embedded: true", "url: https://tsa.example/tsr"));
        Configuration configuration = configuration(VELMARK);

        assertThat(problems(configuration))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.what())
                        .isEqualTo("a development certificate stands under the production profile"));
        assertThatThrownBy(() -> Parts.keys(configuration, CLOCK))
                .isInstanceOfSatisfying(
                        Broken.class,
                        broken -> assertThat(broken.fault()).isEqualTo(FaultCode.DEVELOPMENT_KEYS_REFUSED));
    }

    private HomePlan plan(GatewayId gateway, int port) {
        return new HomePlan(
                gateway,
                folder.resolve(gateway.value()),
                HomePlan.descriptionsOf(gateway),
                40_000 + port,
                40_001 + port,
                40_002 + port,
                365);
    }

    private Configuration configuration(GatewayId gateway) {
        return ConfigurationReader.read(folder.resolve(gateway.value())).fold(known -> known, problems -> {
            throw new AssertionError(problems);
        });
    }

    private static Federation federation(Configuration configuration) {
        return FederationReader.read(configuration, CLOCK.instant()).fold(read -> read, problems -> {
            throw new AssertionError(problems);
        });
    }

    private static List<Problem> problems(Configuration configuration) {
        return FederationReader.read(configuration, CLOCK.instant()).fold(read -> List.of(), problems -> problems);
    }

    private static int feeds(Configuration configuration) {
        return DomesticReader.read(configuration).fold(read -> read.feeds().size(), problems -> -1);
    }

    private static void change(Path file) throws IOException {
        Files.writeString(file, Files.readString(file).replace("SYNTHETIC", "CHANGED"));
    }
}
