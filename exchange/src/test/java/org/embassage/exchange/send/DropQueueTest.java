package org.embassage.exchange.send;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.junit.jupiter.api.Test;

class DropQueueTest {

    private static final DropId OLD = drop(1);
    private static final DropId NEW = drop(2);
    private static final DropId NEWEST = drop(3);

    private final DropQueue queue = new DropQueue();

    @Test
    void aNewDropGetsItsFirstBatchBeforeAnOlderOneGoesOn() {
        queue.found(OLD, List.of(Priority.ROUTINE));

        assertThat(next(OLD, NEW, NEWEST)).contains(NEW);
    }

    @Test
    void theMostUrgentRecordOfTheNewestBatchSaysWhoseTurnItIs() {
        queue.found(OLD, List.of(Priority.BULK, Priority.ROUTINE));
        queue.found(NEW, List.of(Priority.BULK, Priority.URGENT));

        assertThat(next(OLD, NEW)).contains(NEW);

        queue.found(NEW, List.of(Priority.BULK));
        assertThat(next(OLD, NEW)).contains(OLD);
    }

    @Test
    void amongEqualsTheOldestGoesOn() {
        queue.found(OLD, List.of(Priority.BULK));
        queue.found(NEW, List.of(Priority.BULK));

        assertThat(next(OLD, NEW)).contains(OLD);
    }

    @Test
    void everyEighthTurnIsTheOldestDrops() {
        queue.found(OLD, List.of(Priority.BULK));
        queue.found(NEW, List.of(Priority.FLASH));
        List<DropId> turns = new ArrayList<>();
        queue.open(List.of(OLD, NEW));
        for (int turn = 0; turn < 16; turn++) {
            queue.next().ifPresent(turns::add);
        }

        assertThat(turns).filteredOn(OLD::equals).hasSize(2);
        assertThat(turns.get(7)).isEqualTo(OLD);
        assertThat(turns.get(15)).isEqualTo(OLD);
    }

    @Test
    void aDropThatLeftTakesNoTurnUntilItIsOpenAgain() {
        queue.open(List.of(OLD, NEW));
        queue.leave(OLD);

        assertThat(queue.next()).contains(NEW);
        assertThat(next(OLD, NEW)).contains(OLD);
    }

    @Test
    void aDropThatIsAddedIsTheNewestAndIsAddedOnce() {
        queue.open(List.of(OLD));
        queue.found(OLD, List.of(Priority.ROUTINE));
        queue.add(NEW);
        queue.add(OLD);

        assertThat(queue.next()).contains(NEW);
        queue.leave(NEW);
        assertThat(queue.next()).contains(OLD);
    }

    @Test
    void noOpenDropIsNobodysTurn() {
        assertThat(queue.next()).isEmpty();
    }

    private Optional<DropId> next(DropId... open) {
        queue.open(List.of(open));
        return queue.next();
    }

    private static DropId drop(int number) {
        return new DropId(new UUID(0x7000L, Long.MIN_VALUE + number));
    }
}
