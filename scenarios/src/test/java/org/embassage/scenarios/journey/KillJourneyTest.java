package org.embassage.scenarios.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.embassage.scenarios.journey.Neighbours.BORDER_GUARD;
import static org.embassage.scenarios.journey.Neighbours.POLICE;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.InboxState;
import org.embassage.translation.synthetic.QosSample;
import org.embassage.translation.synthetic.QvlSample;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Gateways are killed at random moments under load. The seed is printed; {@code -Dembassage.kill.seed} and {@code
 * -Dembassage.kill.rounds} repeat or lengthen a run.
 */
class KillJourneyTest {

    @RegisterExtension
    static final Neighbours NEIGHBOURS = new Neighbours(BORDER_GUARD, POLICE);

    private static final LocalDate TODAY = LocalDate.now(Clock.systemUTC());
    private static final int ROUNDS = Integer.getInteger("embassage.kill.rounds", 6);
    private static final int RECORDS = 10;
    private static final int LONGEST_LIFE_MILLIS = 3500;

    @Test
    void noRecordIsLostAndNoneIsHandedOverTwice() throws InterruptedException {
        long seed = Long.getLong("embassage.kill.seed", System.nanoTime());
        System.out.println("KillJourneyTest: seed " + seed);
        Random random = new Random(seed);
        RunningGateway velmark = NEIGHBOURS.of(BORDER_GUARD);
        RunningGateway police = NEIGHBOURS.of(POLICE);
        try (Collector atVelmark = new Collector(velmark.handOverFolder());
                Collector atPolice = new Collector(police.handOverFolder())) {
            for (int round = 1; round <= ROUNDS; round++) {
                velmark.drop("alerts-" + round + ".dat", new QvlSample(round, TODAY).drop(RECORDS, Set.of()));
                police.drop("patrani-" + round + ".csv", new QosSample(round, TODAY).drop(RECORDS, Set.of()));
                RunningGateway victim = random.nextBoolean() ? velmark : police;
                assertThat(victim.runsFor(random.nextInt(LONGEST_LIFE_MILLIS))).isTrue();
                victim.kill();
                victim.start();
                if (random.nextBoolean()) {
                    victim.awaitReady();
                }
            }
            NEIGHBOURS.awaitHandedOver(velmark, ROUNDS * RECORDS);
            NEIGHBOURS.awaitHandedOver(police, ROUNDS * RECORDS);

            handedOverOnce(velmark, atPolice, ".csv");
            handedOverOnce(police, atVelmark, ".xml");
        }
        whole(velmark, police);
        whole(police, velmark);
    }

    private static void handedOverOnce(RunningGateway sender, Collector collector, String ending) {
        List<String> expected = Neighbours.sent(sender, Optional.empty()).stream()
                .map(exchange -> exchange + ending)
                .toList();

        assertThat(collector.collected()).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Receipts on both sides, an empty quarantine, results for every record, a ledger that verifies. */
    private static void whole(RunningGateway sender, RunningGateway recipient) {
        List<String> exchanges = Neighbours.sent(sender, Optional.empty());
        // A ContentHandover may overtake the RelayAcceptance: the state says that all is done, one receipt is still to
        // come.
        await("all receipts at " + sender.id)
                .atMost(RunningGateway.SOON)
                .until(() -> Neighbours.events(sender, exchanges).values().stream()
                        .allMatch(events -> events.contains(EvidenceEvent.RELAY_ACCEPTANCE)));
        assertThat(Neighbours.events(sender, exchanges).values())
                .hasSize(ROUNDS * RECORDS)
                .allSatisfy(events -> assertThat(events)
                        .containsExactlyInAnyOrder(
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                EvidenceEvent.RELAY_ACCEPTANCE,
                                EvidenceEvent.CONTENT_HANDOVER));
        await("all receipts at " + recipient.id)
                .atMost(RunningGateway.SOON)
                .until(() -> Neighbours.events(recipient, exchanges).values().stream()
                        .allMatch(events -> events.contains(EvidenceEvent.SUBMISSION_ACCEPTANCE)));
        assertThat(Neighbours.events(recipient, exchanges).values())
                .hasSize(ROUNDS * RECORDS)
                .allSatisfy(events -> assertThat(events)
                        .containsExactlyInAnyOrder(
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                EvidenceEvent.RELAY_ACCEPTANCE,
                                EvidenceEvent.CONTENT_HANDOVER));
        Map<InboxState, Long> inboxes =
                recipient.books(store -> store.register().inboxCounts());
        assertThat(inboxes.getOrDefault(InboxState.HANDED_OVER, 0L)).isEqualTo(ROUNDS * RECORDS);
        await("proofs at " + sender.id).atMost(RunningGateway.SOON).until(() -> sender.unproven(recipient.id) == 0);
        await("proofs at " + recipient.id).atMost(RunningGateway.SOON).until(() -> recipient.unproven(sender.id) == 0);
        assertThat(sender.quarantine()).isEmpty();
        for (int round = 1; round <= ROUNDS; round++) {
            String name = sender.id.equals(BORDER_GUARD) ? "alerts-" + round + ".dat" : "patrani-" + round + ".csv";
            assertThat(sender.result(name).codes()).hasSize(RECORDS).containsOnly("ok");
        }
        JavaProcess.Ended verified = sender.command("ledger", "verify");
        assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    }
}
