package org.embassage.exchange.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.embassage.evidence.DropId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.SetAside;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;

/**
 * The open drops that can go on, and whose turn it is. The whole list is read again only after so many turns as it is worth, so
 * that a drop among ten thousand costs no more than one among ten. Used by one thread.
 */
final class OpenDrops {

    private static final int FEWEST_TURNS = 16;
    private static final int PARTS = 16;

    private final Register register;
    private final SetAside<DropId> aside;
    private final DropQueue queue = new DropQueue();
    private int turnsLeft;
    private Instant newest = Instant.EPOCH;

    /** @param aside drops that wait for their time */
    OpenDrops(Register register, SetAside<DropId> aside) {
        this.register = register;
        this.aside = aside;
    }

    /** The next drop as it is now; nothing if all that are open wait. */
    Optional<DropView> next() {
        if (turnsLeft-- <= 0) {
            readAll();
        } else {
            readNew();
        }
        Optional<DropView> found = turn();
        if (found.isEmpty()) {
            readAll();
            found = turn();
        }
        return found;
    }

    private void readAll() {
        List<DropView> all = register.openDrops();
        List<DropId> open = all.stream().map(DropView::drop).toList();
        aside.keepOnly(open.stream().collect(Collectors.toSet()));
        queue.open(open.stream().filter(drop -> !aside.holds(drop)).toList());
        newest = newest(all);
        turnsLeft = Math.max(FEWEST_TURNS, open.size() / PARTS);
    }

    /** What was opened since, so that an urgent drop need not wait for the next look at all. */
    private void readNew() {
        List<DropView> fresh = register.openDrops(newest);
        fresh.stream().map(DropView::drop).filter(drop -> !aside.holds(drop)).forEach(queue::add);
        newest = newest(fresh);
    }

    private Instant newest(List<DropView> drops) {
        return drops.isEmpty() ? newest : drops.get(drops.size() - 1).at();
    }

    private Optional<DropView> turn() {
        Optional<DropId> chosen = queue.next();
        while (chosen.isPresent()) {
            Optional<DropView> drop = register.drop(chosen.get()).filter(known -> !known.closed());
            if (drop.isPresent()) {
                return drop;
            }
            queue.leave(chosen.get());
            chosen = queue.next();
        }
        return Optional.empty();
    }

    /** What a batch of the drop held. */
    void found(DropId drop, List<Priority> priorities) {
        queue.found(drop, priorities);
    }

    /** It cannot go on now. @return how long it waits, in milliseconds */
    long failed(DropId drop) {
        queue.leave(drop);
        return aside.failed(drop).toMillis();
    }

    /** It went on. */
    void went(DropId drop) {
        aside.went(drop);
    }

    /** It is closed. */
    void closed(DropId drop) {
        queue.leave(drop);
        aside.went(drop);
    }
}
