package org.embassage.exchange.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.exchange.document.Priority;
import org.junit.jupiter.api.Test;

class RecoveryTextsTest {

    private static final RecoverySummary SUMMARY = new RecoverySummary(
            "QVL-BG/receipts/2",
            57,
            List.of(EvidenceId.parse("01931f6e-0000-7000-8000-000000000001")),
            List.of(ExchangeId.parse("01931f6e-0000-7000-8000-000000000002")),
            List.of(),
            List.of(new ConsistencyProof(
                    "QVL-BG/receipts/1", 2, 3, List.of(Digest.sha256(new byte[] {1}), Digest.sha256(new byte[] {2})))));

    @Test
    void aSummaryIsReadAsItWasWritten() {
        assertThat(RecoverySummary.parse(SUMMARY.text())).contains(SUMMARY);
    }

    @Test
    void aSummaryThatIsNotExactlyOneIsNone() {
        String text = SUMMARY.text();

        assertThat(List.of(
                        text + "x\n",
                        text.replace("end\n", ""),
                        text.replace("sequence 57", "sequence -1"),
                        text.replace("sequence 57", "sequence 057"),
                        text.replace("proof ", "proof 9"),
                        ""))
                .allSatisfy(bad -> assertThat(RecoverySummary.parse(bad)).isEmpty());
    }

    @Test
    void returnedReceiptsAreReadAsTheyWereWritten() {
        Returned returned = new Returned(
                Optional.of(Priority.URGENT),
                Optional.of(Instant.parse("2031-06-03T12:00:00Z")),
                List.of(new byte[] {1, 2, 3}, new byte[] {4}));
        Returned apart = new Returned(Optional.empty(), Optional.empty(), List.of(new byte[] {5}));

        assertThat(Returned.parse(returned.octets())).contains(returned);
        assertThat(Returned.parse(apart.octets())).contains(apart);
        assertThat(Returned.parse(returned.octets()).orElseThrow().containers()).hasSize(2);
    }

    @Test
    void returnedReceiptsThatAreCutAreNone() {
        byte[] whole = new Returned(Optional.empty(), Optional.empty(), List.of(new byte[] {1, 2, 3})).octets();

        assertThat(Returned.parse(Arrays.copyOf(whole, whole.length - 1))).isEmpty();
        assertThat(Returned.parse(Arrays.copyOf(whole, whole.length + 1))).isEmpty();
        assertThat(Returned.parse(Arrays.copyOf(whole, 20))).isEmpty();
    }
}
