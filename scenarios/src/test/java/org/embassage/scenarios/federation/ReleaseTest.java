package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Ledgerbook.ActLeaf;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderAnswer;
import org.embassage.exchange.order.OrderReason;
import org.embassage.exchange.order.OrderSlip;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release desk. All content is SYNTHETIC. */
class ReleaseTest {

    private static final Officer FIRST = new Officer(OfficerRole.OFFICER, "p-00112233445566aa");
    private static final Officer SECOND = new Officer(OfficerRole.SUPERVISOR, "p-00112233445566bb");

    @TempDir
    private Path folder;

    private Federation federation;
    private Gateway velmark;
    private DropId drop;

    @BeforeEach
    void aRecordThatTwoPersonsMustRelease() {
        federation = new Federation(
                folder, text -> text.replace("<Release mode=\"AUTO\"/>", "<Release mode=\"FOUR_EYES\"/>"));
        velmark = federation.gateway(BORDER_GUARD);
        drop = velmark.drop(Documents.vehicles(1));
        federation.settle();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private String item() {
        return "record-" + drop + "-1-" + POLICE;
    }

    private OrderAnswer release(String item, Officer officer) {
        return velmark.orders.carryOut(new OrderSlip(
                velmark.ids.nextEvidenceId(), officer, new Order.ReleaseQuarantined(item, OrderReason.LOOKED_AT)));
    }

    private static void assertRefused(OrderAnswer answer, FaultCode why, Optional<FaultCode> cause) {
        assertThat(answer.carriedOut()).isFalse();
        assertThat(answer.refused()).contains(why);
        assertThat(answer.cause()).isEqualTo(cause);
    }

    private List<ActLeaf> acts() {
        return velmark.ledgerbook.acts(0, 99).stream()
                .filter(act -> act.word().equals("RELEASE"))
                .toList();
    }

    @Test
    void untilItIsReleasedItWaitsHere() {
        assertThat(velmark.register.exchangeCounts().values()).allMatch(count -> count == 0);
        assertThat(velmark.register.quarantine(9))
                .hasSize(2)
                .extracting(view -> view.fault().code())
                .containsOnly(FaultCode.RELEASE_NEEDED);
    }

    @Test
    void twoPersonsReleaseItAndItIsHandedOverOnce() {
        OrderAnswer first = release(item(), FIRST);
        assertThat(first.carriedOut()).isTrue();
        assertThat(first.receipts()).as("it still waits").isEmpty();
        assertThat(velmark.register.releases(item())).containsExactly(FIRST.pseudonym());
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();

        OrderAnswer second = release(item(), SECOND);
        federation.settle();

        assertThat(second.receipts()).hasSize(2);
        assertThat(second.receipts().stream()
                        .flatMap(id -> velmark.register.receipt(id).stream())
                        .map(StoredReceipt::event))
                .containsExactly(EvidenceEvent.QUARANTINE_DECISION, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(velmark.register.quarantined(item()).flatMap(QuarantineView::decision))
                .contains("RELEASE");
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 1L);
        assertThat(federation.desks.get(BORDER_POLICE).handedOver)
                .as("the other recipient's record waits for a release of its own")
                .isEmpty();
        assertThat(acts()).hasSize(2);
        assertRefused(release(item(), FIRST), FaultCode.ORDER_OVERTAKEN, Optional.empty());
        assertThat(velmark.drop(Documents.vehicles(1))).isNotNull();
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver)
                .as("dropped again it is a duplicate")
                .hasSize(1);
    }

    @Test
    void onePersonIsNotTwo() {
        release(item(), FIRST);

        assertRefused(
                release(item(), new Officer(OfficerRole.SUPERVISOR, FIRST.pseudonym())),
                FaultCode.ORDER_NOT_POSSIBLE,
                Optional.of(FaultCode.RELEASE_SAME_PERSON));
        assertThat(velmark.register.exchangeCounts().values()).allMatch(count -> count == 0);
    }

    @Test
    void anOperatorReleasesNothing() {
        assertRefused(
                release(item(), new Officer(OfficerRole.OPERATOR, SECOND.pseudonym())),
                FaultCode.ORDER_NOT_POSSIBLE,
                Optional.of(FaultCode.RELEASE_ROLE));
        assertThat(velmark.register.releases(item())).isEmpty();
    }

    @Test
    void whatIsReleasedIsJudgedByWhatIsTrueThen() {
        release(item(), FIRST);
        String denied = federation
                .agreementText()
                .replace("<Release mode=\"AUTO\"/>", "<Release mode=\"FOUR_EYES\"/>")
                .replace("purposes=\"DETECT\"", "purposes=\"BORDER_CONTROL\"");
        federation.agree(denied);
        velmark = federation.gateway(BORDER_GUARD);

        assertRefused(release(item(), SECOND), FaultCode.ORDER_NOT_POSSIBLE, Optional.of(FaultCode.PURPOSE_NOT_AGREED));
        assertThat(velmark.register.quarantined(item()).flatMap(QuarantineView::decision))
                .isEmpty();
        assertThat(velmark.register.exchangeCounts().values()).allMatch(count -> count == 0);
    }

    @Test
    void whatWaitsForAnythingElseCannotBeReleased() {
        DropId bad = velmark.drop(List.of("BAD"));

        assertRefused(release("record-" + bad + "-1", FIRST), FaultCode.ORDER_NOT_POSSIBLE, Optional.empty());
        assertRefused(release("record-nothing", FIRST), FaultCode.ORDER_SUBJECT_UNKNOWN, Optional.empty());
    }
}
