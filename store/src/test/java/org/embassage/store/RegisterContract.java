package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.store.Samples.FEED;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.VELMARK;
import static org.embassage.store.Samples.digest;
import static org.embassage.store.Samples.dropId;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.inboxPut;
import static org.embassage.store.Samples.issued;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.message;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.received;
import static org.embassage.store.Samples.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.Register.Entered;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.junit.jupiter.api.Test;

/** What every {@link Register} promises. */
interface RegisterContract extends StoreUnderTest {

    private Register register() {
        return store().register();
    }

    // ---- drops

    @Test
    default void aDropIsOpenUntilItIsClosed() {
        DropId first = dropId();
        DropId second = dropId();
        commitAll(Samples.dropOpened(first));
        commitAll(Samples.dropOpened(second));
        commitAll(new Fact.DropAdvanced(first, 7));
        commitAll(new Fact.DropClosed(second, true, NOON));

        assertThat(register().openDrops()).containsExactly(new DropView(first, FEED, NOON, 20, 7, false, false));
        assertThat(register().drop(second)).contains(new DropView(second, FEED, NOON, 20, 0, true, true));
        assertThat(register().drop(dropId())).isEmpty();
        assertThat(text(register().dropContent(second))).isEqualTo("SYNTHETIC drop " + second);
    }

