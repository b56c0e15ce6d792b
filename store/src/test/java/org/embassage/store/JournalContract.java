package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.digest;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.inboxPut;
import static org.embassage.store.Samples.issued;
import static org.embassage.store.Samples.leaf;
import static org.embassage.store.Samples.message;
import static org.embassage.store.Samples.receipt;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.journal.StepResult.Committed;
import org.embassage.exchange.journal.StepResult.Conflict;
import org.embassage.exchange.journal.StepResult.Kind;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.Test;

/** What every {@link org.embassage.exchange.journal.Journal} promises. */
interface JournalContract extends StoreUnderTest {

    Instant LATER = NOON.plusSeconds(60);

    // ---- many steps, one commit

    @Test
    default void eachStepGetsItsResultInOrder() {
        List<StepResult> results = store().journal()
                .commit(List.of(StepOutcome.of(leaf("a"), leaf("b")), StepOutcome.of(), StepOutcome.of(leaf("c"))));

        assertThat(results)
                .containsExactly(new Committed(List.of(0L, 1L)), new Committed(List.of()), new Committed(List.of(2L)));
    }

    @Test
    default void noStepsAreNoResults() {
        assertThat(store().journal().commit(List.of())).isEmpty();
    }

    @Test
    default void aConflictingStepLeavesNothingAndTheOthersStand() {
        ExchangeId known = exchangeId();
        ExchangeId before = exchangeId();
        ExchangeId after = exchangeId();
        commitAll(inboxPut(OSTRANA, known));
        Receipt unwritten = receipt(known, EvidenceEvent.RELAY_ACCEPTANCE);

        List<StepResult> results = store().journal()
                .commit(List.of(
                        StepOutcome.of(inboxPut(OSTRANA, before), leaf("before")),
                        StepOutcome.of(issued(unwritten, OSTRANA), inboxPut(OSTRANA, known), leaf("never")),
                        StepOutcome.of(inboxPut(OSTRANA, after), leaf("after"))));

        assertThat(results)
                .containsExactly(
                        new Committed(List.of(0L)), new Conflict(Kind.EXCHANGE_KNOWN), new Committed(List.of(1L)));
        assertThat(store().register().inbox(OSTRANA, before)).isPresent();
        assertThat(store().register().inbox(OSTRANA, after)).isPresent();
        assertThat(store().register().receipt(unwritten.id())).isEmpty();
        assertThat(store().ledgerbook().leaves(0, 9)).noneMatch(text -> text.contains("never"));
        assertThat(store().ledgerbook().size()).isEqualTo(2);
    }

    @Test
    default void twoStepsOfOneCommitCanConflictWithEachOther() {
        ExchangeId same = exchangeId();

        List<StepResult> results = store().journal()
                .commit(List.of(StepOutcome.of(inboxPut(OSTRANA, same)), StepOutcome.of(inboxPut(OSTRANA, same))));

        assertThat(results).containsExactly(new Committed(List.of()), new Conflict(Kind.EXCHANGE_KNOWN));
    }

    @Test
    default void laterStepsSeeWhatEarlierStepsOfTheCommitDid() {
        ExchangeId id = exchangeId();

        List<StepResult> results = store().journal()
                .commit(List.of(
                        StepOutcome.of(inboxPut(OSTRANA, id)),
                        StepOutcome.of(moved(id, InboxState.ACCEPTED, InboxState.HANDING_OVER)),
                        StepOutcome.of(moved(id, InboxState.HANDING_OVER, InboxState.HANDED_OVER)),
                        StepOutcome.of(moved(id, InboxState.HANDING_OVER, InboxState.HELD))));

        assertThat(results.subList(0, 3)).allMatch(Committed.class::isInstance);
        assertThat(results.get(3)).isEqualTo(new Conflict(Kind.STATE_MOVED));
        assertThat(state(id)).isEqualTo(InboxState.HANDED_OVER);
    }

    // ---- conflicts, one by one

