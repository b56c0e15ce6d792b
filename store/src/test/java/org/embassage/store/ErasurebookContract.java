package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.exchangeOpened;
import static org.embassage.store.Samples.inboxPut;
import static org.embassage.store.Samples.text;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Erasurebook.Epoch;
import org.embassage.exchange.journal.Erasurebook.Standing;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepResult;
import org.junit.jupiter.api.Test;

/** What every {@link Erasurebook} promises, with the facts behind it. */
interface ErasurebookContract extends StoreUnderTest {

    Duration YEAR = Duration.ofDays(365);
    Instant NEXT_YEAR = NOON.plus(YEAR);

    /** The keys that the store under test uses. */
    Epochs keys();

    private Erasurebook book() {
        return store().erasurebook();
    }

    /** Sent, its outcome known since noon. */
    private Erasable.Sent sent() {
        ExchangeId id = exchangeId();
        OutboxEntry message = Samples.message(OSTRANA, id, Priority.ROUTINE, NOON);
        commitAll(
                exchangeOpened(id, OSTRANA, store().journal().reserveSequence(OSTRANA, 1)),
                new Fact.OutboxPut(message),
                new Fact.ExchangeMoved(id, ExchangeState.SEALED, ExchangeState.REFUSED, NOON),
                new Fact.MessageEnded(id, NOON));
        return new Erasable.Sent(id, OSTRANA);
    }

    /** Received, handed over at noon. */
    private Erasable.Received received() {
        ExchangeId id = exchangeId();
        commitAll(inboxPut(OSTRANA, id));
        commitAll(moved(id, InboxState.ACCEPTED, InboxState.HANDED_OVER));
        return new Erasable.Received(id, OSTRANA);
    }

    private static Fact.InboxMoved moved(ExchangeId id, InboxState from, InboxState to) {
        return new Fact.InboxMoved(OSTRANA, id, from, to, NOON, Optional.empty(), Optional.empty());
    }

    private DropId closedDrop() {
        DropId drop = Samples.dropId();
        commitAll(Samples.dropOpened(drop), new Fact.DropClosed(drop, false, NOON));
        return drop;
    }

    private static Fact.ContentErased erased(Erasable erasable) {
        return new Fact.ContentErased(
                erasable, ErasureReason.RETENTION_ENDED, NEXT_YEAR, new EvidenceId(Samples.uuid()), false);
    }

    @Test
    default void thatAnErasureIsToBeFinalAtOnceIsKnownUntilItIs() {
        Erasable.Sent ordinary = sent();
        Erasable.Sent urgent = sent();
        String epoch = keys().currentEpoch().name();
        commitAll(erased(ordinary));
        assertThat(book().epochs())
                .filteredOn(Epoch::name, epoch)
                .singleElement()
                .matches(known -> !known.atOnce());

        commitAll(new Fact.ContentErased(
                urgent, ErasureReason.UNLAWFUL, NEXT_YEAR, new EvidenceId(Samples.uuid()), true));
        reopen();

        assertThat(book().epochs())
                .filteredOn(Epoch::name, epoch)
                .singleElement()
                .matches(Epoch::atOnce);
        String fresh = epoch + "-x";
        keys().begin(fresh);
        while (store().epochs().rewrap(Set.of(epoch), 99) > 0) {
            // until all are moved
        }
        assertThat(store().epochs().retire(epoch, NOON)).isTrue();
        commitAll(new Fact.EpochDestroyed(epoch, NOON, Samples.leaf("end").leaf()));
        assertThat(book().epochs()).noneMatch(Epoch::atOnce);
    }

    private List<Erasable> due(Instant now) {
        return book().due(now, YEAR, 99);
    }

    @Test
    default void whatWasClosedIsDueWhenItsTimeIsOverAndNotBefore() {
        Erasable.Sent sent = sent();
        Erasable.Received received = received();
        DropId drop = closedDrop();
        commitAll(Samples.quarantined("message-1", "detail", "content"));

        assertThat(due(NEXT_YEAR.minusMillis(1))).isEmpty();
        assertThat(due(NEXT_YEAR))
                .containsExactlyInAnyOrder(sent, received, new Erasable.DropCopy(drop), new Erasable.Item("message-1"));
    }

