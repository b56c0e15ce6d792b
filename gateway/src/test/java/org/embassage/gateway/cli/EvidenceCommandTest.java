package org.embassage.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.time.EvidenceRecord;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.gateway.terminal.ExitCode;
import org.embassage.gateway.terminal.Terminal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence records beside bundles are made, renewed and looked at. */
class EvidenceCommandTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream talk = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private Path home;
    private Path archive;
    private Clock clock = Clock.systemUTC();

    @BeforeEach
    void make() throws IOException {
        home = folder.resolve("QVL-BG");
        new DevelopmentHomes(Clock.systemUTC(), new SecureRandom())
                .make(List.of(new HomePlan(new GatewayId("QVL-BG"), home, "qvl", 40_200, 40_201, 40_202, 365)));
        archive = Files.createDirectories(folder.resolve("archive/2026"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(archive.resolve("bundle-" + i + ".zip"), "SYNTHETIC bundle " + i);
        }
        Files.writeString(archive.resolve("readme.txt"), "no bundle");
    }

    @Test
    void filesOfAFolderShareOneTokenAndEachHasARecordOfItsOwn() throws IOException {
        assertThat(renew()).isEqualTo(ExitCode.OK);

        assertThat(out()).isEqualTo("5 made, 0 renewed\n");
        assertThat(Files.exists(archive.resolve("readme.txt.ers"))).isFalse();
        assertThat(record("bundle-0.zip").tokens()).hasSize(1);
        assertThat(record("bundle-4.zip").tokens().get(0).token())
                .isEqualTo(record("bundle-0.zip").tokens().get(0).token());
    }

    @Test
    void aSecondRunRenewsTheTimeStampAndMakesRecordsForWhatIsNew() throws IOException {
        renew();
        Files.writeString(archive.resolve("bundle-new.asice"), "SYNTHETIC receipt");

        assertThat(renew()).isEqualTo(ExitCode.OK);

        assertThat(out()).isEqualTo("1 made, 5 renewed\n");
        assertThat(record("bundle-0.zip").tokens()).hasSize(2);
        assertThat(record("bundle-0.zip").tokens().get(1).token())
                .isEqualTo(record("bundle-1.zip").tokens().get(1).token());
        assertThat(record("bundle-new.asice").tokens()).hasSize(1);
    }

    @Test
    void theHashTreeIsRenewedOnRequest() throws IOException {
        renew();

        assertThat(renew("--hash")).isEqualTo(ExitCode.OK);

        assertThat(record("bundle-0.zip").tokens()).hasSize(2);
        assertThat(record("bundle-0.zip").tokens().get(1).token())
                .isNotEqualTo(record("bundle-1.zip").tokens().get(1).token());
    }

    @Test
    void aRecordThatDoesNotHoldIsNamedAndLeftAndTheOthersAreRenewed() throws IOException {
        renew();
        Files.writeString(archive.resolve("bundle-2.zip"), "SYNTHETIC bundle 2, changed");
        byte[] before = Files.readAllBytes(archive.resolve("bundle-2.zip.ers"));

        assertThat(renew()).isEqualTo(ExitCode.VERIFICATION_FAILED);

        assertThat(out()).contains("bundle-2.zip.ers: OTHER_FILE\n").contains("0 made, 4 renewed\n");
        assertThat(Files.readAllBytes(archive.resolve("bundle-2.zip.ers"))).isEqualTo(before);
    }

    @Test
    void aRecordWhoseAuthorityHasEndedIsLeftAsItIsBecauseItIsTooLate() throws IOException {
        renew();
        byte[] before = Files.readAllBytes(archive.resolve("bundle-2.zip.ers"));
        clock = Clock.fixed(
                record("bundle-2.zip")
                        .tokens()
                        .get(0)
                        .authority()
                        .getNotAfter()
                        .toInstant()
                        .plusSeconds(1),
                ZoneOffset.UTC);

        assertThat(renew()).isEqualTo(ExitCode.FINDING);

        assertThat(out()).contains("LATE  ").contains("bundle-2.zip.ers\n").contains("0 made, 0 renewed\n");
        assertThat(talk()).contains("would not prove the time before");
        assertThat(Files.readAllBytes(archive.resolve("bundle-2.zip.ers"))).isEqualTo(before);
        assertThat(run("evidence", "status", archive.toString())).isEqualTo(ExitCode.FINDING);
        assertThat(out()).contains("TOO LATE to renew");
    }

    @Test
    void statusSaysSinceWhenAFileIsProvenAndUntilWhenItMustBeRenewed() throws IOException {
        assertThat(run("evidence", "status", archive.toString())).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("none yet");

        renew();
        assertThat(run("evidence", "status", archive.toString())).isEqualTo(ExitCode.OK);
        assertThat(out()).contains("RENEW BEFORE").contains("good").doesNotContain("none yet");

        Files.writeString(archive.resolve("bundle-2.zip"), "SYNTHETIC bundle 2, changed");
        assertThat(run("evidence", "status", "--json", archive.toString())).isEqualTo(ExitCode.VERIFICATION_FAILED);
        assertThat(out()).contains("BAD OTHER_FILE");
    }

    @Test
    void withoutAnAuthorityOrAFileTheNextStepIsNamed() throws IOException {
        assertThat(run(
                        "evidence",
                        "renew",
                        "--home",
                        home.toString(),
                        folder.resolve("nothing").toString()))
                .isEqualTo(ExitCode.NOT_FOUND);
        Path yaml = home.resolve("gateway.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceAll("(?m)^time-stamping:.*\\n(  .*\\n)*", ""));

        assertThat(renew()).isEqualTo(ExitCode.CONFIGURATION_INVALID);
        assertThat(talk()).contains("no time-stamping authority is configured");
    }

    private EvidenceRecord record(String name) throws IOException {
        Digest digest = Digest.sha256(Files.readAllBytes(archive.resolve(name)));
        return EvidenceRecord.check(Files.readAllBytes(archive.resolve(name + ".ers")), digest)
                .fold(EvidenceRecord.Reading.Good::record, bad -> {
                    throw new AssertionError(bad.problem());
                });
    }

    private int renew(String... options) {
        String[] arguments = new String[5 + options.length];
        System.arraycopy(new String[] {"evidence", "renew", "--home", home.toString()}, 0, arguments, 0, 4);
        System.arraycopy(options, 0, arguments, 4, options.length);
        arguments[4 + options.length] = folder.resolve("archive").toString();
        return run(arguments);
    }

    private int run(String... arguments) {
        out.reset();
        Terminal terminal = new Terminal(stream(out), stream(talk), false, false, false, false);
        return Cli.execute(terminal, clock, arguments);
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
