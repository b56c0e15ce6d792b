package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The recipient shows an auditor who lets nothing go what it received, without asking the sender for anything. */
class ReceivedJourneyTest {

    private static final int RECORDS = 4;

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    @Test
    void whatTheRecipientAloneExportsIsWhollyProven() {
        RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
        RunningGateway police = NEIGHBOURS.of(POLICE);
        velmark.drop("alerts.dat", new QvlSample(1, LocalDate.now(Clock.systemUTC())).drop(RECORDS, Set.of()));
        NEIGHBOURS.awaitHandedOver(velmark, RECORDS);
        await("the police hold all checkpoints of Velmark")
                .atMost(RunningGateway.SOON)
                .until(() -> own(velmark).equals(held(police)));
        Path bundle = NEIGHBOURS.folder().resolve("received.zip");

        JavaProcess.Ended exported = police.command(
                "bundle", "export", "--peer", BORDER_GUARD.value(), "--received", "--out", bundle.toString());
        JavaProcess.Ended verified = JavaProcess.run(
                NEIGHBOURS.folder(),
                List.of(
                        "verify",
                        bundle.toString(),
                        "--trust",
                        police.home().resolve("trust").toString()));

        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
        assertThat(verified.out()).contains("TOTAL-PASSED", "SubmissionAcceptance by QVL-BG");
    }

    private static List<Long> own(RunningGateway gateway) {
        return gateway.books(store ->
                store.ledgerbook().checkpoints(100).stream().map(HeldNote::size).toList());
    }

    private static List<Long> held(RunningGateway gateway) {
        return gateway.books(store -> store.ledgerbook().peerNotes(BORDER_GUARD, 100).stream()
                .map(HeldNote::size)
                .toList());
    }
}
