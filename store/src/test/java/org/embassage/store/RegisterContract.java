package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.store.Samples.FEED;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.digest;
import static org.embassage.store.Samples.dropId;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.inboxPut;
import static org.embassage.store.Samples.message;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.text;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.OutboxCount;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.junit.jupiter.api.Test;

/** What every {@link Register} promises of drops, exchanges, the inbox and the outbox. */
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
        assertThat(register().openDrops(NOON)).isEqualTo(register().openDrops());
        assertThat(register().openDrops(NOON.plusMillis(1))).isEmpty();
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
        commitAll(new Fact.InboxRefused(OSTRANA, id, 7, digest("outer"), digest("inner"), fault, NOON));

        assertThat(register().inbox(OSTRANA, id))
                .contains(new InboxView(
                        OSTRANA, id, digest("outer"), digest("inner"), Optional.empty(), Optional.of(fault)));
        assertThat(register().inboxes(Optional.empty(), 9)).hasSize(1);
        assertThat(register().inboxCounts().values()).containsOnly(0L);
        assertThat(register().sequences(OSTRANA, false, 1, 9)).containsExactly(7L);
        assertThat(register().greatestArrived(OSTRANA, NOON.plusMillis(1))).isEqualTo(7);
        assertThat(register().greatestArrived(OSTRANA, NOON)).isZero();
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
        AgreementRef agreement = register()
                .inbox(OSTRANA, late)
                .orElseThrow()
                .accepted()
                .orElseThrow()
                .agreement();
        AgreementRef other = new AgreementRef(agreement.id(), agreement.version() + 1, agreement.digest());
        assertThat(register().inboxIn(InboxState.ACCEPTED, List.of(other), 9)).hasSize(3);
        assertThat(register().inboxIn(InboxState.ACCEPTED, List.of(other, agreement), 9))
                .isEmpty();
        Instant expires = register()
                .inbox(OSTRANA, late)
                .orElseThrow()
                .accepted()
                .orElseThrow()
                .expires();
        assertThat(register().inboxExpired(InboxState.HELD, expires.plusMillis(1), 9))
                .extracting(InboxView::exchange)
                .containsExactly(held);
        assertThat(register().inboxExpired(InboxState.HELD, expires, 9)).isEmpty();
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
