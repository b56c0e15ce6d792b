package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Docker's own tool accepts docker-compose.yml, and rejects it with a service that does not exist. */
@Tag("foreign")
class ComposeCheckedByDockerTest {

    @TempDir
    Path folder;

    @Test
    void dockerAcceptsTheFile() {
        assertThat(check(Tree.root().resolve("docker-compose.yml"))).isEqualTo(new ForeignTool.Outcome(0, ""));
    }

    @Test
    void dockerRejectsItWithADependencyThatDoesNotExist() throws IOException {
        Path broken = folder.resolve("docker-compose.yml");
        Files.writeString(broken, Tree.text("docker-compose.yml").replace("[qvl-postgres, ", "[no-such-service, "));

        assertThat(check(broken).exit()).isNotZero();
    }

    private ForeignTool.Outcome check(Path file) {
        List<String> command = new ArrayList<>(compose());
        command.addAll(List.of("-f", file.toString(), "config", "-q"));
        return ForeignTool.run(folder, Map.of(), command);
    }

    /** The plugin where there is one, else the older command of the same makers. */
    private List<String> compose() {
        try {
            ForeignTool.Outcome plugin = ForeignTool.run(folder, Map.of(), List.of("docker", "compose", "version"));
            return plugin.exit() == 0 ? List.of("docker", "compose") : List.of("docker-compose");
        } catch (java.io.UncheckedIOException noDocker) {
            return List.of("docker-compose");
        }
    }
}
