package org.embassage.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.embassage.store.Samples.AGREEMENT;
import static org.embassage.store.Samples.NOON;
import static org.embassage.store.Samples.OSTRANA;
import static org.embassage.store.Samples.OSTRANA_BORDER;
import static org.embassage.store.Samples.exchangeId;
import static org.embassage.store.Samples.exchangeOpened;
import static org.embassage.store.Samples.message;
import static org.embassage.store.Samples.receipt;
import static org.embassage.store.Samples.receiptItem;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register.Lane;
import org.embassage.exchange.port.Carrier.Transport;
import org.junit.jupiter.api.Test;

/** What is kept of links to peers, and how what waits changes its transport. */
interface LinkContract extends StoreUnderTest {

    Instant SOON = NOON.plusSeconds(60);

    @Test
    default void theNewestStateOfALinkOutlivesTheProcess() {
        LinkState open = new LinkState(OSTRANA, Transport.JMS, true, NOON, 3, SOON);
        LinkState worse = new LinkState(OSTRANA, Transport.JMS, true, NOON, 4, SOON.plusSeconds(60));
        LinkState other = new LinkState(OSTRANA, Transport.SFTP, false, NOON, 0, NOON);
        commitAll(new Fact.LinkChanged(open), new Fact.LinkChanged(other));
        commitAll(new Fact.LinkChanged(worse));

        assertThat(store().register().links()).containsExactly(worse, other);
        assertThat(reopen().register().links()).containsExactly(worse, other);
    }

    @Test
    default void messagesOfOneClauseMoveToAnotherTransportAndComeBack() {
        OutboxEntry moving = sent("R1", 1);
        OutboxEntry staying = sent("R2", 2);
        assertThat(store().register().lanes(OSTRANA, Transport.JMS))
                .containsExactlyInAnyOrder(new Lane(AGREEMENT, "R1"), new Lane(AGREEMENT, "R2"));

        commitAll(new Fact.LaneMoved(
                OSTRANA, Transport.JMS, Transport.SFTP, Optional.of(new Lane(AGREEMENT, "R1")), NOON));

        assertThat(due(Transport.JMS)).containsExactly(staying.id());
        assertThat(due(Transport.SFTP)).containsExactly(moving.id());
        assertThat(store().register().movable(OSTRANA, Transport.SFTP)).isTrue();
        assertThat(store().register().movable(OSTRANA, Transport.JMS)).isFalse();
        assertThat(store().register().probes(OSTRANA, Transport.JMS, 9))
                .extracting(OutboxEntry::id)
                .containsExactlyInAnyOrder(moving.id(), staying.id());

        commitAll(new Fact.LaneReturned(OSTRANA, Transport.JMS));

        assertThat(store().register().lanes(OSTRANA, Transport.SFTP)).isEmpty();
        assertThat(store().register().lanes(OSTRANA, Transport.JMS)).hasSize(2);
    }

    @Test
    default void theBytesThatMovedAreTheBytesThatWereSealed() {
        OutboxEntry entry = sent("R1", 1);

        commitAll(new Fact.LaneMoved(
                OSTRANA, Transport.JMS, Transport.SFTP, Optional.of(new Lane(AGREEMENT, "R1")), SOON));

        assertThat(store().journal().lease(OSTRANA, Transport.SFTP, SOON, SOON, 9))
                .singleElement()
                .satisfies(moved -> assertThat(moved.content().octets())
                        .isEqualTo(entry.content().octets()));
    }

    @Test
    default void receiptsMoveByThemselvesAndMessagesDoNotMoveWithThem() {
        OutboxEntry message = sent("R1", 1);
        ExchangeId other = exchangeId();
        OutboxEntry item = receiptItem(OSTRANA, receipt(other, EvidenceEvent.RELAY_ACCEPTANCE));
        commitAll(new Fact.OutboxPut(item));

        commitAll(new Fact.LaneMoved(OSTRANA, item.transport(), other(item.transport()), Optional.empty(), NOON));

        assertThat(due(other(item.transport()))).contains(item.id()).doesNotContain(message.id());
    }