    @Test
    default void aRecordIsClaimedOnce() {
        Fact claim = new Fact.IntakeClaimed(Samples.FEED, digest("row"), OSTRANA, exchangeId());
        Fact again = new Fact.IntakeClaimed(Samples.FEED, digest("row"), OSTRANA, exchangeId());
        Fact forOther = new Fact.IntakeClaimed(Samples.FEED, digest("row"), OSTRANA_BORDER, exchangeId());

        commitAll(claim);

        assertThat(commit(again)).isEqualTo(new Conflict(Kind.RECORD_CLAIMED));
        assertThat(commit(forOther)).isEqualTo(new Committed(List.of()));
    }

    @Test
    default void aDropIsOpenedOnce() {
        DropId drop = Samples.dropId();
        commitAll(Samples.dropOpened(drop));

        assertThat(commit(Samples.dropOpened(drop))).isEqualTo(new Conflict(Kind.DROP_KNOWN));
        assertThat(commit(Samples.dropOpened(Samples.dropId()))).isEqualTo(new Committed(List.of()));
    }

    @Test
    default void aDropThatIsNotThereCannotAdvance() {
        assertThat(commit(new Fact.DropAdvanced(Samples.dropId(), 3))).isEqualTo(new Conflict(Kind.STATE_MOVED));
    }

    @Test
    default void anExchangeOfOnePeerIsTakenOnceAlsoIfItWasRefused() {
        ExchangeId id = exchangeId();
        commitAll(inboxPut(OSTRANA, id));

        assertThat(commit(inboxPut(OSTRANA, id))).isEqualTo(new Conflict(Kind.EXCHANGE_KNOWN));
        assertThat(commit(refused(OSTRANA, id))).isEqualTo(new Conflict(Kind.EXCHANGE_KNOWN));
        assertThat(commit(refused(OSTRANA_BORDER, id))).isEqualTo(new Committed(List.of()));
        assertThat(commit(inboxPut(OSTRANA_BORDER, id))).isEqualTo(new Conflict(Kind.EXCHANGE_KNOWN));
    }

    @Test
    default void aReceiptIsKeptOnce() {
        Receipt receipt = receipt(exchangeId(), EvidenceEvent.RELAY_ACCEPTANCE);
        commitAll(issued(receipt, OSTRANA));

        assertThat(commit(issued(receipt, OSTRANA))).isEqualTo(new Conflict(Kind.RECEIPT_KNOWN));
        assertThat(store().ledgerbook().size()).isEqualTo(1);
    }

    @Test
    default void aQuarantineItemIsKeptOnce() {
        commitAll(Samples.quarantined("q-1", "detail", "first"));

        assertThat(commit(Samples.quarantined("q-1", "detail", "second")))
                .isEqualTo(new Conflict(Kind.QUARANTINE_KNOWN));
        assertThat(Samples.text(store().register().quarantineContent("q-1"))).isEqualTo("first");
    }

    @Test
    default void anExchangeMovesOnlyFromTheStateItIsIn() {
        ExchangeId id = exchangeId();
        commitAll(Samples.exchangeOpened(id, OSTRANA, 1));

        assertThat(commit(new Fact.ExchangeMoved(id, ExchangeState.RELAYED, ExchangeState.HANDED_OVER, LATER)))
                .isEqualTo(new Conflict(Kind.STATE_MOVED));
        assertThat(commit(new Fact.ExchangeMoved(id, ExchangeState.SEALED, ExchangeState.RELAYED, LATER)))
                .isEqualTo(new Committed(List.of()));
        assertThat(store().register().exchange(id)).hasValueSatisfying(view -> {
            assertThat(view.state()).isEqualTo(ExchangeState.RELAYED);
            assertThat(view.stateSince()).isEqualTo(LATER);
        });
    }

    // ---- the outbox

    @Test
    default void theMostUrgentAndThenTheOldestIsLeasedFirst() {
        OutboxEntry young = put(Priority.ROUTINE, NOON.minusSeconds(1));
        OutboxEntry old = put(Priority.ROUTINE, NOON.minusSeconds(9));
        OutboxEntry flash = put(Priority.FLASH, NOON);
        OutboxEntry bulk = put(Priority.BULK, NOON.minusSeconds(99));

        assertThat(lease(NOON, LATER, 3)).extracting(OutboxEntry::id).containsExactly(flash.id(), old.id(), young.id());
        assertThat(lease(NOON, LATER, 3)).extracting(OutboxEntry::id).containsExactly(bulk.id());
        assertThat(lease(NOON, LATER, 3)).isEmpty();
    }

