package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.journal.Register.DropView;
import org.junit.jupiter.api.Test;

class DropQueueTest {

    private static final DropView OLD = drop(1);
    private static final DropView NEW = drop(2);
    private static final DropView NEWEST = drop(3);

    private final DropQueue queue = new DropQueue();

    @Test
    void aNewDropGetsItsFirstBatchBeforeAnOlderOneGoesOn() {
        queue.found(OLD.drop(), List.of(Priority.ROUTINE));

        assertThat(queue.next(List.of(OLD, NEW, NEWEST))).contains(NEW);
    }

    @Test
    void theMostUrgentRecordOfTheNewestBatchSaysWhoseTurnItIs() {
        queue.found(OLD.drop(), List.of(Priority.BULK, Priority.ROUTINE));
        queue.found(NEW.drop(), List.of(Priority.BULK, Priority.URGENT));

        assertThat(queue.next(List.of(OLD, NEW))).contains(NEW);

        queue.found(NEW.drop(), List.of(Priority.BULK));
        assertThat(queue.next(List.of(OLD, NEW))).contains(OLD);
    }

    @Test
    void amongEqualsTheOldestGoesOn() {
        queue.found(OLD.drop(), List.of(Priority.BULK));
        queue.found(NEW.drop(), List.of(Priority.BULK));

        assertThat(queue.next(List.of(OLD, NEW))).contains(OLD);
    }

    @Test
    void everyEighthTurnIsTheOldestDrops() {
        queue.found(OLD.drop(), List.of(Priority.BULK));
        queue.found(NEW.drop(), List.of(Priority.FLASH));
        List<DropView> turns = new ArrayList<>();
        for (int turn = 0; turn < 16; turn++) {
            queue.next(List.of(OLD, NEW)).ifPresent(turns::add);
        }

        assertThat(turns).filteredOn(OLD::equals).hasSize(2);
        assertThat(turns.get(7)).isEqualTo(OLD);
        assertThat(turns.get(15)).isEqualTo(OLD);
    }

    @Test
    void noOpenDropIsNobodysTurn() {
        assertThat(queue.next(List.of())).isEmpty();
    }

    private static DropView drop(int number) {
        return new DropView(
                new DropId(new UUID(0x7000L, Long.MIN_VALUE + number)),
                new FeedId("synthetic"),
                Instant.EPOCH,
                10_000,
                64,
                false,
                false);
    }
}
