package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The life of a record, with its nearest accidents. */
class CrossingTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;

    @BeforeEach
    void start() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private static List<EvidenceEvent> events(Gateway gateway, ExchangeId exchange) {
        return gateway.register.receipts(exchange).stream()
                .map(StoredReceipt::event)
                .toList();
    }

    private List<ExchangeView> exchangesTo(org.embassage.evidence.GatewayId peer) {
        return velmark.register.exchanges(Optional.empty(), Optional.of(peer), 1000);
    }

    @Test
    void aRecordCrossesToBothAgenciesAndEveryReceiptComesBack() {
        velmark.drop(Documents.vehicles(3));
        federation.settle();

        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 6L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(3).doesNotHaveDuplicates();
        assertThat(federation.desks.get(BORDER_POLICE).handedOver).hasSize(3);
        for (ExchangeView view : exchangesTo(POLICE)) {
            assertThat(events(velmark, view.exchange()))
                    .containsExactly(
                            EvidenceEvent.SUBMISSION_ACCEPTANCE,
                            EvidenceEvent.RELAY_ACCEPTANCE,
                            EvidenceEvent.CONTENT_HANDOVER);
            assertThat(events(police, view.exchange()))
                    .containsExactly(
                            EvidenceEvent.RELAY_ACCEPTANCE,
                            EvidenceEvent.SUBMISSION_ACCEPTANCE,
                            EvidenceEvent.CONTENT_HANDOVER);
        }
        assertThat(velmark.register.withoutProof(POLICE, 10)).isEmpty();
        assertThat(velmark.register.withoutProof(BORDER_POLICE, 10)).isEmpty();
        assertThat(police.register.withoutProof(BORDER_GUARD, 10)).isEmpty();
        assertThat(velmark.ledgerbook.newestPeerNote(POLICE)).isPresent();
        assertThat(police.ledgerbook.newestPeerNote(BORDER_GUARD)).isPresent();
        assertThat(velmark.register.quarantine(10)).isEmpty();
        assertThat(police.register.quarantine(10)).isEmpty();
    }

    @Test
    void whatIsHandedOverIsWhatWasDroppedWithoutWhatTheClauseStrips() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();

        String handedOver = new String(
                federation.desks.get(POLICE).files.values().iterator().next(), StandardCharsets.UTF_8);
        assertThat(handedOver)
                .contains("XZ9VELMARK0000017")
                .doesNotContain("EN-00-81734")
                .contains("WITHHELD_BY_POLICY");
    }

    @Test
    void theReturnDirectionWorksTheSame() {
        police.drop(Documents.vehicles(2));
        federation.settle();

        assertThat(police.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 2L);
        assertThat(federation.desks.get(BORDER_GUARD).handedOver).hasSize(2);
    }

    @Test
    void aBadRowIsRefusedWithAReceiptWhileTheGoodRowsFlow() {
        List<String> documents = new ArrayList<>(Documents.vehicles(2));
        documents.add(1, "BAD");
        DropId drop = velmark.drop(documents);
        federation.settle();

        List<ResultLine> lines = federation.desks.get(BORDER_GUARD).results.get(drop);
        assertThat(lines).hasSize(5);
        ResultLine bad = lines.stream()
                .filter(line -> line.fault().isPresent())
                .findFirst()
                .orElseThrow();
        assertThat(bad.recordIndex()).contains(2);
        assertThat(bad.fault().orElseThrow().code()).isEqualTo(FaultCode.FIELD_MALFORMED);
        assertThat(bad.receipt()).isPresent();
        assertThat(federation.desks.get(BORDER_GUARD).receipts)
                .contains(bad.receipt().orElseThrow());
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 4L);
        assertThat(federation.desks.get(BORDER_GUARD).shelved).containsEntry(drop, false);
        assertThat(velmark.register.quarantine(10)).hasSize(1);
    }

    @Test
    void aDropThatCannotBeProvenIsRefusedWholeBeforeAnythingIsSealed() {
        DropId drop = velmark.drop("WRONG count".getBytes(StandardCharsets.UTF_8));

        assertThat(velmark.register.exchangeCounts().values()).allMatch(count -> count == 0);
        assertThat(federation.desks.get(BORDER_GUARD).shelved).containsEntry(drop, true);
        ResultLine line = federation.desks.get(BORDER_GUARD).results.get(drop).get(0);
        assertThat(line.recordIndex()).isEmpty();
        assertThat(line.fault().orElseThrow().code()).isEqualTo(FaultCode.DROP_COUNT_MISMATCH);
        assertThat(velmark.register.openDrops()).isEmpty();
    }

    @Test
    void theSameRecordDroppedAgainIsADuplicateAndACorrectedOneIsNot() {
        velmark.drop(Documents.vehicles(2));
        List<String> corrected = new ArrayList<>(Documents.vehicles(2));
        corrected.set(1, corrected.get(1).replace("GREY", "BLUE"));
        DropId second = velmark.drop(corrected);
        federation.settle();

        List<ResultLine> lines = federation.desks.get(BORDER_GUARD).results.get(second);
        assertThat(lines.stream().filter(line -> line.fault().isPresent()).toList())
                .hasSize(2)
                .allMatch(line -> line.fault().orElseThrow().code() == FaultCode.RECORD_DUPLICATE
                        && line.exchange().isPresent());
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(3);
    }

    @Test
    void theSameMessageOverEitherTransportAndAfterARestartReturnsTheSameReceiptsAndDoesNothingElse() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        List<Gateway.Letter> letters = velmark.post.stream()
                .filter(letter -> letter.to().equals(POLICE))
                .toList();
        federation.settle();
        ExchangeId exchange = exchangesTo(POLICE).get(0).exchange();
        List<StoredReceipt> before = police.register.receipts(exchange);
        long size = police.ledgerbook.size();

        police = federation.start(POLICE);
        long afterRestart = police.ledgerbook.size();
        Gateway.Letter first = letters.get(0);
        police.accept(first);
        police.accept(new Gateway.Letter(first.from(), first.to(), Transport.SFTP, first.bundle()));
        federation.settle();

        assertThat(afterRestart).isEqualTo(size);
        assertThat(police.ledgerbook.size()).isEqualTo(size);
        assertThat(police.register.receipts(exchange))
                .extracting(StoredReceipt::id)
                .isEqualTo(before.stream().map(StoredReceipt::id).toList());
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(events(velmark, exchange)).hasSize(3);
    }

    @Test
    void lostReceiptsComeAgainWhenTheMessageIsCarriedAgain() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        federation.deliver();
        police.work();
        federation.gateway(BORDER_POLICE).work();
        police.post.clear();
        federation.gateway(BORDER_POLICE).post.clear();

        federation.clock.forward(Duration.ofMinutes(3));
        federation.settle();

        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 2L);
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
    }

    @Test
    void aClosedPostKeepsTheMessageAndAnOpenedOneCarriesIt() {
        velmark.closePost(true);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        assertThat(velmark.post).isEmpty();

        velmark.closePost(false);
        federation.clock.forward(Duration.ofMinutes(2));
        federation.settle();

        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.HANDED_OVER, 2L);
    }

    @Test
    void noRelayEvidenceByTheDeadlineIsARelayFailureAndALaterAcceptanceIsShownAsLate() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        List<Gateway.Letter> letters = new ArrayList<>(velmark.post);
        velmark.post.clear();
        Gateway.Letter toPolice = letters.stream()
                .filter(letter -> letter.to().equals(POLICE))
                .findFirst()
                .orElseThrow();
        police.accept(toPolice);
        police.work();
        List<Gateway.Letter> answers = new ArrayList<>(police.post);

        federation.clock.forward(Duration.ofHours(24).plusMinutes(30));
        assertThat(velmark.closeOverdue.run()).isFalse();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.SEALED, 2L);

        federation.clock.forward(Duration.ofHours(1));
        velmark.closeOverdue.run();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.RELAY_FAILED, 2L);

        answers.forEach(velmark::accept);
        ExchangeId exchange = exchangesTo(POLICE).get(0).exchange();
        assertThat(velmark.register.receipts(exchange).stream()
                        .filter(StoredReceipt::late)
                        .map(StoredReceipt::event))
                .contains(EvidenceEvent.RELAY_ACCEPTANCE);
        assertThat(exchangesTo(POLICE).get(0).state()).isEqualTo(ExchangeState.RELAY_FAILED);
    }

    @Test
    void whatExpiredBeforeItsHandOverIsNotHandedOverAndTheSenderKnows() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        federation.deliver();
        federation.clock.forward(Duration.ofHours(25));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
        assertThat(exchangesTo(POLICE).get(0).state()).isEqualTo(ExchangeState.HANDOVER_FAILED);
        assertThat(events(velmark, exchangesTo(POLICE).get(0).exchange()))
                .contains(EvidenceEvent.CONTENT_HANDOVER_FAILURE);
    }

    @Test
    void aMessageThatArrivesAfterItsExpiryIsRefused() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        federation.clock.forward(Duration.ofHours(25));
        federation.settle();

        assertThat(exchangesTo(POLICE).get(0).state()).isEqualTo(ExchangeState.REFUSED);
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
    }

    @Test
    void underAHeldSuspensionTheMessageWaitsAndGoesOnWhenItEnds() {
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        federation.deliver();
        String second = federation
                .agreementText()
                .replace("version=\"1\">", "version=\"2\" previous=\"" + "0".repeat(64) + "\">");
        String suspended = second.replace(
                "</Agreement>",
                "  <Suspension state=\"SUSPENDED\" by=\"QOS\" since=\"2031-06-01T00:00:00Z\" inFlight=\"HOLD\"/>\n</Agreement>");
        federation.agree(federation.agreementText(), suspended);
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();

        federation.agree(federation.agreementText(), second);
        federation.settle();
        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
    }

    @Test
    void anAgreementThatDoesNotPermitIsRefusedAtTheSenderCitingTheClause() {
        DropId drop = velmark.drop(List.of(Documents.sample("document-alert")));
        federation.settle();

        List<ResultLine> lines = federation.desks.get(BORDER_GUARD).results.get(drop);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0).fault().orElseThrow().code()).isEqualTo(FaultCode.KIND_NOT_AGREED);
        assertThat(lines.get(0).fault().orElseThrow().clause()).contains("DEFAULT-DENY");
        assertThat(lines.get(1).exchange()).isPresent();
        assertThat(federation.desks.get(BORDER_POLICE).handedOver).hasSize(1);
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
    }

    @Test
    void numbersThatARestartLeftUnusedAreVoidLeavesThatThePeerIsTold() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        assertThat(velmark.register.unusedSequences(POLICE)).isNotEmpty();

        velmark = federation.start(BORDER_GUARD);
        federation.settle();

        assertThat(velmark.register.unusedSequences(POLICE)).isEmpty();
        String text = "void\nQVL-BG\nQOS-POL\n2 64\n".replace(' ', '\n');
        assertThat(leaves(velmark)).anyMatch(leaf -> leaf.endsWith(text));
        assertThat(leaves(police)).anyMatch(leaf -> leaf.endsWith(text));
    }

    @Test
    void theDescriptionOfAFeedIsEnteredOnceAndNotAgainAtARestart() {
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        velmark = federation.start(BORDER_GUARD);

        assertThat(leaves(velmark))
                .filteredOn(leaf -> leaf.contains("\nFEED_DESCRIBED\ngateway\ndocuments sha256:"))
                .hasSize(1);
    }

    @Test
    void whatWaitsForAPersonUntilItExpiresIsToldToTheSender() {
        federation.unrenderable(POLICE);
        velmark.drop(Documents.vehicles(1));
        federation.settle();
        police = federation.gateway(POLICE);
        assertThat(police.register.inboxCounts()).containsEntry(InboxState.HELD, 1L);
        assertThat(exchangesTo(POLICE).get(0).state()).isEqualTo(ExchangeState.RELAYED);

        federation.clock.forward(Duration.ofHours(25));
        police.handOver.closeExpired();
        federation.settle();

        assertThat(exchangesTo(POLICE).get(0).state()).isEqualTo(ExchangeState.HANDOVER_FAILED);
        assertThat(federation.desks.get(POLICE).handedOver).isEmpty();
    }

    private static List<String> leaves(Gateway gateway) {
        return gateway.ledgerbook.leaves(0, 1000);
    }
}