    @Test
    default void aLeasedEntryIsWholeAndCarriesItsBytes() {
        ExchangeId exchange = exchangeId();
        OutboxEntry entry = message(OSTRANA, exchange, Priority.URGENT, NOON);
        commitAll(new Fact.OutboxPut(entry));

        OutboxEntry leased = lease(NOON, LATER, 1).get(0);

        assertThat(leased)
                .usingRecursiveComparison()
                .ignoringFields("nextAttempt")
                .isEqualTo(entry);
        assertThat(leased.nextAttempt()).isEqualTo(LATER);
    }

    @Test
    default void onlyWhatIsDueForThisPeerAndTransportIsLeased() {
        put(Priority.ROUTINE, LATER);
        commitAll(new Fact.OutboxPut(message(OSTRANA_BORDER)));
        OutboxEntry due = put(Priority.ROUTINE, NOON);

        assertThat(store().journal().lease(OSTRANA, Transport.SFTP, NOON, LATER, 9))
                .isEmpty();
        assertThat(lease(NOON, LATER, 9)).extracting(OutboxEntry::id).containsExactly(due.id());
    }

    @Test
    default void aLeaseEndsByItself() {
        OutboxEntry entry = put(Priority.ROUTINE, NOON);

        assertThat(lease(NOON, LATER, 1)).hasSize(1);
        assertThat(lease(LATER.minusMillis(1), LATER, 1)).isEmpty();
        assertThat(lease(LATER, LATER.plusSeconds(60), 1))
                .extracting(OutboxEntry::id)
                .containsExactly(entry.id());
    }

    @Test
    default void aLeaseOfAClockThatRanAheadIsNoLease() {
        OutboxEntry entry = put(Priority.ROUTINE, NOON);
        Instant ahead = NOON.plus(Duration.ofDays(1));
        assertThat(lease(ahead, ahead.plusSeconds(20), 1)).hasSize(1);

        assertThat(lease(ahead, ahead.plusSeconds(20), 1)).isEmpty();
        assertThat(lease(NOON, LATER, 1)).extracting(OutboxEntry::id).containsExactly(entry.id());
        assertThat(lease(NOON, LATER, 1)).isEmpty();
    }

    @Test
    default void whatWasQueuedByAClockThatRanAheadIsDue() {
        OutboxEntry little = put(Priority.ROUTINE, NOON.plus(Journal.LONGEST_UNCARRIED));
        OutboxEntry far =
                put(Priority.ROUTINE, NOON.plus(Journal.LONGEST_UNCARRIED).plusMillis(1));

        assertThat(lease(NOON, LATER, 9)).extracting(OutboxEntry::id).containsExactly(far.id());
        assertThat(lease(NOON.plus(Journal.LONGEST_UNCARRIED), LATER, 9))
                .extracting(OutboxEntry::id)
                .contains(little.id());
    }

    @Test
    default void whatWasCarriedWaitsAsLongAsAPauseMayBeAndNoLonger() {
        OutboxEntry sane = put(Priority.ROUTINE, NOON);
        OutboxEntry triedAhead = put(Priority.ROUTINE, NOON);
        OutboxEntry leasedAhead = put(Priority.ROUTINE, NOON);
        Instant ahead = NOON.plus(Duration.ofHours(1));
        Instant last = NOON.plus(Journal.LONGEST_CARRIED);
        commitAll(
                new Fact.OutboxAttempted(sane.id(), NOON, true, last),
                new Fact.OutboxAttempted(triedAhead.id(), ahead, true, ahead.plusSeconds(600)),
                new Fact.OutboxAttempted(leasedAhead.id(), NOON, true, last.plusMillis(1)));

        assertThat(lease(NOON, LATER, 9))
                .extracting(OutboxEntry::id)
                .containsExactlyInAnyOrder(triedAhead.id(), leasedAhead.id());
        assertThat(lease(last.minusMillis(1), last, 9))
                .extracting(OutboxEntry::id)
                .doesNotContain(sane.id());
        assertThat(lease(last, last.plusSeconds(1), 9))
                .extracting(OutboxEntry::id)
                .contains(sane.id());
    }

