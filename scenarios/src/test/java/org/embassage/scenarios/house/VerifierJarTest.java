package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor's one jar, as it was built: started by itself, on this Java and on the newest one of the machine. */
class VerifierJarTest {

    private static final Path JAR = Tree.root().resolve("verifier/target/embassage-verify.jar");
    private static final Path VECTORS = Tree.root().resolve("vectors");
    /** project.build.outputTimestamp of the root pom. */
    private static final LocalDateTime STAMP = LocalDateTime.parse("2026-11-23T00:00");

    private static final String AT = "2026-11-25T06:00:00Z";

    @TempDir
    Path folder;

    /** Only a build that packages has the jar; the whole build does. */
    @BeforeEach
    void theJarWasBuilt() {
        Assumptions.assumeTrue(Files.exists(JAR), "the jar is built by ./mvnw verify");
    }

    @Test
    void itIsSmallAndSaysNothingOfTheMachineOrTheHourOfItsBuild() throws IOException {
        assertThat(Files.size(JAR)).isLessThan(15_000_000);
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getTimeLocal))
                    .as("times of the sources, none of the build")
                    .allMatch(time -> !time.isAfter(STAMP));
            assertThat(jar.getManifest().getMainAttributes().keySet().stream().map(Object::toString))
                    .doesNotContain("Built-By", "Build-Jdk", "Bnd-LastModified", "Created-By-Host");
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains("META-INF/LICENSE", "META-INF/NOTICE", "org/embassage/verifier/Main.class")
                    .noneMatch(name -> name.endsWith(".SF") || name.endsWith(".RSA"));
        }
    }

    @Test
    void itJudgesAndWritesOnPaperOnEveryJavaOfTheMachine() throws Exception {
        for (Path java : javas()) {
            Path paper = folder.resolve("report-" + javas().indexOf(java) + ".pdf");
            Run good = run(
                    java, "bundles/good-time-stamped.zip", "usual", "stamped", "--quiet", "--pdf", paper.toString());
            Run bad = run(java, "bundles/ledger-forked.zip", "usual", "baseline", "--quiet");

            assertThat(good.output).as("%s", java).startsWith("TOTAL-PASSED: ");
            assertThat(good.exitCode).isZero();
            assertThat(bad.output).startsWith("TOTAL-FAILED (LEDGER_FAILURE): ");
            assertThat(bad.exitCode).isEqualTo(3);
            assertThat(new String(Files.readAllBytes(paper), StandardCharsets.ISO_8859_1))
                    .startsWith("%PDF-1.7")
                    .contains("/AFRelationship /Source");
        }
    }

    @Test
    void itNeedsNoTemporaryFolderAndNoHome() throws Exception {
        Run run = run(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                "bundles/good-time-stamped.zip",
                "usual",
                "stamped",
                "--quiet",
                "--pdf",
                folder.resolve("report.pdf").toString());

        assertThat(run.exitCode).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("report.pdf");
        }
    }

    private record Run(int exitCode, String output) {}

    /** Home and temporary folder of the command are folders that are not there. */
    private Run run(Path java, String file, String trust, String policy, String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                java.toString(),
                "-Djava.io.tmpdir=" + folder.resolve("no-such-folder"),
                "-Duser.home=" + folder.resolve("no-such-home"),
                "-jar",
                JAR.toString(),
                VECTORS.resolve(file).toString(),
                "--trust",
                VECTORS.resolve("trust").resolve(trust).toString(),
                "--policy",
                VECTORS.resolve("policy").resolve(policy + ".txt").toString(),
                "--at",
                AT));
        command.addAll(Arrays.asList(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output.replaceAll("(?m)^WARNING: .*\\R", ""));
    }

    private static List<Path> javas() throws IOException {
        Path own = Path.of(System.getProperty("java.home"), "bin", "java");
        Path installed = Path.of("/usr/lib/jvm");
        if (!Files.isDirectory(installed)) {
            return List.of(own);
        }
        try (Stream<Path> folders = Files.list(installed)) {
            return Stream.concat(
                            Stream.of(own),
                            folders.filter(home -> home.getFileName().toString().contains("25"))
                                    .map(home -> home.resolve("bin/java"))
                                    .filter(Files::isExecutable)
                                    .sorted()
                                    .limit(1))
                    .toList();
        }
    }
}
