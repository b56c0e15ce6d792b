package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.DispatchBundle;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.WireItem;
import org.embassage.sealing.KeySourceEvidenceSigner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The recipient says of an exchange what it said before, in another genuinely signed receipt, or says the opposite. The sender
 * keeps it as what accuses the recipient; its outcome stays what was said first.
 */
class SecondWordTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;
    private List<WireItem> answers;
    private ExchangeId exchange;

    @BeforeEach
    void theAnswersToOneRecordAreOnTheirWay() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        exchange = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();
        velmark.post.stream().filter(letter -> letter.to().equals(POLICE)).forEach(police::accept);
        while (police.handOver.run()) {
            // until nothing waits
        }
        police.dispatch();
        answers = police.post.stream()
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .filter(item -> item.kind() == ItemKind.RECEIPT)
                .toList();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    private WireItem acceptance() {
        return saying(EvidenceEvent.RELAY_ACCEPTANCE);
    }

    private WireItem handover() {
        return saying(EvidenceEvent.CONTENT_HANDOVER);
    }

    private WireItem saying(EvidenceEvent event) {
        return answers.stream()
                .filter(item -> read(item).event() == event)
                .findFirst()
                .orElseThrow();
    }

    private static Evidence read(WireItem item) {
        return ReceiptReader.read(item.octets()).fold(read -> read.receipt().evidence(), unreadable -> {
            throw new IllegalStateException(unreadable.problem().name());
        });
    }

    private void bring(WireItem... items) {
        velmark.accept(
                new Gateway.Letter(POLICE, BORDER_GUARD, Transport.JMS, DispatchBundle.encode(Arrays.asList(items))));
    }

    /** The same again under another id. */
    private WireItem again(WireItem item) {
        return signed(police.ids.nextEvidenceId(), read(item), read(item).event());
    }

    private WireItem signed(EvidenceId id, Evidence real, EvidenceEvent event) {
        boolean negative = event == EvidenceEvent.RELAY_REJECTION || event == EvidenceEvent.CONTENT_HANDOVER_FAILURE;
        return signed(new Evidence(
                id,
                event,
                real.time(),
                real.issuer(),
                real.issuerCertificate(),
                real.sender(),
                real.recipient(),
                real.subject(),
                real.terms(),
                real.digests(),
                negative ? List.of(Reason.of("MESSAGE_EXPIRED")) : List.of(),
                event == EvidenceEvent.CONTENT_HANDOVER ? real.basis() : Optional.empty(),
                real.act(),
                real.previous(),
                real.checkpoints()));
    }

    private WireItem signed(Evidence evidence) {
        return new WireItem(
                ItemKind.RECEIPT,
                new KeySourceEvidenceSigner(police.keys, federation.clock)
                        .sign(List.of(evidence))
                        .get(0)
                        .container());
    }

    /** That the message could not be opened: it names the message's digest alone. */
    private WireItem unopenable() {
        Evidence real = read(acceptance());
        return signed(new Evidence(
                police.ids.nextEvidenceId(),
                EvidenceEvent.RELAY_REJECTION,
                real.time(),
                real.issuer(),
                real.issuerCertificate(),
                real.sender(),
                real.recipient(),
                new Subject.Unopened(),
                Optional.empty(),
                real.digests().map(digests -> new MessageDigests(digests.outer(), Optional.empty(), Optional.empty())),
                List.of(Reason.of("UNOPENABLE")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                real.checkpoints()));
    }

    private List<EvidenceId> kept() {
        return velmark.register.receipts(exchange).stream()
                .filter(receipt -> !receipt.issued())
                .map(StoredReceipt::id)
                .toList();
    }

    private List<QuarantineView> alarms() {
        return velmark.register.quarantine(100);
    }

    private ExchangeState state() {
        return velmark.register.exchange(exchange).map(ExchangeView::state).orElseThrow();
    }

    /** It is kept to the byte with its reason, and enters neither the exchange nor the ledger. */
    private void refused(WireItem... second) {
        List<EvidenceId> before = kept();
        ExchangeState state = state();
        long size = velmark.ledgerbook.size();
        int alarms = alarms().size();

        bring(second);

        assertThat(kept()).isEqualTo(before);
        assertThat(state()).isEqualTo(state);
        assertThat(velmark.ledgerbook.size()).isEqualTo(size);
        assertThat(alarms()).hasSize(alarms + second.length);
        assertThat(alarms().subList(0, second.length)).allSatisfy(item -> {
            assertThat(item.fault().code()).isEqualTo(FaultCode.RECEIPT_FOREIGN);
            assertThat(item.detail()).contains("CONTRADICTS");
        });
        assertThat(alarms().stream()
                        .map(item ->
                                velmark.register.quarantineContent(item.id()).octets()))
                .containsAll(Arrays.stream(second).map(WireItem::octets).toList());
    }

    @Test
    void aSecondAcceptanceNeverTakesThePlaceOfTheFirst() {
        bring(acceptance());
        refused(again(acceptance()));
        bring(handover());
        refused(again(acceptance()));

        assertThat(kept())
                .containsExactly(read(acceptance()).id(), read(handover()).id());
        assertThat(state()).isEqualTo(ExchangeState.HANDED_OVER);
    }

    @Test
    void aSecondHandOverNeverTakesThePlaceOfTheFirst() {
        bring(acceptance(), handover());
        refused(again(handover()), again(handover()));

        assertThat(state()).isEqualTo(ExchangeState.HANDED_OVER);
    }

    @Test
    void twoInOneBundleAreTheFirstAndAnAccusation() {
        WireItem second = again(acceptance());
        bring(acceptance(), second);

        assertThat(kept()).containsExactly(read(acceptance()).id());
        assertThat(alarms()).extracting(QuarantineView::detail).containsExactly(Optional.of("CONTRADICTS"));
    }

    @Test
    void whatIsNormalIsNoAccusationInWhicheverOrderAndHoweverOften() {
        bring(handover());
        bring(acceptance());
        long size = velmark.ledgerbook.size();
        bring(acceptance(), handover(), acceptance());

        assertThat(kept())
                .containsExactly(read(handover()).id(), read(acceptance()).id());
        assertThat(velmark.ledgerbook.size()).isEqualTo(size);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void anotherReceiptUnderAKnownIdIsRefused() {
        bring(acceptance());
        refused(signed(read(acceptance()).id(), read(handover()), EvidenceEvent.CONTENT_HANDOVER));

        bring(handover());
        assertThat(state()).isEqualTo(ExchangeState.HANDED_OVER);
    }

    @Test
    void aRefusalAfterTheAcceptanceIsRefusedAndSoIsTheReverse() {
        bring(acceptance());
        refused(signed(police.ids.nextEvidenceId(), read(acceptance()), EvidenceEvent.RELAY_REJECTION));
        refused(unopenable());

        assertThat(state()).isEqualTo(ExchangeState.RELAYED);
    }

    @Test
    void aSecondRefusalIsRefusedAlsoIfBothNameTheMessageOnly() {
        bring(unopenable());
        assertThat(state()).isEqualTo(ExchangeState.REFUSED);

        refused(unopenable());
        refused(signed(police.ids.nextEvidenceId(), read(acceptance()), EvidenceEvent.RELAY_REJECTION));
        refused(acceptance());
    }

    @Test
    void theSameRefusalAgainIsNoAccusation() {
        WireItem refusal = unopenable();
        bring(refusal, refusal);
        bring(refusal);

        assertThat(alarms()).isEmpty();
        assertThat(state()).isEqualTo(ExchangeState.REFUSED);
    }

    @Test
    void afterTheDeadlineTheFirstIsKeptAsLateAndASecondIsRefused() {
        federation.clock.forward(Duration.ofHours(26));
        velmark.closeOverdue.run();
        assertThat(state()).isEqualTo(ExchangeState.RELAY_FAILED);

        bring(acceptance());
        refused(again(acceptance()));
        refused(signed(police.ids.nextEvidenceId(), read(acceptance()), EvidenceEvent.RELAY_REJECTION));

        assertThat(kept()).containsExactly(read(acceptance()).id());
        assertThat(state()).isEqualTo(ExchangeState.RELAY_FAILED);
    }

    // ---- on two connections at once

    @Test
    void aReceiptThatIsOvertakenBetweenItsJudgementAndItsCommitIsKept() {
        velmark.journal.meanwhile(() -> bring(acceptance()));

        bring(handover());

        assertThat(kept())
                .containsExactly(read(acceptance()).id(), read(handover()).id());
        assertThat(state()).isEqualTo(ExchangeState.HANDED_OVER);
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aReceiptThatComesTwiceAtOnceIsKeptOnce() {
        velmark.journal.meanwhile(() -> bring(acceptance(), handover()));

        bring(acceptance(), handover());

        assertThat(kept())
                .containsExactly(read(acceptance()).id(), read(handover()).id());
        assertThat(alarms()).isEmpty();
    }

    @Test
    void aReceiptThatComesWhileTheDeadlineIsToldIsKeptAsLate() {
        federation.clock.forward(Duration.ofHours(26));
        velmark.journal.meanwhile(velmark.closeOverdue::run);

        bring(acceptance());

        assertThat(state()).isEqualTo(ExchangeState.RELAY_FAILED);
        assertThat(kept()).containsExactly(read(acceptance()).id());
    }

    @Test
    void ofTwoWordsAtOnceTheSecondIsAnAccusation() {
        WireItem second = again(acceptance());
        velmark.journal.meanwhile(() -> bring(acceptance()));

        bring(second);

        assertThat(kept()).containsExactly(read(acceptance()).id());
        assertThat(alarms()).extracting(QuarantineView::detail).containsExactly(Optional.of("CONTRADICTS"));
    }
}