    @Test
    default void anAttemptEndsTheLeaseAndCounts() {
        OutboxEntry entry = put(Priority.ROUTINE, NOON);
        assertThat(lease(NOON, NOON.plusSeconds(3600), 1)).hasSize(1);

        commitAll(new Fact.OutboxAttempted(entry.id(), NOON, false, LATER));

        assertThat(lease(LATER.minusMillis(1), LATER, 1)).isEmpty();
        assertThat(lease(LATER, LATER.plusSeconds(1), 1))
                .singleElement()
                .satisfies(again -> assertThat(again.attempts()).isEqualTo(1));
    }

    @Test
    default void whatEndedIsNeverLeasedAgain() {
        OutboxEntry entry = put(Priority.ROUTINE, NOON);

        commitAll(new Fact.OutboxEnded(entry.id(), NOON));
        commitAll(new Fact.OutboxAttempted(entry.id(), NOON, true, NOON));

        assertThat(lease(LATER, LATER.plusSeconds(1), 1)).isEmpty();
    }

    @Test
    default void theEndOfAMessageEndsNoReceiptOfItsExchange() {
        ExchangeId exchange = exchangeId();
        Receipt receipt = receipt(exchange, EvidenceEvent.RELAY_ACCEPTANCE);
        OutboxEntry item = Samples.receiptItem(OSTRANA, receipt);
        commitAll(
                new Fact.OutboxPut(message(OSTRANA, exchange, Priority.ROUTINE, NOON)),
                issued(receipt, OSTRANA),
                new Fact.OutboxPut(item));

        commitAll(new Fact.MessageEnded(exchange, NOON));

        assertThat(lease(NOON, LATER, 9)).singleElement().satisfies(left -> {
            assertThat(left.id()).isEqualTo(item.id());
            assertThat(left.content().octets()).isEqualTo(receipt.container());
        });
    }

    @Test
    default void manyEntriesAreLeasedWithTheirOwnBytes() {
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < 75; i++) {
            steps.add(StepOutcome.of(new Fact.OutboxPut(message(OSTRANA))));
        }
        assertThat(store().journal().commit(steps)).hasSize(75);

