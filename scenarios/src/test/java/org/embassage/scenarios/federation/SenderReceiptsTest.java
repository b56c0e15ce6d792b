package org.embassage.scenarios.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.scenarios.federation.Federation.BORDER_GUARD;
import static org.embassage.scenarios.federation.Federation.BORDER_POLICE;
import static org.embassage.scenarios.federation.Federation.POLICE;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.InboxState;
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

/** What the sender says of an exchange lies at its recipient too, whatever becomes of the message. */
class SenderReceiptsTest {

    @TempDir
    Path folder;

    private Federation federation;
    private Gateway velmark;
    private Gateway police;
    private List<WireItem> sent;
    private ExchangeId exchange;

    @BeforeEach
    void oneRecordIsOnItsWay() {
        federation = new Federation(folder);
        velmark = federation.gateway(BORDER_GUARD);
        police = federation.gateway(POLICE);
        velmark.drop(Documents.vehicles(1));
        velmark.dispatch();
        sent = items(POLICE);
        exchange = velmark.register
                .exchanges(Optional.empty(), Optional.of(POLICE), 1)
                .get(0)
                .exchange();
    }

    @AfterEach
    void stop() {
        federation.close();
    }

    /** What Velmark has posted to a peer, in order; the post is empty afterwards. */
    private List<WireItem> items(GatewayId to) {
        List<WireItem> items = velmark.post.stream()
                .filter(letter -> letter.to().equals(to))
                .flatMap(letter -> DispatchBundle.decode(letter.bundle()).orElseThrow().stream())
                .toList();
        velmark.post.removeIf(letter -> letter.to().equals(to));
        return items;
    }

    private static List<WireItem> only(List<WireItem> items, ItemKind kind) {
        return items.stream().filter(item -> item.kind() == kind).toList();
    }

    private void bring(List<WireItem> items) {
        police.accept(new Gateway.Letter(BORDER_GUARD, POLICE, Transport.JMS, DispatchBundle.encode(items)));
    }

    private static List<WireItem> with(List<WireItem> items, WireItem more) {
        List<WireItem> all = new ArrayList<>(items);
        all.add(more);
        return all;
    }

    private List<EvidenceEvent> received() {
        return police.register.receipts(exchange).stream()
                .filter(receipt -> !receipt.issued())
                .map(StoredReceipt::event)
                .toList();
    }

    private static List<FaultCode> alarms(Gateway gateway) {
        return gateway.register.quarantine(100).stream()
                .map(QuarantineView::fault)
                .map(fault -> fault.code())
                .toList();
    }

    /** Another SubmissionAcceptance, genuinely signed by Velmark. */
    private WireItem forged(EvidenceId id, Subject.OfExchange subject, Optional<MessageDigests> digests) {
        Evidence real = real();
        Evidence evidence = new Evidence(
                id,
                real.event(),
                real.time(),
                real.issuer(),
                real.issuerCertificate(),
                real.sender(),
                real.recipient(),
                subject,
                real.terms(),
                digests,
                real.reasons(),
                real.basis(),
                real.act(),
                real.previous(),
                real.checkpoints());
        return new WireItem(
                ItemKind.RECEIPT,
                new KeySourceEvidenceSigner(velmark.keys, federation.clock)
                        .sign(List.of(evidence))
                        .get(0)
                        .container());
    }

    private Evidence real() {
        return ReceiptReader.read(only(sent, ItemKind.RECEIPT).get(0).octets())
                .fold(read -> read.receipt().evidence(), unreadable -> {
                    throw new IllegalStateException(unreadable.problem().name());
                });
    }

    private Subject.OfExchange subject() {
        return (Subject.OfExchange) real().subject();
    }

    private WireItem ofAnotherMessage() {
        MessageDigests digests = real().digests().orElseThrow();
        return forged(
                velmark.ids.nextEvidenceId(),
                subject(),
                Optional.of(new MessageDigests(Digest.sha256(new byte[] {1}), digests.inner(), digests.manifest())));
    }

