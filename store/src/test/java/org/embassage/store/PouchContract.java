package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.VELMARK;
import static org.embassage.store.Samples.digest;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.exchangeOpened;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.message;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.receiptItem;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register.PouchView;
import org.embassage.exchange.journal.Register.TakenPouch;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.junit.jupiter.api.Test;

/** What waits for a peer whatever the transport, and what is known of pouches. */
interface PouchContract extends StoreUnderTest {

    Instant LATER = NOON.plusSeconds(600);

    @Test
    default void allThatWaitsForAPeerIsListedTheMostUrgentFirstWithoutItsContent() {
        OutboxEntry routine = message(OSTRANA, exchangeId(), Priority.ROUTINE, NOON);
        OutboxEntry flash = message(OSTRANA, exchangeId(), Priority.FLASH, LATER);
        OutboxEntry ended = message(OSTRANA, exchangeId(), Priority.FLASH, NOON);
        OutboxEntry others = message(OSTRANA_BORDER, exchangeId(), Priority.FLASH, NOON);
        commitAll(
                new Fact.OutboxPut(routine),
                new Fact.OutboxPut(flash),
                new Fact.OutboxPut(ended),
                new Fact.OutboxPut(others));
        commitAll(new Fact.OutboxEnded(ended.id(), NOON));

        assertThat(store().register().waiting(OSTRANA))
                .extracting(OutboxEntry::id)
                .containsExactly(flash.id(), routine.id());
        assertThat(store().register().waiting(OSTRANA))
                .allSatisfy(entry -> assertThat(entry.content().octets()).isEmpty());
        assertThat(store().register().outboxContent(flash.id()).octets())
                .isEqualTo(flash.content().octets());
    }

    @Test
    default void whatIsInAPouchWaitsOnAndCountsAsCarried() {
        ExchangeId exchange = exchangeId();
        OutboxEntry entry = message(OSTRANA, exchange, Priority.ROUTINE, NOON);
        commitAll(exchangeOpened(exchange, OSTRANA, 1), new Fact.OutboxPut(entry));
        assertThat(store().register().pouchOf(exchange)).isEmpty();
        assertThat(store().register().carried(exchange)).isZero();

        commitAll(packed(1, digest("a"), entry));
        commitAll(packed(2, digest("b"), entry));

        assertThat(store().register().waiting(OSTRANA)).hasSize(1);
        assertThat(store().register().carried(exchange)).isEqualTo(2);
        assertThat(store().register().pouchOf(exchange))
                .get()
                .extracting(PouchView::number)
                .isEqualTo(2L);
        assertThat(reopen().register().pouches(Optional.of(OSTRANA), 9))
                .extracting(PouchView::number, PouchView::items)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2L, 1), org.assertj.core.groups.Tuple.tuple(1L, 1));
        commitAll(new Fact.MessageEnded(exchange, LATER));
        assertThat(store().register().pouchOf(exchange)).isEmpty();
    }

    @Test
    default void twoPouchesForOnePeerNeverHaveOneNumber() {
        commitAll(packed(1, digest("a")));

        assertThat(store().journal().commit(StepOutcome.of(packed(1, digest("b")))))
                .isEqualTo(new StepResult.Conflict(StepResult.Kind.POUCH_KNOWN));
        assertThat(store().register().pouches(Optional.empty(), 9))
                .singleElement()
                .extracting(PouchView::manifest)
                .isEqualTo(digest("a"));
    }

    @Test
    default void aConfirmedPouchEndsWhatWasInItButMessages() {
        ExchangeId exchange = exchangeId();
        OutboxEntry sealed = message(OSTRANA, exchange, Priority.ROUTINE, NOON);
        OutboxEntry inIt = receiptItem(OSTRANA, receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE));
        OutboxEntry after = receiptItem(OSTRANA, receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE));
        commitAll(
                exchangeOpened(exchange, OSTRANA, 1),
                new Fact.OutboxPut(sealed),
                new Fact.OutboxPut(inIt),
                new Fact.OutboxPut(after));
        commitAll(packed(1, digest("a"), sealed, inIt));

        commitAll(new Fact.PouchConfirmed(OSTRANA, 1, digest("another"), LATER));
        assertThat(store().register().waiting(OSTRANA)).hasSize(3);
        commitAll(new Fact.PouchConfirmed(OSTRANA_BORDER, 1, digest("a"), LATER));
        assertThat(store().register().waiting(OSTRANA)).hasSize(3);

        commitAll(new Fact.PouchConfirmed(OSTRANA, 1, digest("a"), LATER));

        assertThat(store().register().waiting(OSTRANA))
                .extracting(OutboxEntry::id)
                .containsExactlyInAnyOrder(sealed.id(), after.id());
        assertThat(store().register().pouches(Optional.of(OSTRANA), 9))
                .singleElement()
                .extracting(PouchView::confirmed)
                .isEqualTo(Optional.of(LATER));
    }

    @Test
    default void pouchesThatWereTakenInAreListedNewestFirst() {
        commitAll(new Fact.PouchTaken(
                VELMARK, 1, NOON, digest("a"), false, leaf("one").leaf()));
        commitAll(new Fact.PouchTaken(
                VELMARK, 1, LATER, digest("a"), true, leaf("two").leaf()));

        assertThat(store().register().takenPouches(Optional.of(VELMARK), 9))
                .containsExactly(
                        new TakenPouch(VELMARK, 1, LATER, digest("a"), true),
                        new TakenPouch(VELMARK, 1, NOON, digest("a"), false));
        assertThat(store().register().takenPouches(Optional.of(OSTRANA), 9)).isEmpty();
    }

    private static Fact.PouchPacked packed(long number, Digest manifest, OutboxEntry... entries) {
        return new Fact.PouchPacked(
                OSTRANA,
                number,
                NOON,
                manifest,
                1,
                100,
                List.of(entries).stream().map(OutboxEntry::id).toList(),
                leaf("pouch-" + number + manifest.hex()).leaf());
    }
}
