package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Ledgerbook.ActLeaf;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderDesk;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions of persons and suspensions of agreements leave signed evidence at both ends. */
class ActsTest {

    private static final Officer OFFICER = new Officer(OfficerRole.OFFICER, "p-00112233445566ff");

    @TempDir
    Path folder;

    private Federation federation;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    /** One exchange waits at the recipient because it cannot be translated there. */
    private QuarantineView held() {
        federation.unrenderable(POLICE);
        federation.gateway(BORDER_GUARD).drop(Documents.vehicles(1));
        federation.settle();
        return federation.gateway(POLICE).register.quarantine(1).get(0);
    }

    private OrderAnswer order(Order order) {
        return order(federation.gateway(POLICE).ids.nextEvidenceId(), order);
    }

    private OrderAnswer order(EvidenceId id, Order order) {
        return federation.gateway(POLICE).orders.carryOut(new OrderSlip(id, OFFICER, order));
    }

    @Test
    void aRejectedItemIsToldToTheSenderByDecisionAndFailure() {
        QuarantineView item = held();

        OrderAnswer answer = order(new Order.RejectQuarantined(item.id(), OrderReason.RECORD_WRONG));
        federation.settle();

        assertThat(answer.carriedOut()).isTrue();
        assertThat(answer.receipts()).hasSize(2);
        assertThat(received(EvidenceEvent.QUARANTINE_DECISION)).singleElement().satisfies(decision -> {
            assertThat(decision.act().orElseThrow().word()).isEqualTo("REJECT");
            assertThat(decision.act().orElseThrow().actor()).isEqualTo("OFFICER p-00112233445566ff");
            assertThat(decision.act().orElseThrow().item()).contains(item.id());
            assertThat(decision.reasons()).containsExactly(Evidence.Reason.of("RECORD_WRONG"));
        });
        assertThat(received(EvidenceEvent.CONTENT_HANDOVER_FAILURE))
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.reasons()).containsExactly(Evidence.Reason.of("HANDOVER_REJECTED")));
        assertThat(sentState()).isEqualTo(ExchangeState.HANDOVER_FAILED);
        assertThat(federation.gateway(POLICE).register.inboxCounts()).containsEntry(InboxState.HANDOVER_FAILED, 1L);
        assertThat(acts(POLICE)).extracting(ActLeaf::word).contains("REJECT");
        assertThat(federation.gateway(POLICE).register.quarantined(item.id()).flatMap(QuarantineView::decision))
                .contains("REJECT");
    }

    @Test
    void theSameOrderIsCarriedOutOnceAndASecondOneIsTooLate() {
        QuarantineView item = held();
        EvidenceId id = federation.gateway(POLICE).ids.nextEvidenceId();
        Order reject = new Order.RejectQuarantined(item.id(), OrderReason.NOT_NEEDED);

        OrderAnswer first = order(id, reject);
        OrderAnswer again = order(id, reject);
        OrderAnswer second = order(reject);

        assertThat(again).isEqualTo(first);
        assertThat(second.refused()).contains(FaultCode.ORDER_OVERTAKEN);
        assertThat(acts(POLICE)).extracting(ActLeaf::word).contains(OrderDesk.REFUSED);
        assertThat(issued(POLICE, EvidenceEvent.CONTENT_HANDOVER_FAILURE)).hasSize(1);
    }

    @Test
    void anItemIsHandedOverAgainOnlyWhenItCanBe() {
        QuarantineView item = held();
        Order again = new Order.ReprocessQuarantined(item.id(), OrderReason.CORRECTED);

        OrderAnswer tooEarly = order(again);
        federation.desks.get(POLICE).unrenderable = false;
        OrderAnswer corrected = order(again);
        federation.settle();

        assertThat(tooEarly.refused()).contains(FaultCode.ORDER_NOT_POSSIBLE);
        assertThat(tooEarly.cause()).contains(FaultCode.HANDOVER_UNTRANSLATABLE);
        assertThat(corrected.carriedOut()).isTrue();
        assertThat(received(EvidenceEvent.QUARANTINE_DECISION)).hasSize(1);
        assertThat(received(EvidenceEvent.CONTENT_HANDOVER)).hasSize(1);
        assertThat(sentState()).isEqualTo(ExchangeState.HANDED_OVER);
    }

    @Test
    void whatFailsAgainWaitsAgainUnderANameOfItsOwn() {
        QuarantineView item = held();
        federation.desks.get(POLICE).unrenderable = false;
        assertThat(order(new Order.ReprocessQuarantined(item.id(), OrderReason.CORRECTED))
                        .carriedOut())
                .isTrue();
        federation.unrenderable(POLICE);
        federation.settle();

        QuarantineView second = federation.gateway(POLICE).register.quarantine(9).stream()
                .filter(view -> view.decision().isEmpty())
                .findFirst()
                .orElseThrow();

        assertThat(second.id()).isEqualTo(item.id() + "-2");
        assertThat(order(new Order.RejectQuarantined(second.id(), OrderReason.RECORD_WRONG))
                        .carriedOut())
                .isTrue();
    }

    @Test
    void anItemThatExpiredIsDecidedByNobody() {
        QuarantineView item = held();
        federation.clock.forward(Duration.ofHours(25));
        federation.gateway(POLICE).handOver.closeExpired();

        assertThat(order(new Order.RejectQuarantined(item.id(), OrderReason.NOT_NEEDED))
                        .refused())
                .contains(FaultCode.ORDER_OVERTAKEN);
    }

    @Test
    void anOrderAboutNothingIsRefusedAndRecorded() {
        OrderAnswer answer = order(new Order.RejectQuarantined("handover-nothing", OrderReason.NOT_NEEDED));

        assertThat(answer.refused()).contains(FaultCode.ORDER_SUBJECT_UNKNOWN);
        assertThat(acts(POLICE)).extracting(ActLeaf::word).contains(OrderDesk.REFUSED);
    }

    @Test
    void aSuspendedAgreementIsStatedOnceByBothAndSoIsItsEnd() {
        federation.settle();
        String suspension =
                "  <Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-01-01T00:00:00Z\" inFlight=\"HOLD\"/>\n</Agreement>";
        federation.agree(federation.agreementText().replace("</Agreement>", suspension));
        federation.settle();
        List.copyOf(federation.gateways.keySet()).forEach(federation::start);
        federation.settle();

        assertThat(issued(POLICE, EvidenceEvent.TRAFFIC_SUSPENDED)).hasSize(2); // one for each agency of the agreement
        assertThat(received(EvidenceEvent.TRAFFIC_SUSPENDED)).isNotEmpty().allSatisfy(stop -> {
            assertThat(stop.terms().orElseThrow().clause()).isEqualTo("SUSPENSION");
            assertThat(stop.reasons()).containsExactly(Evidence.Reason.of("AGREEMENT_SUSPENDED"));
        });

        federation.agree(federation.agreementText());
        federation.settle();

        assertThat(issued(POLICE, EvidenceEvent.TRAFFIC_RESUMED)).hasSize(2); // one for each agency of the agreement
        assertThat(received(EvidenceEvent.TRAFFIC_RESUMED))
                .isNotEmpty()
                .allSatisfy(resumed -> assertThat(resumed.previous()).isPresent());
    }

    private ExchangeState sentState() {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .state();
    }

    private List<ActLeaf> acts(GatewayId gateway) {
        return federation.gateway(gateway).ledgerbook.acts(0, 99);
    }

    private List<StoredReceipt> issued(GatewayId gateway, EvidenceEvent event) {
        return federation
                .gateway(gateway)
                .register
                .receipts(ReceiptQuery.first(99).saying(event))
                .stream()
                .filter(StoredReceipt::issued)
                .toList();
    }

    /** What the sender keeps of the police. */
    private List<Evidence> received(EvidenceEvent event) {
        return federation
                .gateway(BORDER_GUARD)
                .register
                .receipts(ReceiptQuery.first(99).saying(event))
                .stream()
                .filter(stored -> !stored.issued())
                .map(stored -> ReceiptReader.read(stored.container().octets()))
                .map(reading -> ((ReceiptReader.Reading.Read) reading).receipt().evidence())
                .filter(evidence -> evidence.issuer().equals(POLICE))
                .toList();
    }
}