    @Test
    default void theEndOfAMessageThatMovedEndsItWhereItIs() {
        OutboxEntry entry = sent("R1", 1);
        commitAll(new Fact.LaneMoved(
                OSTRANA, Transport.JMS, Transport.SFTP, Optional.of(new Lane(AGREEMENT, "R1")), NOON));

        commitAll(new Fact.MessageEnded(entry.exchange().orElseThrow(), NOON));

        assertThat(due(Transport.SFTP)).isEmpty();
        assertThat(store().register().probes(OSTRANA, Transport.JMS, 9)).isEmpty();
    }

    @Test
    default void whatWasNeverCarriedBecomesDueAndWhatWasWaitsForItsAnswer() {
        OutboxEntry failed = sent("R1", 1);
        OutboxEntry carried = sent("R1", 2);
        commitAll(
                new Fact.OutboxAttempted(failed.id(), NOON, false, SOON),
                new Fact.OutboxAttempted(carried.id(), NOON, true, SOON));
        assertThat(due(Transport.JMS)).isEmpty();

        commitAll(new Fact.LaneDue(OSTRANA, Transport.JMS, NOON));

        assertThat(due(Transport.JMS)).containsExactly(failed.id());
    }

    @Test
    default void whatIsReleasedIsDueAndCountsNoAttempt() {
        OutboxEntry entry = sent("R1", 1);
        assertThat(due(Transport.JMS)).hasSize(1);

        commitAll(new Fact.OutboxReleased(entry.id(), NOON));

        assertThat(store().journal().lease(OSTRANA, Transport.JMS, NOON, SOON, 9))
                .singleElement()
                .satisfies(again -> assertThat(again.attempts()).isZero());
    }

    @Test
    default void whatWasTriedLeastIsTheNextProbeWheneverItIsDue() {
        OutboxEntry tried = sent("R1", 1);
        OutboxEntry fresh = sent("R1", 2);
        commitAll(new Fact.OutboxTried(tried.id(), NOON), new Fact.OutboxReleased(fresh.id(), SOON));

        assertThat(store().register().probes(OSTRANA, Transport.JMS, 1))
                .extracting(OutboxEntry::id)
                .containsExactly(fresh.id());
        assertThat(store().register().probes(OSTRANA_BORDER, Transport.JMS, 9)).isEmpty();
    }

    @Test
    default void whatHasWaitedLongestIsLeasedFirstWhenItIsItsTurn() {
        OutboxEntry flash = message(OSTRANA, exchangeId(), Priority.FLASH, NOON);
        OutboxEntry bulk = message(OSTRANA, exchangeId(), Priority.BULK, NOON.minusSeconds(9));
        commitAll(new Fact.OutboxPut(flash), new Fact.OutboxPut(bulk));

        assertThat(store().journal().leaseOldest(OSTRANA, Transport.JMS, NOON, SOON, 2))
                .extracting(OutboxEntry::id)
                .containsExactly(bulk.id(), flash.id());
    }

    // ---- helpers

    private static Transport other(Transport transport) {
        return transport == Transport.JMS ? Transport.SFTP : Transport.JMS;
    }

    private OutboxEntry sent(String clause, long sequence) {
        ExchangeId id = exchangeId();
        Fact.ExchangeOpened like = exchangeOpened(id, OSTRANA, sequence);
        OutboxEntry entry = message(OSTRANA, id, Priority.ROUTINE, NOON);
        commitAll(
                new Fact.ExchangeOpened(
                        id,
                        OSTRANA,
                        like.kind(),
                        like.schemaVersion(),
                        like.priority(),
                        Transport.JMS,
                        sequence,
                        AGREEMENT,
                        clause,
                        like.created(),
                        like.expires(),
                        like.drop(),
                        like.recordIndex(),
                        like.feed(),
                        like.outer(),
                        like.inner(),
                        like.manifest(),
                        like.supersedes()),
                new Fact.OutboxPut(entry));
        return entry;
    }

    private List<String> due(Transport transport) {
        return store().journal().lease(OSTRANA, transport, NOON, SOON, 9).stream()
                .map(OutboxEntry::id)
                .toList();
    }
}
