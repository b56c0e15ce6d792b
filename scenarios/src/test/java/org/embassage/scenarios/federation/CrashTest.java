package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.scenarios.federation.CrashingJournal.Crash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Either gateway dies just before or just after each of its commits in turn and is started again: nothing is lost, nothing
 * is handed over twice, every receipt is there.
 */
class CrashTest {

    private static final int COMMITS = 9;

    @TempDir
    Path folder;

    @Test
    void theSenderMayDieAtEachOfItsCommits() {
        dieAtEachCommit(BORDER_GUARD);
    }

    @Test
    void theRecipientMayDieAtEachOfItsCommits() {
        dieAtEachCommit(POLICE);
    }

    private void dieAtEachCommit(GatewayId victim) {
        try (Federation federation = new Federation(folder)) {
            int dropped = 0;
            int crashes = 0;
            for (int commit = 0; commit < COMMITS; commit++) {
                for (boolean after : new boolean[] {false, true}) {
                    federation.gateway(victim).journal.crashAt(commit, after);
                    dropped++;
                    crashes += crossOnce(federation, victim, dropped) ? 1 : 0;
                    everythingIsThere(federation, dropped, victim + " commit " + commit + " after " + after);
                }
            }
            assertThat(crashes).as("the victim really died").isGreaterThan(COMMITS / 2);
        }
    }

    /** One record crosses while the victim dies; whether it did. */
    private static boolean crossOnce(Federation federation, GatewayId victim, int number) {
        byte[] content = Documents.drop(List.of(Documents.vehicles(number).get(number - 1)));
        DropId drop = federation.gateway(BORDER_GUARD).ids.nextDropId();
        boolean died = false;
        try {
            federation.gateway(BORDER_GUARD).intake.take(Documents.FEED, drop, content);
            federation.settle();
        } catch (Crash crash) {
            died = true;
            federation.start(victim);
            // the edge brings again what was not acknowledged: the drop, and the letters on their way
            federation.gateway(BORDER_GUARD).intake.take(Documents.FEED, drop, content);
        }
        federation.settle();
        federation.clock.forward(Duration.ofMinutes(15));
        federation.settle();
        return died;
    }

    private static void everythingIsThere(Federation federation, int dropped, String when) {
        Gateway velmark = federation.gateway(BORDER_GUARD);
        assertThat(velmark.register.exchangeCounts().getOrDefault(ExchangeState.HANDED_OVER, 0L))
                .as(when)
                .isEqualTo(2L * dropped);
        for (GatewayId recipient : List.of(POLICE, BORDER_POLICE)) {
            assertThat(federation.desks.get(recipient).handedOver)
                    .as(when)
                    .hasSize(dropped)
                    .doesNotHaveDuplicates();
        }
        for (ExchangeView view : velmark.register.exchanges(Optional.empty(), Optional.of(POLICE), 1000)) {
            assertThat(velmark.register.receipts(view.exchange()).stream().map(StoredReceipt::event))
                    .as(when)
                    .containsExactlyInAnyOrder(
                            EvidenceEvent.SUBMISSION_ACCEPTANCE,
                            EvidenceEvent.RELAY_ACCEPTANCE,
                            EvidenceEvent.CONTENT_HANDOVER);
        }
        assertThat(velmark.register.quarantine(10)).as(when).isEmpty();
        assertThat(federation.gateway(POLICE).register.quarantine(10)).as(when).isEmpty();
    }
}
