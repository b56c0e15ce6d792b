package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.config.FileDeploymentManager;
import org.apache.activemq.artemis.core.config.impl.FileConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** docker-compose.yml and the files it mounts, as far as they can be judged without starting anything. */
class ComposeTest {

    @Test
    void everyCountryHasEveryPartAsAServiceOfItsOwn() {
        assertThat(section("services").keySet())
                .containsExactlyInAnyOrder(
                        "tsa",
                        "qvl-gateway",
                        "qvl-broker",
                        "qvl-postgres",
                        "qvl-sftp",
                        "qvl-vault",
                        "qos-gateway",
                        "qos-broker",
                        "qos-postgres",
                        "qos-sftp",
                        "qos-vault");
    }

    @Test
    void everySecretIsAFileOutsideTheRepository() {
        assertThat(section("secrets"))
                .hasSizeGreaterThan(12)
                .allSatisfy((name, secret) -> assertThat(secret)
                        .as(name)
                        .isInstanceOfSatisfying(
                                Map.class,
                                file -> assertThat(file.get("file"))
                                        .asString()
                                        .matches("\\./docker/(qvl|qos|tsa)/secrets/[a-z_.-]+")));
        assertThat(Tree.text(".gitignore")).contains("/docker/*/secrets/");
    }

    @Test
    void noImageFloatsAndNoPasswordIsWrittenDown() {
        String compose = Tree.text("docker-compose.yml");

        assertThat(compose)
                .doesNotContain(":latest")
                .doesNotContainPattern("(?i)(password|token|secret)\\w*: *[\"']?\\w{6,}");
        assertThat(compose.lines().filter(line -> line.strip().startsWith("image:")))
                .isNotEmpty()
                .allMatch(line -> line.matches(".*image: (embassage-[a-z]+|[a-z/-]+:[0-9][\\w.-]*)"));
    }

    @ParameterizedTest
    @CsvSource({"qvl, QVL-BG, QOS-POL", "qos, QOS-POL, QVL-BG"})
    void artemisReadsTheBrokersAsWeMeanThem(String country, String own, String peer) throws Exception {
        FileConfiguration broker = broker(country);

        assertThat(broker.getName()).isEqualTo(own);
        assertThat(broker.getAcceptorConfigurations()).singleElement().satisfies(acceptor -> {
            assertThat(acceptor.getParams())
                    .containsEntry("needClientAuth", "true")
                    .containsEntry("sslEnabled", "true");
            assertThat(acceptor.getCombinedParams()).containsEntry("protocols", "CORE");
        });
        assertThat(broker.getAddressSettings().get("#").isAutoCreateQueues()).isFalse();
        assertThat(broker.getAddressSettings().get("#").isAutoCreateAddresses()).isFalse();
        assertThat(rolesThatMay(broker, "in." + peer))
                .containsExactlyInAnyOrder(
                        "send peer-" + peer, "send own-gateway", "consume own-gateway", "browse own-gateway");
        assertThat(rolesThatMay(broker, "out." + peer))
                .containsExactlyInAnyOrder("send own-gateway", "consume peer-" + peer, "browse own-gateway");
    }

    private static FileConfiguration broker(String country) throws Exception {
        Path file = Tree.root().resolve("docker").resolve(country).resolve("broker/broker.xml");
        FileConfiguration configuration = new FileConfiguration();
        FileDeploymentManager manager = new FileDeploymentManager(file.toUri().toString());
        manager.addDeployable(configuration);
        manager.readConfiguration();
        return configuration;
    }

    private static List<String> rolesThatMay(FileConfiguration broker, String address) {
        return broker.getSecurityRoles().get(address).stream()
                .flatMap(role -> java.util.stream.Stream.of(
                                role.isSend() ? "send " : "",
                                role.isConsume() ? "consume " : "",
                                role.isBrowse() ? "browse " : "",
                                role.isManage() ? "manage " : "",
                                role.isCreateAddress() ? "create-address " : "",
                                role.isCreateDurableQueue() ? "create-queue " : "",
                                role.isDeleteDurableQueue() ? "delete-queue " : "")
                        .filter(right -> !right.isEmpty())
                        .map(right -> right + role.getName()))
                .toList();
    }

    private static Map<String, Object> section(String name) {
        Object root = new Load(LoadSettings.builder().build()).loadFromString(Tree.text("docker-compose.yml"));
        return strings(strings(root).get(name));
    }

    @SuppressWarnings("unchecked") // YAML mappings with text keys
    private static Map<String, Object> strings(Object mapping) {
        return (Map<String, Object>) mapping;
    }
}
