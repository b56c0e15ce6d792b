package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH reads the sshd_config of the containers as we mean it: keys only, SFTP only, nothing forwarded. */
@Tag("foreign")
class SftpServerCheckedByOpensshTest {

    private static final String SSHD = "/usr/sbin/sshd";

    @TempDir
    Path folder;

    @BeforeEach
    void makeAHostKey() throws IOException {
        Files.createDirectories(Path.of("/run/sshd")); // where Debian's sshd separates privileges
        assertThat(run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", hostKey()))
                        .exit())
                .isZero();
    }

    @Test
    void opensshLetsInByKeyOnlyAndForwardsNothing() throws IOException {
        ForeignTool.Outcome settings = ask("");

        assertThat(settings.exit()).isZero();
        assertThat(settings.output().lines())
                .contains(
                        "passwordauthentication no",
                        "kbdinteractiveauthentication no",
                        "authenticationmethods publickey",
                        "permitrootlogin no",
                        "permittty no",
                        "disableforwarding yes",
                        "subsystem sftp internal-sftp");
    }

    @Test
    void opensshRejectsTheFileWithAWordMistyped() throws IOException {
        assertThat(ask("PassworAuthentication no\n").exit()).isNotZero();
    }

    /** The settings that OpenSSH would use. */
    private ForeignTool.Outcome ask(String before) throws IOException {
        Path config = folder.resolve("sshd_config");
        Files.writeString(
                config,
                before
                        + Tree.text("docker/openssh/sshd_config")
                                .replaceFirst("(?m)^HostKey .*$", "HostKey " + hostKey()));
        return run(List.of(SSHD, "-T", "-f", config.toString()));
    }

    private String hostKey() {
        return folder.resolve("host_key").toString();
    }

    private ForeignTool.Outcome run(List<String> command) {
        return ForeignTool.run(folder, Map.of(), command);
    }
}
