package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
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

/** What a person may order of an exchange on its way. */
class ExchangeOrdersTest {

    private static final Officer OFFICER = new Officer(OfficerRole.OPERATOR, "p-00112233445566ff");

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    @Test
    void whatWasNeverCarriedIsCancelledWithASignedRelayFailureAndNeverGoes() {
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        ExchangeId exchange = toPolice();
        EvidenceId id = velmark.ids.nextEvidenceId();

        OrderAnswer answer = cancel(id, exchange);

        assertThat(answer.carriedOut()).isTrue();
        assertThat(velmark.register.exchange(exchange).orElseThrow().state()).isEqualTo(ExchangeState.RELAY_FAILED);
        assertThat(velmark.register.receipts(exchange))
                .extracting(StoredReceipt::event)
                .containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_FAILURE);
        assertThat(answer.receipts())
                .containsExactly(velmark.register.receipts(exchange).get(1).id());
        assertThat(cancel(id, exchange)).as("the same order once more").isEqualTo(answer);
        velmark.closePost(false);
        federation.clock.forward(Duration.ofMinutes(2));
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
        assertThat(federation.gateway(POLICE).register.receipts(exchange))
                .extracting(StoredReceipt::event)
                .contains(EvidenceEvent.RELAY_FAILURE);
    }

    @Test
    void whatWasCarriedIsNotCancelled() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        ExchangeId exchange = toPolice();

        assertThat(cancel(velmark.ids.nextEvidenceId(), exchange).refused()).contains(FaultCode.EXCHANGE_CARRIED);

        federation.settle();
        assertThat(cancel(velmark.ids.nextEvidenceId(), exchange).refused()).contains(FaultCode.EXCHANGE_CLOSED);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
    }

    @Test
    void anExchangeThatNobodyKnowsIsNeitherRetriedNorCancelled() {
        ExchangeId unknown = velmark.ids.nextExchangeId();

        assertThat(cancel(velmark.ids.nextEvidenceId(), unknown).refused()).contains(FaultCode.ORDER_SUBJECT_UNKNOWN);
        assertThat(retry(unknown).refused()).contains(FaultCode.ORDER_SUBJECT_UNKNOWN);
    }

    @Test
    void aRetryProbesTheLinkAtOnceAndCarriesWhatWaits() {
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(3));
        for (int minute = 0; minute < 20; minute++) {
            federation.clock.forward(Duration.ofMinutes(1));
            velmark.dispatch();
        }
        velmark.closePost(false);
        velmark.dispatch();
        assertThat(velmark.post).as("the next probe is not due").isEmpty();

        assertThat(retry(toPolice()).carriedOut()).isTrue();

        velmark.dispatch();
        assertThat(velmark.post).isNotEmpty();
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(3);
    }

    @Test
    void aClosedExchangeIsNotRetriedNorIsOneThatExpired() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        assertThat(retry(toPolice()).refused()).contains(FaultCode.EXCHANGE_CLOSED);

        velmark.closePost(true);
        velmark.drop(Documents.drop(java.util.List.of(Documents.vehicles(2).get(1))));
        federation.clock.forward(Duration.ofHours(25));
        OrderAnswer expired = retry(toPolice());
        assertThat(expired.refused()).contains(FaultCode.ORDER_NOT_POSSIBLE);
        assertThat(expired.cause()).contains(FaultCode.MESSAGE_EXPIRED);
    }

    private ExchangeId toPolice() {
        return velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();
    }

    private OrderAnswer cancel(EvidenceId id, ExchangeId exchange) {
        return velmark.orders.carryOut(
                new OrderSlip(id, OFFICER, new Order.CancelExchange(exchange, OrderReason.RECORD_WRONG)));
    }

    private OrderAnswer retry(ExchangeId exchange) {
        return velmark.orders.carryOut(new OrderSlip(
                velmark.ids.nextEvidenceId(), OFFICER, new Order.RetryExchange(exchange, OrderReason.CLEARED)));
    }
}