    @Test
    default void aContentThatWasNeverStoredIsTheCallersMistake() {
        assertThatThrownBy(() -> register().dropContent(dropId())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> register().inboxMessage(OSTRANA, exchangeId()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> register().quarantineContent("q-0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    default void resultLinesComeInTheOrderOfTheFile() {
        DropId drop = dropId();
        ResultLine accepted = new ResultLine(
                Optional.of(9),
                9,
                900,
                Optional.empty(),
                Optional.of(exchangeId()),
                Optional.of(receipt(exchangeId(), EvidenceEvent.SUBMISSION_ACCEPTANCE)
                        .id()));
        ResultLine whole = new ResultLine(
                Optional.empty(),
                1,
                0,
                Optional.of(Fault.byClause(FaultCode.DENIED, "D1")),
                Optional.empty(),
                Optional.empty());
        Fact.ResultNoted refused = Samples.result(drop, 3, 300);
        commitAll(new Fact.ResultNoted(drop, accepted), refused);
        commitAll(new Fact.ResultNoted(drop, whole), Samples.result(dropId(), 1, 1));

        assertThat(register().results(drop)).containsExactly(whole, refused.line(), accepted);
    }

    @Test
    default void aClaimIsFoundByFeedIdentityAndRecipient() {
        ExchangeId exchange = exchangeId();
        commitAll(new Fact.IntakeClaimed(FEED, digest("row"), OSTRANA, exchange));

        assertThat(register().claimed(FEED, digest("row"), OSTRANA)).contains(exchange);
        assertThat(register().claimed(FEED, digest("row"), OSTRANA_BORDER)).isEmpty();
        assertThat(register().claimed(FEED, digest("other"), OSTRANA)).isEmpty();
    }

    // ---- exchanges

    @Test
    default void anExchangeIsReadAsItWasOpened() {
        ExchangeId id = exchangeId();
        ExchangeId old = exchangeId();
        Fact.ExchangeOpened plain = Samples.exchangeOpened(id, OSTRANA, 4);
        Fact.ExchangeOpened opened = new Fact.ExchangeOpened(
                id,
                plain.recipient(),
                plain.kind(),
                plain.schemaVersion(),
                plain.priority(),
                plain.transport(),
                plain.sequence(),
                plain.agreement(),
                plain.clause(),
                plain.created(),
                plain.expires(),
                plain.drop(),
                plain.recordIndex(),
                plain.feed(),
                plain.outer(),
                plain.inner(),
                plain.manifest(),
                Optional.of(old));
        commitAll(opened, new Fact.OutboxPut(message(OSTRANA, id, Priority.ROUTINE, NOON)));

        ExchangeView view = register().exchange(id).orElseThrow();

        assertThat(view)
                .usingRecursiveComparison()
                .ignoringFields("state", "stateSince", "attempts")
                .isEqualTo(opened);
        assertThat(view.state()).isEqualTo(ExchangeState.SEALED);
        assertThat(view.stateSince()).isEqualTo(opened.created());
        assertThat(view.attempts()).isZero();
        assertThat(register().exchange(old)).isEmpty();
    }

    @Test
    default void anExchangeCountsTheAttemptsOfItsMessage() {
        ExchangeId id = exchangeId();
        var entry = message(OSTRANA, id, Priority.ROUTINE, NOON);
        commitAll(Samples.exchangeOpened(id, OSTRANA, 1), new Fact.OutboxPut(entry));
        commitAll(new Fact.OutboxAttempted(entry.id(), NOON, false, NOON));
        commitAll(new Fact.OutboxAttempted(entry.id(), NOON, true, NOON));

        assertThat(register().exchange(id).orElseThrow().attempts()).isEqualTo(2);
    }

    @Test
    default void exchangesAreListedNewestFirstByStateAndPeer() {
        ExchangeId a = opened(OSTRANA, 1);
        ExchangeId b = opened(OSTRANA_BORDER, 1);
        ExchangeId c = opened(OSTRANA, 2);
        commitAll(new Fact.ExchangeMoved(a, ExchangeState.SEALED, ExchangeState.RELAYED, NOON));

        assertThat(ids(Optional.empty(), 9)).containsExactly(c, b, a);
        assertThat(ids(Optional.empty(), 1)).containsExactly(c);
        assertThat(ids(Optional.of(ExchangeState.SEALED), 9)).containsExactly(c, b);
        assertThat(register().exchanges(Optional.of(ExchangeState.SEALED), Optional.of(OSTRANA), 9))
                .extracting(ExchangeView::exchange)
                .containsExactly(c);
        assertThat(register().exchangeCounts())
                .containsEntry(ExchangeState.SEALED, 2L)
                .containsEntry(ExchangeState.RELAYED, 1L)
                .containsEntry(ExchangeState.REFUSED, 0L);
    }

    @Test
    default void anExchangeIsFoundByItsOuterDigestAndPeer() {
        ExchangeId id = opened(OSTRANA, 1);

        assertThat(register().exchangeByOuter(OSTRANA, digest("outer" + id))).contains(id);
        assertThat(register().exchangeByOuter(OSTRANA_BORDER, digest("outer" + id)))
                .isEmpty();
        assertThat(register().exchangeByOuter(OSTRANA, digest("inner" + id))).isEmpty();
    }

    @Test
    default void overdueAreOpenExchangesThatExpiredBeforeTheCutoff() {
        ExchangeId open = opened(OSTRANA, 1);
        ExchangeId closed = opened(OSTRANA, 2);
        commitAll(new Fact.ExchangeMoved(closed, ExchangeState.SEALED, ExchangeState.REFUSED, NOON));
        var expiry = register().exchange(open).orElseThrow().expires();

        assertThat(register().overdue(expiry, 9)).isEmpty();
        assertThat(register().overdue(expiry.plusMillis(1), 9))
                .extracting(ExchangeView::exchange)
                .containsExactly(open);
    }

    // ---- the inbox

    @Test
    default void anAcceptedMessageIsReadAsItWasPut() {
        Fact.InboxPut put = inboxPut(OSTRANA, exchangeId());
        commitAll(put);

        InboxView view = register().inbox(OSTRANA, put.exchange()).orElseThrow();

        assertThat(view.outer()).isEqualTo(put.outer());
        assertThat(view.inner()).isEqualTo(put.inner());
        assertThat(view.refused()).isEmpty();
        assertThat(view.accepted().orElseThrow())
                .usingRecursiveComparison()
                .ignoringFields("state", "stateSince", "fileName", "fault")
                .isEqualTo(put);
        assertThat(view.accepted().orElseThrow().state()).isEqualTo(InboxState.ACCEPTED);
        assertThat(text(register().inboxMessage(OSTRANA, put.exchange())))
                .isEqualTo("SYNTHETIC message " + put.exchange());
        assertThat(register().inbox(OSTRANA_BORDER, put.exchange())).isEmpty();
    }

    @Test
    default void aRefusedMessageKeepsItsFaultAndCountsInNoState() {
        ExchangeId id = exchangeId();
        Fault fault = new Fault(FaultCode.FORBIDDEN_FIELD, Optional.of("nc:Person"), Optional.of("R9"));
        commitAll(new Fact.InboxRefused(OSTRANA, id, digest("outer"), digest("inner"), fault, NOON));

        assertThat(register().inbox(OSTRANA, id))
                .contains(new InboxView(
                        OSTRANA, id, digest("outer"), digest("inner"), Optional.empty(), Optional.of(fault)));
        assertThat(register().inboxes(Optional.empty(), 9)).hasSize(1);
        assertThat(register().inboxCounts().values()).containsOnly(0L);
    }

    @Test
    default void allPeersThatUsedAnExchangeIdAreTold() {
        ExchangeId id = exchangeId();
        commitAll(inboxPut(OSTRANA, id));
        commitAll(inboxPut(OSTRANA_BORDER, id));

        assertThat(register().inbox(id)).extracting(InboxView::peer).containsExactlyInAnyOrder(OSTRANA, OSTRANA_BORDER);
        assertThat(register().inbox(exchangeId())).isEmpty();
    }

    @Test
    default void theMostUrgentMessageOfAStateComesFirst() {
        ExchangeId late = exchangeId();
        ExchangeId early = exchangeId();
        ExchangeId flash = exchangeId();
        ExchangeId held = exchangeId();
        commitAll(
                inboxPut(OSTRANA, late, Priority.ROUTINE, NOON.plusSeconds(9)),
                inboxPut(OSTRANA, early, Priority.ROUTINE, NOON),
                inboxPut(OSTRANA, flash, Priority.FLASH, NOON.plusSeconds(99)),
                inboxPut(OSTRANA, held, Priority.FLASH, NOON));
        Fault fault = Fault.inField(FaultCode.HANDOVER_UNTRANSLATABLE, "birthDate");
        commitAll(new Fact.InboxMoved(
                OSTRANA, held, InboxState.ACCEPTED, InboxState.HELD, NOON, Optional.empty(), Optional.of(fault)));

        assertThat(register().inboxIn(InboxState.ACCEPTED, 9))
                .extracting(InboxView::exchange)
                .containsExactly(flash, early, late);
        assertThat(register().inboxIn(InboxState.ACCEPTED, 1)).hasSize(1);
        assertThat(register().inboxes(Optional.empty(), 1))
                .extracting(InboxView::exchange)
                .containsExactly(flash);
        assertThat(register().inboxes(Optional.of(InboxState.HELD), 9))
                .singleElement()
                .satisfies(view ->
                        assertThat(view.accepted().orElseThrow().fault()).contains(fault));
    }

    @Test
    default void theFileNameOfAHandOverStays() {
        ExchangeId id = exchangeId();
        commitAll(inboxPut(OSTRANA, id));
        commitAll(new Fact.InboxMoved(
                OSTRANA,
                id,
                InboxState.ACCEPTED,
                InboxState.HANDING_OVER,
                NOON,
                Optional.of("QOS-POL_1.xml"),
                Optional.empty()));
        commitAll(new Fact.InboxMoved(
                OSTRANA,
                id,
                InboxState.HANDING_OVER,
                InboxState.HANDED_OVER,
                NOON,
                Optional.empty(),
                Optional.empty()));

        InboxView.Accepted done =
                register().inbox(OSTRANA, id).orElseThrow().accepted().orElseThrow();

        assertThat(done.fileName()).contains("QOS-POL_1.xml");
        assertThat(done.state()).isEqualTo(InboxState.HANDED_OVER);
    }

    // ---- the outbox

    @Test
    default void whatWaitsIsCountedByPeerKindAndTransport() {
        var ended = message(OSTRANA);
        commitAll(
                new Fact.OutboxPut(message(OSTRANA, exchangeId(), Priority.BULK, NOON.minusSeconds(5))),
                new Fact.OutboxPut(message(OSTRANA)),
                new Fact.OutboxPut(ended),
                new Fact.OutboxPut(message(OSTRANA_BORDER)));
        commitAll(new Fact.OutboxEnded(ended.id(), NOON));

        assertThat(register().outboxCounts())
                .containsExactlyInAnyOrder(
                        new OutboxCount(OSTRANA, ItemKind.MESSAGE, Transport.JMS, 2, NOON.minusSeconds(5)),
                        new OutboxCount(OSTRANA_BORDER, ItemKind.MESSAGE, Transport.JMS, 1, NOON));
    }

    // ---- receipts by what is asked

    @Test
    default void receiptsAreFoundByPeriodAgreementPeerDropAndEvent() {
        DropId drop = dropId();
        Receipt rejected = Samples.rejection(drop, NOON);
        Receipt before = Samples.rejection(dropId(), NOON.minusMillis(1));
        Receipt relayed = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(new Fact.ReceiptKept(before, true, Optional.empty(), LedgerLeaf.issued(before), false));
        commitAll(new Fact.ReceiptKept(rejected, true, Optional.empty(), LedgerLeaf.issued(rejected), false));
        commitAll(received(relayed, OSTRANA));

        ReceiptQuery all = ReceiptQuery.first(9);
        assertThat(asked(all)).containsExactly(before.id(), rejected.id(), relayed.id());
        assertThat(asked(all.within(NOON, NOON.plusMillis(1)))).containsExactly(rejected.id(), relayed.id());
        assertThat(asked(all.within(NOON.minusMillis(1), NOON))).containsExactly(before.id());
        assertThat(asked(all.of(drop))).containsExactly(rejected.id());
        assertThat(asked(all.under(Samples.AGREEMENT.id()))).containsExactly(before.id(), rejected.id());
        assertThat(asked(all.under("OTHER"))).isEmpty();
        assertThat(asked(all.with(OSTRANA))).containsExactly(relayed.id());
        assertThat(asked(all.with(OSTRANA_BORDER))).isEmpty();
        assertThat(asked(all.saying(EvidenceEvent.SUBMISSION_REJECTION, EvidenceEvent.RELAY_FAILURE)))
                .containsExactly(before.id(), rejected.id());
    }

    @Test
    default void theNextPageBeginsAfterTheLastLeafOfTheOneBefore() {
        commitAll(leaf("a"));
        Receipt one = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt two = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(one, OSTRANA), received(two, OSTRANA));

        StoredReceipt last = register().receipts(ReceiptQuery.first(1)).get(0);

        assertThat(last.id()).isEqualTo(one.id());
        assertThat(asked(ReceiptQuery.first(1).after(last.leafIndex()))).containsExactly(two.id());
    }

    private List<EvidenceId> asked(ReceiptQuery query) {
        return register().receipts(query).stream().map(StoredReceipt::id).toList();
    }

    // ---- what the ledger's entries are about

    @Test
    default void anEntryTellsItsExchangeAtSenderAndRecipientAndOfASubmissionThatThereIsNone() {
        ExchangeId sent = exchangeId();
        ExchangeId came = exchangeId();
        Receipt accepted = receipt(sent, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt relayed = receipt(came, EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt handed = receipt(came, EvidenceEvent.CONTENT_HANDOVER);
        Receipt rejected = Samples.rejection(dropId(), NOON);
        commitAll(Samples.exchangeOpened(sent, OSTRANA, 4), issued(accepted, OSTRANA));
        commitAll(leaf("between")); // leaf 1
        commitAll(inboxPut(OSTRANA_BORDER, came), issued(relayed, OSTRANA_BORDER));
        commitAll(issued(handed, OSTRANA_BORDER));
        commitAll(new Fact.ReceiptKept(rejected, true, Optional.empty(), LedgerLeaf.issued(rejected), false));

        List<Entered> entered = register().entered(EnteredQuery.of(0, 9, 9));

        assertThat(entered)
                .containsExactly(
                        new Entered(
                                0,
                                accepted.id(),
                                EvidenceEvent.SUBMISSION_ACCEPTANCE,
                                NOON,
                                true,
                                Optional.of(OSTRANA),
                                Optional.of(sent),
                                true,
                                false,
                                Optional.of(Samples.AGREEMENT.id()),
                                Optional.of("PersonAlert"),
                                Optional.of("SEALED"),
                                Optional.of(4L),
                                1),
                        entry(2, relayed, came, 2),
                        entry(3, handed, came, 0),
                        new Entered(
                                4,
                                rejected.id(),
                                EvidenceEvent.SUBMISSION_REJECTION,
                                NOON,
                                true,
                                Optional.empty(),
                                Optional.empty(),
                                false,
                                true,
                                Optional.of(Samples.AGREEMENT.id()),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                1));
    }

    private static Entered entry(long leaf, Receipt receipt, ExchangeId came, int receipts) {
        return new Entered(
                leaf,
                receipt.id(),
                receipt.evidence().event(),
                NOON,
                true,
                Optional.of(OSTRANA_BORDER),
                Optional.of(came),
                false,
                false,
                Optional.of(Samples.AGREEMENT.id()),
                Optional.of("VehicleAlert"),
                Optional.of("ACCEPTED"),
                Optional.of(12L),
                receipts);
    }

    @Test
    default void entriesAreReadByStretchExchangeAndMissingProofAndPageByPage() {
        ExchangeId exchange = exchangeId();
        Receipt one = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        Receipt two = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt three = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(one, OSTRANA));
        commitAll(received(two, OSTRANA));
        commitAll(received(three, OSTRANA));
        commitAll(new Fact.ProofKept(two.id(), "proof"));

        EnteredQuery all = EnteredQuery.of(0, 3, 9);
        assertThat(entered(all)).containsExactly(one.id(), two.id(), three.id());
        assertThat(entered(EnteredQuery.of(1, 2, 9))).containsExactly(two.id());
        assertThat(entered(EnteredQuery.of(0, 3, 2).after(0))).containsExactly(two.id(), three.id());
        assertThat(entered(all.about(exchange))).containsExactly(one.id(), three.id());
        assertThat(entered(all.about(exchangeId()))).isEmpty();
        assertThat(entered(all.withoutProof())).containsExactly(three.id());
    }

    private List<EvidenceId> entered(EnteredQuery query) {
        return register().entered(query).stream().map(Entered::receipt).toList();
    }

    @Test
    default void aPeriodBeginsWithOurFirstReceiptOfIt() {
        Receipt early = Samples.rejection(dropId(), NOON.minusSeconds(60));
        Receipt foreign = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE); // at noon
        Receipt late = Samples.rejection(dropId(), NOON.plusSeconds(60));
        commitAll(new Fact.ReceiptKept(early, true, Optional.empty(), LedgerLeaf.issued(early), false));
        commitAll(received(foreign, OSTRANA));
        commitAll(new Fact.ReceiptKept(late, true, Optional.empty(), LedgerLeaf.issued(late), false));

        assertThat(register().enteredSince(NOON.minusSeconds(60))).contains(0L);
        assertThat(register().enteredSince(NOON.minusSeconds(59))).contains(2L);
        assertThat(register().enteredSince(NOON.plusSeconds(60))).contains(2L);
        assertThat(register().enteredSince(NOON.plusSeconds(61))).isEmpty();
    }

    @Test
    default void numbersOfExchangesAndVoidsAreUsedUpAndThoseOfAPeerThatCame() {
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA, 2), Samples.exchangeOpened(exchangeId(), OSTRANA, 7));
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA_BORDER, 3));
        commitAll(new Fact.SequenceVoided(OSTRANA, 4, 5, LedgerLeaf.voided(VELMARK, OSTRANA, 4, 5)));
        commitAll(inboxPut(OSTRANA, exchangeId())); // 12
        commitAll(new Fact.LeafAppended(LedgerLeaf.voided(OSTRANA, VELMARK, 13, 14)));

        assertThat(register().sequences(OSTRANA, true, 1, 20)).containsExactly(2L, 4L, 5L, 7L);
        assertThat(register().sequences(OSTRANA, true, 5, 6)).containsExactly(5L);
        assertThat(register().sequences(OSTRANA, false, 1, 20)).containsExactly(12L, 13L, 14L);
        assertThat(register().sequences(OSTRANA, false, 14, 20)).containsExactly(14L);
        assertThat(register().sequences(OSTRANA, false, 15, 20)).isEmpty();
        assertThat(register().sequences(OSTRANA_BORDER, false, 1, 20)).isEmpty();
    }

    // ---- receipts

    @Test
    default void aReceiptIsReadWithItsBytesAndItsLeaf() {
        ExchangeId exchange = exchangeId();
        Receipt receipt = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(leaf("before"));
        commitAll(issued(receipt, OSTRANA));

        StoredReceipt stored = register().receipt(receipt.id()).orElseThrow();

        assertThat(stored)
                .usingRecursiveComparison()
                .isEqualTo(new StoredReceipt(
                        receipt.id(),
                        EvidenceEvent.RELAY_ACCEPTANCE,
                        NOON,
                        VELMARK,
                        Optional.of(exchange),
                        true,
                        false,
                        1,
                        receipt.manifest(),
                        receipt.signature(),
                        new Content(receipt.container()),
                        Optional.empty()));
        assertThat(register()
                        .receipt(receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE)
                                .id()))
                .isEmpty();
    }

    @Test
    default void theReceiptsOfAnExchangeComeInTheOrderOfTheirLeaves() {
        ExchangeId exchange = exchangeId();
        Receipt third = receipt(exchange, EvidenceEvent.CONTENT_HANDOVER);
        Receipt second = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt first = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        commitAll(issued(first, OSTRANA));
        commitAll(received(second, OSTRANA), received(third, OSTRANA));
        commitAll(issued(receipt(exchangeId(), EvidenceEvent.SUBMISSION_ACCEPTANCE), OSTRANA));

        assertThat(register().receipts(exchange))
                .extracting(StoredReceipt::id)
                .containsExactly(first.id(), second.id(), third.id());
        assertThat(register().receipts(2)).hasSize(2);
        assertThat(register().receipts(9)).extracting(StoredReceipt::leafIndex).containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    default void receiptsIssuedForAPeerAreFoundByTheirLeaves() {
        Receipt first = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        Receipt second = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(first, OSTRANA)); // leaf 0
        commitAll(issued(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA_BORDER));
        commitAll(received(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));
        commitAll(issued(second, OSTRANA)); // leaf 3

        assertThat(register().issuedFor(OSTRANA, 0, 4, 9))
                .extracting(KnownReceipt::id)
                .containsExactly(first.id(), second.id());
        assertThat(register().issuedFor(OSTRANA, 1, 3, 9)).isEmpty();
        assertThat(register().issuedFor(OSTRANA, 0, 4, 1)).hasSize(1);
    }

    @Test
    default void manyReceiptsAreKnownAtOnceAndThoseThatAreNotHereAreNot() {
        List<Receipt> ours = new ArrayList<>();
        for (int i = 0; i < 70; i++) {
            ours.add(receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE));
            commitAll(issued(ours.get(i), OSTRANA));
        }
        ExchangeId exchange = exchangeId();
        Receipt theirs = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        commitAll(received(theirs, OSTRANA));
        List<EvidenceId> ids = new ArrayList<>(ours.stream().map(Receipt::id).toList());

        assertThat(register().known(ids)).extracting(KnownReceipt::id).isEqualTo(ids);
        assertThat(register().known(List.of())).isEmpty();
        assertThat(register()
                        .known(List.of(
                                theirs.id(),
                                receipt(exchange, EvidenceEvent.RELAY_FAILURE).id())))
                .containsExactly(new KnownReceipt(
                        theirs.id(),
                        EvidenceEvent.SUBMISSION_ACCEPTANCE,
                        theirs.evidence().issuer(),
                        Optional.of(exchange),
                        false,
                        70,
                        theirs.manifest(),
                        theirs.signature()));
    }

    @Test
    default void ourReceiptsOfExchangesAreFoundByWhatTheyState() {
        ExchangeId one = exchangeId();
        ExchangeId other = exchangeId();
        Receipt ours = receipt(one, EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(ours, OSTRANA));
        commitAll(issued(receipt(one, EvidenceEvent.CONTENT_HANDOVER), OSTRANA));
        commitAll(received(receipt(other, EvidenceEvent.RELAY_ACCEPTANCE), OSTRANA));

        assertThat(register().issued(List.of(one, other), EvidenceEvent.RELAY_ACCEPTANCE))
                .extracting(KnownReceipt::id)
                .containsExactly(ours.id());
        assertThat(register().issued(List.of(exchangeId()), EvidenceEvent.RELAY_ACCEPTANCE))
                .isEmpty();
    }

    @Test
    default void aReceivedReceiptLacksItsProofUntilItIsKept() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(receipt, OSTRANA), issued(receipt(exchangeId(), EvidenceEvent.RELAY_FAILURE), OSTRANA));
        assertThat(register().withoutProof(OSTRANA, 9))
                .extracting(StoredReceipt::id)
                .containsExactly(receipt.id());
        assertThat(register().withoutProof(OSTRANA_BORDER, 9)).isEmpty();

        commitAll(new Fact.ProofKept(receipt.id(), "proof 1"));
        commitAll(new Fact.ProofKept(receipt.id(), "proof 2"));

        assertThat(register().withoutProof(OSTRANA, 9)).isEmpty();
        assertThat(register().receipt(receipt.id()).orElseThrow().proof()).contains("proof 2");
    }

    @Test
    default void aProofThatCameFirstWaitsForItsReceiptAndIsSettledOnce() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(
                new Fact.ProofHeld(receipt.id(), OSTRANA, "proof 1"),
                new Fact.ProofHeld(receipt.id(), OSTRANA_BORDER, "proof of another"));
        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();

        commitAll(received(receipt, OSTRANA));

        assertThat(register().settleableProofs(OSTRANA, 9)).containsExactly(Map.entry(receipt.id(), "proof 1"));
        assertThat(register().settleableProofs(OSTRANA_BORDER, 9)).isEmpty();

        commitAll(new Fact.ProofKept(receipt.id(), "proof 1"));

        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();
        assertThat(register().receipt(receipt.id()).orElseThrow().proof()).contains("proof 1");
    }

    @Test
    default void aProofThatDoesNotFitWaitsNoLonger() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(received(receipt, OSTRANA), new Fact.ProofHeld(receipt.id(), OSTRANA, "proof of something else"));

        commitAll(new Fact.ProofRefused(receipt.id(), OSTRANA));

        assertThat(register().settleableProofs(OSTRANA, 9)).isEmpty();
        assertThat(register().withoutProof(OSTRANA, 9)).hasSize(1);
    }

    // ---- quarantine

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

    private ExchangeId opened(GatewayId recipient, long sequence) {
        ExchangeId id = exchangeId();
        commitAll(Samples.exchangeOpened(id, recipient, sequence));
        return id;
    }

    private List<ExchangeId> ids(Optional<ExchangeState> state, int limit) {
        return register().exchanges(state, Optional.empty(), limit).stream()
                .map(ExchangeView::exchange)
                .toList();
    }
}
