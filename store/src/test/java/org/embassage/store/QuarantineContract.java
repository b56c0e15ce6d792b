package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.StepResult;
import org.junit.jupiter.api.Test;

/** What every {@link Register} promises of the quarantine and of orders. */
interface QuarantineContract extends StoreUnderTest {

    private Register register() {
        return store().register();
    }

    // ---- quarantine

    @Test
    default void eachPersonReleasesAnItemOnce() {
        commitAll(new Fact.ReleaseGiven("q-1", "p-00112233445566aa", NOON));
        commitAll(new Fact.ReleaseGiven("q-1", "p-00112233445566bb", NOON.plusSeconds(1)));

        assertThat(commit(new Fact.ReleaseGiven("q-1", "p-00112233445566aa", NOON)))
                .isInstanceOf(StepResult.Conflict.class);
        assertThat(register().releases("q-1")).containsExactly("p-00112233445566aa", "p-00112233445566bb");
        assertThat(register().releases("q-2")).isEmpty();
    }

    @Test
    default void aQuarantinedItemIsReadWithItsDetailAndBytes() {
        commitAll(Samples.quarantined("q-1", "SYNTHETIC detail", "SYNTHETIC bytes"));
        commitAll(Samples.quarantined("q-2", "other", "other"));

        assertThat(register().quarantined("q-1"))
                .contains(new QuarantineView(
                        "q-1",
                        Fault.of(FaultCode.UNOPENABLE),
                        Optional.of("SYNTHETIC detail"),
                        Optional.of(OSTRANA),
                        Optional.empty(),
                        Optional.empty(),
                        NOON,
                        15,
                        Optional.empty()));
        assertThat(text(register().quarantineContent("q-1"))).isEqualTo("SYNTHETIC bytes");
        assertThat(register().quarantine(9)).extracting(QuarantineView::id).containsExactly("q-2", "q-1");
        assertThat(register().quarantined("q-3")).isEmpty();
    }

    @Test
    default void anItemIsDecidedOnce() {
        commitAll(Samples.quarantined("q-1", "SYNTHETIC detail", "SYNTHETIC bytes"));
        commitAll(new Fact.QuarantineDecided("q-1", "REPROCESS", NOON));

        assertThat(commit(new Fact.QuarantineDecided("q-1", "REJECT", NOON)))
                .isEqualTo(new StepResult.Conflict(StepResult.Kind.STATE_MOVED));
        assertThat(register().quarantined("q-1").flatMap(QuarantineView::decision))
                .contains("REPROCESS");
    }

    @Test
    default void whatIsDecidedWaitsForNobody() {
        assertThat(register().quarantineWaiting()).isEmpty();
        commitAll(Samples.quarantined("q-1", "SYNTHETIC detail", "SYNTHETIC bytes"));
        commitAll(Samples.quarantined("q-2", "other", "other"));
        assertThat(register().quarantineWaiting()).containsExactly(Map.entry(FaultCode.UNOPENABLE, 2L));

        commitAll(new Fact.QuarantineDecided("q-1", "REJECT", NOON));

        assertThat(register().quarantineWaiting()).containsExactly(Map.entry(FaultCode.UNOPENABLE, 1L));
    }

    @Test
    default void anOrderIsCarriedOutOnceAndItsAnswerIsKept() {
        EvidenceId order = new EvidenceId(Samples.uuid());
        LedgerLeaf leaf = LedgerLeaf.act(order, "REJECT", "OFFICER p-3f9a1c07", "q-1");
        List<Long> leaves = commitAll(new Fact.OrderDone(order, NOON, "answer", leaf));

        assertThat(leaves).hasSize(1);
        assertThat(register().orderAnswer(order)).contains("answer");
        assertThat(register().orderAnswer(new EvidenceId(Samples.uuid()))).isEmpty();
        assertThat(commit(new Fact.OrderDone(order, NOON, "other", leaf)))
                .isEqualTo(new StepResult.Conflict(StepResult.Kind.ORDER_KNOWN));
        assertThat(store().ledgerbook().acts(0, 9)).hasSize(1);
    }
}