        assertThat(lease(NOON, LATER, 100))
                .hasSize(75)
                .allSatisfy(entry -> assertThat(Samples.text(entry.content()))
                        .isEqualTo("SYNTHETIC sealed " + entry.exchange().orElseThrow()));
    }

    @Test
    default void twoLeasersNeverGetTheSameEntry() throws Exception {
        List<StepOutcome> steps = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            steps.add(StepOutcome.of(new Fact.OutboxPut(message(OSTRANA))));
        }
        assertThat(store().journal().commit(steps)).hasSize(200);
        Set<String> taken = new ConcurrentSkipListSet<>();

        long doubles = together(4, () -> {
                    long twice = 0;
                    for (List<OutboxEntry> some = lease(NOON, LATER, 7);
                            !some.isEmpty();
                            some = lease(NOON, LATER, 7)) {
                        twice += some.stream()
                                .filter(entry -> !taken.add(entry.id()))
                                .count();
                    }
                    return twice;
                })
                .stream()
                .mapToLong(n -> n)
                .sum();

        assertThat(doubles).isZero();
        assertThat(taken).hasSize(200);
    }

    // ---- sequence numbers

    @Test
    default void sequenceNumbersAreReservedInBlocksFromOne() {
        assertThat(store().journal().reserveSequence(OSTRANA, 10)).isEqualTo(1);
        assertThat(store().journal().reserveSequence(OSTRANA, 5)).isEqualTo(11);
        assertThat(store().journal().reserveSequence(OSTRANA_BORDER, 1)).isEqualTo(1);
        assertThat(reopen().journal().reserveSequence(OSTRANA, 1)).isEqualTo(16);
    }

    @Test
    default void noTwoCallersGetTheSameNumber() throws Exception {
        List<Long> firsts = together(4, () -> {
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < 25; i++) {
                        mine.add(store().journal().reserveSequence(OSTRANA, 3));
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(new TreeSet<>(firsts)).hasSize(100).allMatch(first -> first % 3 == 1);
    }

    @Test
    default void reservedNumbersAreUnusedUntilAnExchangeOrAVoidLeafHasThem() {
        assertThat(store().journal().reserveSequence(OSTRANA, 10)).isEqualTo(1);
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA, 2));
        commitAll(Samples.exchangeOpened(exchangeId(), OSTRANA_BORDER, 3));
        commitAll(new Fact.SequenceVoided(OSTRANA, 8, 10, LedgerLeaf.voided(Samples.VELMARK, OSTRANA, 8, 10)));

        assertThat(store().register().unusedSequences(OSTRANA)).containsExactly(1L, 3L, 4L, 5L, 6L, 7L);
        assertThat(store().register().unusedSequences(OSTRANA_BORDER)).isEmpty();
    }

    // ---- durability and concurrency

    @Test
    default void whatWasCommittedIsThereAfterReopening() {
        ExchangeId id = exchangeId();
        DropId drop = Samples.dropId();
        commitAll(Samples.dropOpened(drop));
        commitAll(Samples.sent(id, 1, drop, new byte[5000]).facts().toArray(new Fact[0]));

        SqlStore reopened = reopen();

        assertThat(reopened.register().exchange(id)).isPresent();
        assertThat(reopened.register().receipts(id)).hasSize(1);
        assertThat(reopened.register().dropContent(drop).octets()).isNotEmpty();
        assertThat(reopened.journal().lease(OSTRANA, Transport.JMS, NOON, LATER, 9))
                .singleElement()
                .satisfies(entry -> assertThat(entry.content().octets()).isEqualTo(new byte[5000]));
    }

    @Test
    default void callersAtTheSameTimeGetAnUnbrokenLedger() throws Exception {
        List<Long> indexes = together(8, () -> {
                    List<Long> mine = new ArrayList<>();
                    for (int i = 0; i < 20; i++) {
                        mine.addAll(commitAll(leaf("x"), leaf("y")));
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .sorted()
                .toList();

        assertThat(indexes).isEqualTo(LongStream.range(0, 320).boxed().toList());
        assertThat(store().ledgerbook().leaves(0, 1000)).hasSize(320);
    }

    @Test
    default void aCallerWhoseStepConflictsDoesNotDisturbTheOthers() throws Exception {
        ExchangeId known = exchangeId();
        commitAll(inboxPut(OSTRANA, known));

        List<Integer> conflicts = together(6, () -> {
            int mine = 0;
            for (int i = 0; i < 20; i++) {
                mine += commit(inboxPut(OSTRANA, i % 2 == 0 ? known : exchangeId())) instanceof Conflict ? 1 : 0;
            }
            return mine;
        });

        assertThat(conflicts).containsOnly(10);
        assertThat(store().register().inboxCounts()).containsEntry(InboxState.ACCEPTED, 61L);
    }

    // ---- helpers

    private OutboxEntry put(Priority priority, Instant queued) {
        OutboxEntry entry = message(OSTRANA, exchangeId(), priority, queued);
        commitAll(new Fact.OutboxPut(entry));
        return entry;
    }

    private List<OutboxEntry> lease(Instant now, Instant until, int limit) {
        return store().journal().lease(OSTRANA, Transport.JMS, now, until, limit);
    }

    private InboxState state(ExchangeId id) {
        return store().register()
                .inbox(OSTRANA, id)
                .orElseThrow()
                .accepted()
                .orElseThrow()
                .state();
    }

    private static Fact moved(ExchangeId id, InboxState from, InboxState to) {
        return new Fact.InboxMoved(OSTRANA, id, from, to, LATER, Optional.empty(), Optional.empty());
    }

    private static Fact refused(GatewayId peer, ExchangeId id) {
        return new Fact.InboxRefused(
                peer, id, 7, digest("outer" + id), digest("inner" + id), Fault.byClause(FaultCode.DENIED, "D1"), NOON);
    }

    private static <T> List<T> together(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : pool.invokeAll(java.util.Collections.nCopies(threads, work))) {
                results.add(done.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