    @Test
    void theSubmissionAcceptanceGoesRightBehindItsMessage() {
        assertThat(sent).extracting(WireItem::kind).containsExactly(ItemKind.MESSAGE, ItemKind.RECEIPT);
    }

    @Test
    void itIsKeptOnceHoweverOftenItComes() {
        bring(sent);
        long size = police.ledgerbook.size();
        bring(only(sent, ItemKind.RECEIPT));
        bring(sent);

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(police.ledgerbook.size()).isEqualTo(size);
        assertThat(alarms(police)).isEmpty();
    }

    @Test
    void itMayComeBeforeItsMessage() {
        bring(only(sent, ItemKind.RECEIPT));
        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);

        bring(only(sent, ItemKind.MESSAGE));
        federation.settle();

        assertThat(federation.desks.get(POLICE).handedOver).hasSize(1);
        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(alarms(police)).isEmpty();
    }

    @Test
    void itIsKeptThoughItsMessageCannotBeOpened() {
        byte[] spoilt = only(sent, ItemKind.MESSAGE).get(0).octets();
        spoilt[spoilt.length / 2] ^= 4;
        bring(List.of(
                new WireItem(ItemKind.MESSAGE, spoilt),
                only(sent, ItemKind.RECEIPT).get(0)));

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(alarms(police)).containsExactly(FaultCode.UNOPENABLE);
    }

    @Test
    void oneThatWasLostComesAgainWithTheMessage() {
        bring(only(sent, ItemKind.MESSAGE));
        police.post.clear();

        federation.clock.forward(Duration.ofMinutes(3));
        velmark.dispatch();
        List<WireItem> again = items(POLICE);
        assertThat(again).extracting(WireItem::kind).containsExactly(ItemKind.MESSAGE, ItemKind.RECEIPT);
        bring(again);

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(alarms(police)).isEmpty();
    }

    @Test
    void theProofThatCoversItFollowsAndIsMissedWhenItDoesNotCome() {
        bring(sent);
        police.promises.run();
        federation.clock.forward(Duration.ofSeconds(70));
        police.promises.run();
        assertThat(alarms(police)).containsExactly(FaultCode.LEDGER_PROMISE_BROKEN);

        federation.settle();
        assertThat(police.register.withoutProof(BORDER_GUARD, 10)).isEmpty();
    }

    @Test
    void oneOfAnotherMessageIsForeignWhetherItComesWithItsMessageOrLater() {
        bring(with(only(sent, ItemKind.MESSAGE), ofAnotherMessage()));
        assertThat(received()).isEmpty();
        assertThat(alarms(police)).containsExactly(FaultCode.RECEIPT_FOREIGN);

        bring(List.of(ofAnotherMessage()));
        assertThat(received()).isEmpty();
        assertThat(alarms(police)).containsOnly(FaultCode.RECEIPT_FOREIGN).hasSize(2);

        bring(only(sent, ItemKind.RECEIPT));
        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
    }

    @Test
    void oneWithAnotherNumberOrTimeThanTheMessageIsForeign() {
        Subject.OfExchange of = subject();
        Subject.OfExchange number = new Subject.OfExchange(
                of.exchange(),
                of.kind(),
                of.schemaVersion(),
                of.sequence() + 1,
                of.submitted(),
                of.submission(),
                of.supersedes());
        Subject.OfExchange time = new Subject.OfExchange(
                of.exchange(),
                of.kind(),
                of.schemaVersion(),
                of.sequence(),
                of.submitted().minusSeconds(1),
                of.submission(),
                of.supersedes());
        bring(only(sent, ItemKind.MESSAGE));
        bring(List.of(
                forged(velmark.ids.nextEvidenceId(), number, real().digests()),
                forged(velmark.ids.nextEvidenceId(), time, real().digests())));

        assertThat(received()).isEmpty();
        assertThat(alarms(police)).containsOnly(FaultCode.RECEIPT_FOREIGN).hasSize(2);
    }

    @Test
    void aSecondOneOfTheSameExchangeIsForeignInTheSameBundleAndLater() {
        WireItem second = forged(velmark.ids.nextEvidenceId(), subject(), real().digests());
        bring(with(sent, second));
        bring(List.of(second));
        bring(List.of(forged(velmark.ids.nextEvidenceId(), subject(), real().digests())));

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(alarms(police)).containsOnly(FaultCode.RECEIPT_FOREIGN).hasSize(2);
    }

    @Test
    void anotherOneUnderTheSameIdIsForeign() {
        bring(sent);
        Subject.OfExchange of = subject();
        bring(List.of(forged(real().id(), of, real().digests())));

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE);
        assertThat(alarms(police)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void oneForAnotherAgencyIsForeign() {
        WireItem forBorderPolice = only(items(BORDER_POLICE), ItemKind.RECEIPT).get(0);
        bring(List.of(forBorderPolice));

        assertThat(police.register.receipts(10)).isEmpty();
        assertThat(alarms(police)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void oneThatIsBroughtByAnotherThanItsIssuerIsForeign() {
        police.accept(new Gateway.Letter(
                BORDER_POLICE, POLICE, Transport.JMS, DispatchBundle.encode(only(sent, ItemKind.RECEIPT))));

        assertThat(police.register.receipts(10)).isEmpty();
        assertThat(alarms(police)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    @Test
    void whatARecipientSaysOfOurExchangeCannotComeFromItsSender() {
        Evidence real = real();
        WireItem ours = police(real);
        velmark.accept(new Gateway.Letter(POLICE, BORDER_GUARD, Transport.JMS, DispatchBundle.encode(List.of(ours))));

        assertThat(alarms(velmark)).containsExactly(FaultCode.RECEIPT_FOREIGN);
    }

    /** The police claim to have sent what we sent. */
    private WireItem police(Evidence real) {
        KeySourceEvidenceSigner signer = new KeySourceEvidenceSigner(police.keys, federation.clock);
        Evidence evidence = new Evidence(
                police.ids.nextEvidenceId(),
                real.event(),
                real.time(),
                POLICE,
                signer.certificate(),
                POLICE,
                Optional.of(BORDER_GUARD),
                real.subject(),
                real.terms(),
                real.digests(),
                real.reasons(),
                real.basis(),
                real.act(),
                real.previous(),
                real.checkpoints());
        return new WireItem(
                ItemKind.RECEIPT, signer.sign(List.of(evidence)).get(0).container());
    }

    @Test
    void aRelayFailureIsToldToTheRecipientAndMovesNothingThere() {
        bring(sent);
        while (police.handOver.run()) {
            // until nothing waits
        }
        List<WireItem> failure = givenUp();
        bring(failure);
        long size = police.ledgerbook.size();
        bring(failure);

        assertThat(received()).containsExactly(EvidenceEvent.SUBMISSION_ACCEPTANCE, EvidenceEvent.RELAY_FAILURE);
        assertThat(police.register.inboxCounts()).containsEntry(InboxState.HANDED_OVER, 1L);
        assertThat(police.ledgerbook.size()).isEqualTo(size);
        assertThat(alarms(police)).isEmpty();
    }

    @Test
    void aRelayFailureOfAMessageThatNeverCameIsKept() {
        bring(givenUp());

        assertThat(received()).containsExactly(EvidenceEvent.RELAY_FAILURE);
        assertThat(police.register.inboxCounts().values()).allMatch(count -> count == 0);
        assertThat(alarms(police)).isEmpty();
    }

    /** Velmark closes the exchange without an answer. */
    private List<WireItem> givenUp() {
        federation.clock.forward(Duration.ofHours(26));
        velmark.closeOverdue.run();
        velmark.dispatch();
        assertThat(velmark.register.exchangeCounts()).containsEntry(ExchangeState.RELAY_FAILED, 2L);
        Predicate<WireItem> receipt = item -> item.kind() == ItemKind.RECEIPT;
        return items(POLICE).stream().filter(receipt).toList();
    }
}
