package org.embassage.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps by hand of the auditor's guide, run by a shell with unzip, coreutils and openssl. */
@Tag("foreign")
class GuideByHandTest {

    @TempDir
    Path folder;

    @BeforeEach
    void makeFiles() {
        assertThat(new Scene(folder)).isNotNull();
    }

    @Test
    void theStepsByHandAgreeOnAGoodBundle() throws Exception {
        String output = run("bundle.zip");

        assertThat(output.lines().filter(line -> line.equals("CAdES Verification successful")))
                .as("three receipts, two cards, two signatures of the agreement: %s", output)
                .hasSize(7);
        assertThat(output.lines().filter(line -> line.endsWith(" is as signed")))
                .hasSize(6);
        assertThat(output.lines().filter(line -> line.equals("named by the evidence")))
                .hasSize(3);
        assertThat(output.lines().filter(line -> line.equals("listed in a card")))
                .hasSize(3);
        assertThat(output).endsWith("exit code 0");
    }

    @Test
    void theStepsByHandStopAtAChangedBundle() throws Exception {
        assertThat(run("changed.zip"))
                .doesNotContain("CAdES Verification successful")
                .doesNotEndWith("exit code 0");
    }

    private String run(String bundle) throws Exception {
        Path script = folder.resolve("by-hand.sh");
        Files.writeString(script, String.join("\n", Guide.blocks("sh")).replace("bundle.zip", bundle));
        Process process = new ProcessBuilder("sh", "-eu", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return output + "exit code " + process.exitValue();
    }
}
