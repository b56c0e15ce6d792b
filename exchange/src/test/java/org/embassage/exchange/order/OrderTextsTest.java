package org.embassage.exchange.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.FaultCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTextsTest {

    private static final EvidenceId ID = EvidenceId.parse("01931f6e-0000-7000-8000-000000000001");
    private static final Officer OFFICER = new Officer(OfficerRole.DATA_PROTECTION, "p-00112233445566ff");
    private static final String REJECT = """
            embassage-order/v1
            order 01931f6e-0000-7000-8000-000000000001
            word quarantine-reject
            role DATA-PROTECTION
            pseudonym p-00112233445566ff
            reason RECORD_WRONG
            item handover-1
            end
            """;

    static Stream<Order> orders() {
        GatewayId peer = new GatewayId("QOS-POL");
        return Stream.of(
                new Order.RejectQuarantined("handover-1", OrderReason.RECORD_WRONG),
                new Order.ReprocessQuarantined("handover-1", OrderReason.CORRECTED),
                new Order.ReleaseQuarantined("record-1", OrderReason.LOOKED_AT),
                new Order.SuspendPeer(peer, OrderReason.SECURITY_INCIDENT),
                new Order.ResumePeer(peer, OrderReason.CLEARED),
                new Order.RetryExchange(ExchangeId.parse("01931f6e-0000-7000-8000-0000000000e1"), OrderReason.CLEARED),
                new Order.CancelExchange(
                        ExchangeId.parse("01931f6e-0000-7000-8000-0000000000e1"), OrderReason.RECORD_WRONG),
                new Order.PackPouch(peer, "01931f6e-0000-7000-8000-0000000000f1", OrderReason.AGREED_WITH_PEER),
                new Order.TakePouch("01931f6e-0000-7000-8000-0000000000f1", OrderReason.AGREED_WITH_PEER),
                new Order.EraseOrder(
                        Order.EraseOrder.What.EXCHANGE,
                        "01931f6e-0000-7000-8000-0000000000e0",
                        true,
                        OrderReason.SUBJECT_RIGHT));
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anOrderIsReadAsItWasWritten(Order order) {
        OrderSlip slip = new OrderSlip(ID, OFFICER, order);

        assertThat(OrderSlip.parse(slip.octets())).contains(slip);
    }

    @Test
    void theFileIsAsThePageSays() {
        Order order = new Order.RejectQuarantined("handover-1", OrderReason.RECORD_WRONG);

        assertThat(new String(new OrderSlip(ID, OFFICER, order).octets(), StandardCharsets.UTF_8))
                .isEqualTo(REJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1|v2",
                "quarantine-reject|quarantine-forget",
                "DATA-PROTECTION|JANE-DOE",
                "DATA-PROTECTION|data-protection",
                "p-00112233445566ff|jane",
                "RECORD_WRONG|JANE_DOE",
                "item handover-1|item ../../etc",
                "item handover-1|item handover-1\nitem handover-2",
                "item handover-1|item handover-1\nnote hello",
                "item handover-1\n|",
                "end\n|",
                "reason|reason ",
                "end\n|end\n\n"
            })
    void whatIsWrittenOtherwiseIsNoOrder(String change) {
        String[] parts = change.split("\\|", -1);
        String changed = REJECT.replace(parts[0], parts[1]);

        assertThat(changed).isNotEqualTo(REJECT);
        assertThat(OrderSlip.parse(changed.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsNotEvenRead() {
        assertThat(OrderSlip.parse(new byte[OrderSlip.MAX_BYTES + 1])).isEmpty();
        assertThat(OrderSlip.parse(new byte[0])).isEmpty();
    }

    @Test
    void anAnswerIsReadAsItWasWritten() {
        OrderAnswer done = OrderAnswer.done(ID, List.of(ID));
        OrderAnswer refused =
                OrderAnswer.refused(ID, FaultCode.ORDER_NOT_POSSIBLE, Optional.of(FaultCode.HANDOVER_UNTRANSLATABLE));

        assertThat(OrderAnswer.parse(done.text().getBytes(StandardCharsets.UTF_8)))
                .contains(done);
        assertThat(OrderAnswer.parse(refused.text().getBytes(StandardCharsets.UTF_8)))
                .contains(refused);
        assertThat(OrderAnswer.parse((done.text() + "x").getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    @Test
    void aNameIsNoPseudonym() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Officer(OfficerRole.OFFICER, "jane.doe"));
    }
}