    @Test
    default void whatIsOpenIsNeverDue() {
        ExchangeId waits = exchangeId();
        ExchangeId held = exchangeId();
        DropId drop = Samples.dropId();
        commitAll(exchangeOpened(waits, OSTRANA, store().journal().reserveSequence(OSTRANA, 1)));
        commitAll(inboxPut(OSTRANA, held));
        commitAll(moved(held, InboxState.ACCEPTED, InboxState.HELD));
        commitAll(Samples.dropOpened(drop));

        assertThat(due(NEXT_YEAR.plus(YEAR))).isEmpty();
        assertThat(book().standing(new Erasable.Sent(waits, OSTRANA))).isEqualTo(Standing.OPEN);
        assertThat(book().standing(new Erasable.Received(held, OSTRANA))).isEqualTo(Standing.OPEN);
        assertThat(book().standing(new Erasable.DropCopy(drop))).isEqualTo(Standing.OPEN);
        assertThat(commit(erased(new Erasable.Received(held, OSTRANA))))
                .isEqualTo(new StepResult.Conflict(StepResult.Kind.STATE_MOVED));
        assertThat(text(store().register().inboxMessage(OSTRANA, held))).contains(held.toString());
    }

    @Test
    default void theRecordsOwnDayEndsItEarlier() {
        Erasable.Sent sent = sent();
        Erasable.Received received = received();
        Instant until = NOON.plus(Duration.ofDays(30));
        commitAll(
                new Fact.RetentionKnown(sent.exchange(), OSTRANA, until),
                new Fact.RetentionKnown(received.exchange(), OSTRANA, until));

        assertThat(due(until.minusMillis(1))).isEmpty();
        assertThat(due(until)).containsExactlyInAnyOrder(sent, received);
    }

    @Test
    default void evidenceThatWaitsToBeCarriedOrCoveredHoldsItUp() {
        Erasable.Received received = received();
        var receipt = Samples.receipt(received.exchange(), EvidenceEvent.CONTENT_HANDOVER);
        OutboxEntry waits = new OutboxEntry(
                Samples.uuid().toString(),
                OSTRANA,
                org.embassage.exchange.wire.ItemKind.RECEIPT,
                org.embassage.exchange.port.Carrier.Transport.JMS,
                Priority.BULK,
                Optional.of(received.exchange()),
                Optional.of(receipt.id()),
                0,
                NOON,
                NOON,
                Samples.content("SYNTHETIC"));
        commitAll(Samples.issued(receipt, OSTRANA), new Fact.OutboxPut(waits));

        assertThat(due(NEXT_YEAR)).isEmpty();
        commitAll(new Fact.OutboxEnded(waits.id(), NOON));
        assertThat(due(NEXT_YEAR)).isEmpty();
        commitAll(new Fact.CheckpointSigned(store().ledgerbook().size(), NOON, "note"));
        assertThat(due(NEXT_YEAR)).containsExactly(received);
    }

    @Test
    default void whatWasErasedIsGoneAndItsEvidenceStays() {
        Erasable.Received received = received();
        Erasable.Received kept = received();
        var receipt = Samples.receipt(received.exchange(), EvidenceEvent.CONTENT_HANDOVER);
        commitAll(Samples.issued(receipt, OSTRANA));
        Fact.ContentErased fact = erased(received);

        commitAll(fact);

        assertErased(() -> store().register().inboxMessage(OSTRANA, received.exchange()));
        assertThat(text(store().register().inboxMessage(OSTRANA, kept.exchange())))
                .contains(kept.exchange().toString());
        assertThat(store().register().receipts(received.exchange())).hasSize(1);
        assertThat(store().register().inbox(OSTRANA, received.exchange())).isPresent();
        assertThat(book().erasures(received.exchange())).singleElement().satisfies(erasure -> {
            assertThat(erasure.reason()).isEqualTo(ErasureReason.RETENTION_ENDED);
            assertThat(erasure.at()).isEqualTo(NEXT_YEAR);
            assertThat(erasure.evidence()).isEqualTo(fact.evidence());
            assertThat(erasure.epoch()).isEqualTo(keys().currentEpoch().name());
            assertThat(erasure.endedAt()).isEmpty();
        });
        assertThat(book().standing(received)).isEqualTo(Standing.ERASED);
        assertThat(commit(erased(received))).isEqualTo(new StepResult.Conflict(StepResult.Kind.STATE_MOVED));
        assertThat(book().counts().waiting()).isEqualTo(1);
    }

