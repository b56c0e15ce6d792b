package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import jakarta.jms.JMSException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Gateways are stopped and started; what came before comes again, by both transports. */
class RestartJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);
    private final PeerInTheWrong again = new PeerInTheWrong(velmark, police);

    @Test
    void afterCleanStopsTheSameBundleByEitherTransportDoesNothingAndTrafficGoesOn()
            throws IOException, InterruptedException, JMSException {
        byte[] bundle = crossed();
        String exchange = Neighbours.sent(velmark, Optional.of(POLICE)).get(0);

        velmark.stop();
        police.stop();
        assertThat(velmark.log()).contains("\"stopped\"");
        assertThat(police.log()).contains("\"stopped\"");
        velmark.start();
        police.start();
        velmark.awaitReady();
        police.awaitReady();
        List<EvidenceId> before = receipts(exchange);
        int handedOver = police.handedOver().size();

        again.byJms(bundle);
        awaitDuplicates(1);
        Path file = again.bySftp(bundle);
        await("the bundle that came again").atMost(RunningGateway.SOON).until(() -> Files.notExists(file));
        awaitDuplicates(2);

        assertThat(receipts(exchange)).isEqualTo(before);
        assertThat(police.handedOver()).hasSize(handedOver);
        assertThat(police.quarantine()).isEmpty();
        assertThat(velmark.quarantine()).isEmpty();
        velmark.drop("after.dat", new BorderGuardFile(802, 4).bytes());
        NEIGHBOURS.awaitHandedOver(
                velmark, Neighbours.sent(velmark, Optional.empty()).size());
        assertThat(police.command("ledger", "verify").exit()).isZero();
    }

    private static List<EvidenceId> receipts(String exchange) {
        List<EvidenceId> ids = new ArrayList<>();
        for (RunningGateway gateway : NEIGHBOURS.all()) {
            Neighbours.receipts(gateway, exchange).stream()
                    .map(StoredReceipt::id)
                    .forEach(ids::add);
        }
        return ids;
    }

    private void awaitDuplicates(int count) {
        await("the duplicate to be judged")
                .atMost(RunningGateway.SOON)
                .until(() -> police.log()
                                .lines()
                                .filter(line -> line.contains("event=Duplicate"))
                                .count()
                        >= count);
    }

    /** Sends one document, catches its bundle on the way, and waits until it is handed over. */
    private byte[] crossed() throws IOException {
        BorderGuardFile document = new BorderGuardFile(801, 2);
        velmark.drop("before.dat", document.bytes());
        Path caught = NEIGHBOURS.folder().resolve("caught");
        Files.createDirectories(caught);
        List<byte[]> bundles = new ArrayList<>();
        await("a bundle on the SFTP server")
                .atMost(RunningGateway.SOON)
                .pollInterval(java.time.Duration.ofMillis(2))
                .until(() -> catchBundles(caught, bundles));
        NEIGHBOURS.awaitHandedOver(velmark, 2);
        return bundles.get(0);
    }

    /** A second name keeps the file when the gateway deletes the first. */
    private boolean catchBundles(Path caught, List<byte[]> bundles) throws IOException {
        for (Path file : RunningGateway.filesOf(again.inFolder())) {
            String name = file.getFileName().toString();
            Path copy = caught.resolve(name);
            if (name.endsWith(".emb") && Files.notExists(copy)) {
                try {
                    Files.createLink(copy, file);
                    byte[] bundle = Files.readAllBytes(copy);
                    boolean message = DispatchBundle.decode(bundle).orElseThrow().stream()
                            .anyMatch(item -> item.kind() == ItemKind.MESSAGE);
                    if (message) {
                        bundles.add(bundle);
                    }
                } catch (NoSuchFileException gone) {
                    continue;
                }
            }
        }
        return !bundles.isEmpty();
    }
}
