package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.embassage.gateway.terminal.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The commands of the operator guide: a backup while the gateway runs, a loss, a restore, a standstill, and the way on. */
class RestoreJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    private static void succeeds(JavaProcess.Ended command) {
        assertThat(command.exit()).as(command.out() + command.err()).isZero();
    }

    private JavaProcess.Ended run(String... words) {
        return JavaProcess.run(NEIGHBOURS.folder(), List.of(words));
    }

    private int sent() {
        return Neighbours.sent(velmark, Optional.empty()).size();
    }

    @Test
    void aGatewayThatLostItsMachineGoesOnFromAnOldBackup() throws IOException, InterruptedException {
        velmark.drop("first.dat", new BorderGuardFile(901, 3).bytes());
        NEIGHBOURS.awaitHandedOver(velmark, 3);
        Path backup = NEIGHBOURS.folder().resolve("backup-1");
        succeeds(velmark.command("backup", "--out", backup.toString(), "--with-keys"));
        succeeds(run("backup", "verify", backup.toString()));
        assertThat(Files.exists(backup.resolve("keys/gateway.p12"))).isTrue();
        assertThat(velmark.command("backup", "--out", backup.toString()).exit()).isEqualTo(ExitCode.REFUSED);
        velmark.drop("second.dat", new BorderGuardFile(902, 4).bytes());
        NEIGHBOURS.awaitHandedOver(velmark, 7);
        int atPolice = police.handedOver().size();

        velmark.kill();
        JavaProcess.Ended over = run(
                "restore", "--from", backup.toString(), "--home", velmark.home().toString());
        assertThat(over.exit()).isEqualTo(ExitCode.REFUSED);
        Files.move(velmark.home(), velmark.home().resolveSibling("lost"));
        succeeds(run(
                "restore", "--from", backup.toString(), "--home", velmark.home().toString()));
        velmark.start();
        await("the police to say what they hold")
                .atMost(RunningGateway.SOON)
                .ignoreExceptions() // it may not have opened its store yet
                .until(() -> velmark.books(store -> store.restorebook().told().size()) == 2);

        JavaProcess.Ended status = velmark.command("status");
        assertThat(status.exit()).isEqualTo(ExitCode.INTEGRITY_ALARM);
        assertThat(status.out() + status.err()).contains("RESTORED", "QOS-POL holds", "EMB-4011");
        assertThat(sent()).isEqualTo(3);
        succeeds(velmark.command("ledger", "reconcile", "--reason", "RESTORED", "--role", "SECURITY"));
        velmark.awaitReady();
        await("the police to send back what was lost")
                .atMost(RunningGateway.SOON)
                .until(() ->
                        velmark.books(store -> store.register().trafficStops().isEmpty()));
        NEIGHBOURS.awaitHandedOver(velmark, 7);

        velmark.drop("third.dat", new BorderGuardFile(903, 2).bytes());
        NEIGHBOURS.awaitHandedOver(velmark, 9);
        assertThat(police.handedOver()).hasSize(atPolice + 2);
        succeeds(velmark.command("ledger", "verify"));
        succeeds(police.command("ledger", "verify"));
        succeeds(velmark.command("status"));
        assertThat(velmark.command("erase", "report").out()).contains("backup backup-1");
        assertThat(velmark.quarantine()).isEmpty();
    }

    @Test
    void aBackupWhoseFileWasChangedIsNotPutBack() throws IOException {
        Path backup = NEIGHBOURS.folder().resolve("backup-2");
        succeeds(police.command("backup", "--out", backup.toString()));
        assertThat(Files.exists(backup.resolve("keys/gateway.p12"))).isFalse();
        Files.writeString(backup.resolve("gateway.yaml"), "# SYNTHETIC change\n");
        Path home = NEIGHBOURS.folder().resolve("new-home");

        JavaProcess.Ended verified = run("backup", "verify", backup.toString());
        JavaProcess.Ended restored = run("restore", "--from", backup.toString(), "--home", home.toString());

        assertThat(verified.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED);
        assertThat(verified.out()).contains("gateway.yaml was changed");
        assertThat(restored.exit()).isEqualTo(ExitCode.VERIFICATION_FAILED);
        assertThat(home).doesNotExist();
    }
}