    @Test
    default void aSentMessageADropAndAnItemAreErasedInOneCommit() {
        Erasable.Sent sent = sent();
        DropId drop = closedDrop();
        commitAll(Samples.quarantined("message-1", "detail", "content"));

        commitAll(erased(sent), erased(new Erasable.DropCopy(drop)), erased(new Erasable.Item("message-1")));

        assertErased(() -> store().register().dropContent(drop));
        assertErased(() -> store().register().quarantineContent("message-1"));
        assertThat(store().register().quarantined("message-1").orElseThrow().detail())
                .isEmpty();
        assertThat(book().erasures(sent.exchange())).hasSize(1);
        assertThat(book().erasures(drop)).hasSize(1);
        assertThat(book().erasure("message-1")).isPresent();
        assertThat(book().erasures(NOON, 9)).hasSize(3);
        assertThat(due(NEXT_YEAR)).isEmpty();
    }

    @Test
    default void whatIsKeptAsProofIsNeverErased() {
        commitAll(Samples.quarantined("ledger-1", "detail", "a note that lies"));

        assertThat(due(NEXT_YEAR.plus(YEAR))).isEmpty();
        assertThat(book().standing(new Erasable.Item("ledger-1"))).isEqualTo(Standing.PROOF);
        assertThat(book().standing(new Erasable.Item("none"))).isEqualTo(Standing.UNKNOWN);
        assertThat(commit(erased(new Erasable.Item("ledger-1"))))
                .isEqualTo(new StepResult.Conflict(StepResult.Kind.STATE_MOVED));
        assertThat(text(store().register().quarantineContent("ledger-1"))).isEqualTo("a note that lies");
    }

    @Test
    default void survivorsMoveToTheNewEpochAndTheOldKeyIsNotNeededAnyMore() {
        Erasable.Received erased = received();
        Erasable.Received kept = received();
        var receipt = Samples.receipt(kept.exchange(), EvidenceEvent.CONTENT_HANDOVER);
        commitAll(Samples.issued(receipt, OSTRANA));
        commitAll(erased(erased));
        String old = keys().currentEpoch().name();
        String fresh = old + "x";
        keys().begin(fresh);
        store().epochs().begun(fresh, NOON);

        assertThat(store().epochs().retire(old, NOON)).isFalse();
        int moved = 1;
        while (moved > 0) {
            moved = store().epochs().rewrap(Set.of(old), 1);
        }
        assertThat(store().epochs().retire(old, NOON)).isTrue();
        keys().destroy(old);
        store().epochs().scrub();
        commitAll(new Fact.EpochDestroyed(old, NOON, Samples.leaf("destroyed").leaf()));

        assertThat(text(store().register().inboxMessage(OSTRANA, kept.exchange())))
                .contains(kept.exchange().toString());
        assertThat(store().register().receipts(kept.exchange())).hasSize(1);
        assertThat(book().erasures(erased.exchange()).get(0).endedAt()).contains(NOON);
        assertThat(book().counts().waiting()).isZero();
        assertThat(book().epochs())
                .filteredOn(epoch -> epoch.name().equals(old))
                .singleElement()
                .satisfies(epoch -> assertThat(epoch.destroyed()).contains(NOON));
        assertThat(book().epochs()).extracting(Epoch::name).contains(fresh);
    }

    @Test
    default void aRetiredEpochTakesNoMoreKeys() {
        String old = keys().currentEpoch().name();
        keys().begin(old + "x");
        int moved = 1;
        while (moved > 0) {
            moved = store().epochs().rewrap(Set.of(old), 99);
        }
        assertThat(store().epochs().retire(old, NOON)).isTrue();
        keys().destroy(old + "x"); // as a node that has not heard of the new epoch

        assertThatThrownBy(() -> commit(inboxPut(OSTRANA, exchangeId())))
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.STORE_UNAVAILABLE));
    }

    private static void assertErased(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Broken.class, broken -> assertThat(broken.fault()).isEqualTo(FaultCode.CONTENT_ERASED));
    }
}
