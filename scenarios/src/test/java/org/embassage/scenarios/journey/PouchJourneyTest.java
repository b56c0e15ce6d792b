package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.exchange.journal.ExchangeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two gateways without any line: records go on a medium, receipts come back on a medium, and the bundles of both sides hold. What
 * was done to a medium on its way is found.
 */
class PouchJourneyTest {

    private static final int RECORDS = 5;

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE)
            .changed(BORDER_GUARD, PouchJourneyTest::withoutLines)
            .changed(POLICE, PouchJourneyTest::withoutLines);

    private final RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
    private final RunningGateway police = NEIGHBOURS.of(POLICE);

    @Test
    void recordsGoByPouchReceiptsComeBackByPouchAndBothSidesCanProveThem() throws Exception {
        velmark.drop("alerts.dat", new BorderGuardFile(701, RECORDS).bytes());
        velmark.result("alerts.dat");
        await("sealing").atMost(RunningGateway.SOON).until(() -> sent().size() == RECORDS);
        Path there = medium("there");
        assertThat(velmark.command("pouch", "export", "--peer", "QOS-POL", "--out", there.toString())
                        .exit())
                .isZero();
        String shown = velmark.command("exchange", "show", sent().get(0)).out();
        assertThat(shown).contains("in pouch 1 for QOS-POL since");

        altered(there);
        forOthers(there);
        assertThat(police.handedOver()).isEmpty();

        JavaProcess.Ended taken = police.command("pouch", "import", there.toString());
        assertThat(taken.exit()).as(taken.err()).isZero();
        assertThat(taken.out()).contains("pouch     1 from QVL-BG").contains("taken in  1 of 1 bundles");
        await("hand-over")
                .atMost(RunningGateway.SOON)
                .until(() -> police.handedOver().size() == RECORDS);
        assertThat(police.command("pouch", "import", there.toString()).out()).contains("which had come before");

        // back, as one file, with the gateway at home stopped
        Path back = medium("back.zip");
        assertThat(police.command("pouch", "export", "--peer", "QVL-BG", "--out", back.toString())
                        .exit())
                .isZero();
        velmark.stop();
        JavaProcess.Ended alone = velmark.command("pouch", "import", back.toString());
        assertThat(alone.exit()).as(alone.err()).isZero();
        velmark.start();
        velmark.awaitReady();
        NEIGHBOURS.awaitHandedOver(velmark, RECORDS);
        assertThat(velmark.command("pouch", "list").out()).contains("confirmed").contains("taken in, whole");

        // cosignatures and answers about ledgers
        carried(velmark, police, "QOS-POL", medium("there-2"));
        carried(police, velmark, "QVL-BG", medium("back-2"));
        for (RunningGateway gateway : List.of(velmark, police)) {
            Path bundle = NEIGHBOURS.folder().resolve(gateway.id + ".zip");
            assertThat(gateway.command("bundle", "export", "--exchange", sent().get(0), "--out", bundle.toString())
                            .exit())
                    .isZero();
            JavaProcess.Ended verdict = JavaProcess.run(
                    NEIGHBOURS.folder(),
                    List.of(
                            "verify",
                            bundle.toString(),
                            "--trust",
                            gateway.home().resolve("trust").toString()));
            assertThat(verdict.out()).contains("TOTAL-PASSED");
        }
        assertThat(police.handedOver()).hasSize(RECORDS);
        assertThat(velmark.quarantine()).isEmpty();
        assertThat(police.quarantine()).isEmpty();
        assertThat(police.command("ledger", "verify").exit()).isZero();
        assertThat(velmark.log()).doesNotContain("EMB-9003");
    }

    /** A manifest that was changed, a bundle that was changed, a bundle that was taken out, a file that was put in. */
    private void altered(Path pouch) throws IOException {
        Path changed = copy(pouch, "changed");
        Path manifest = changed.resolve("pouch.txt");
        Files.writeString(manifest, Files.readString(manifest).replace("pouch 1\n", "pouch 9\n"));
        JavaProcess.Ended no = police.command("pouch", "import", changed.toString());
        assertThat(no.exit()).isEqualTo(6);
        assertThat(no.err()).contains("EMB-7102");

        Path damaged = copy(pouch, "damaged");
        Path bundle = damaged.resolve("b0000001.emb");
        byte[] octets = Files.readAllBytes(bundle);
        octets[octets.length / 2] ^= 1;
        Files.write(bundle, octets);
        JavaProcess.Ended part = police.command("pouch", "import", damaged.toString());
        assertThat(part.exit()).isEqualTo(1);
        assertThat(part.out()).contains("NOT TAKEN b0000001.emb").contains("EMB-7108");
        Files.delete(bundle);
        assertThat(police.command("pouch", "import", damaged.toString()).out()).contains("EMB-7107");

        Path more = copy(pouch, "more");
        Files.writeString(more.resolve("autorun.inf"), "SYNTHETIC", StandardCharsets.UTF_8);
        assertThat(police.command("pouch", "import", more.toString()).err())
                .contains("EMB-7106")
                .contains("autorun.inf");
    }

    /** Its own sender is not who it is for. */
    private void forOthers(Path pouch) {
        assertThat(velmark.command("pouch", "import", pouch.toString()).err()).contains("EMB-7104");
    }

    private static void carried(RunningGateway from, RunningGateway to, String peer, Path medium) {
        assertThat(from.command("pouch", "export", "--peer", peer, "--out", medium.toString())
                        .exit())
                .isZero();
        assertThat(to.command("pouch", "import", medium.toString()).exit()).isZero();
    }

    private List<String> sent() {
        return velmark.books(
                store -> store.register().exchanges(Optional.<ExchangeState>empty(), Optional.of(POLICE), 99).stream()
                        .map(view -> view.exchange().toString())
                        .toList());
    }

    private static Path medium(String name) {
        return NEIGHBOURS.folder().resolve(name);
    }

    private static Path copy(Path pouch, String name) throws IOException {
        Path copy = Files.createDirectory(medium(name));
        try (Stream<Path> files = Files.list(pouch)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    private static void withoutLines(Path home) {
        try {
            Path yaml = home.resolve("gateway.yaml");
            String text = Files.readString(yaml);
            int broker = text.indexOf("broker:");
            Files.writeString(
                    yaml, text.substring(0, broker) + "pouch-only: true\n\n" + text.substring(text.indexOf("feeds:")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
