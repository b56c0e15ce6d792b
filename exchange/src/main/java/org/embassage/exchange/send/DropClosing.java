package org.embassage.exchange.send;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.embassage.evidence.DropId;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.StepOutcome;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the owner of the domestic system what became of a drop, then closes it. The telling comes first and may be
 * repeated, so that a crash between the two loses nothing.
 */
final class DropClosing {

    private static final Logger LOG = LoggerFactory.getLogger(DropClosing.class);

    private final Journal journal;
    private final Register register;
    private final DropDesk desk;
    private final Clock clock;

    DropClosing(Journal journal, Register register, DropDesk desk, Clock clock) {
        this.journal = journal;
        this.register = register;
        this.desk = desk;
        this.clock = clock;
    }

    void close(DropId id) {
        DropView drop = register.drop(id).orElseThrow();
        List<ResultLine> lines = register.results(id);
        boolean refused = lines.stream().anyMatch(line -> line.recordIndex().isEmpty());
        desk.report(drop.feed(), id, lines);
        for (ResultLine line : lines) {
            line.receipt()
                    .flatMap(register::receipt)
                    .ifPresent(stored -> desk.giveReceipt(
                            drop.feed(), stored.id(), stored.container().octets()));
        }
        desk.shelve(drop.feed(), id, refused);
        if (!drop.closed()) {
            journal.commit(StepOutcome.of(
                    new Fact.DropClosed(id, refused, clock.instant().truncatedTo(ChronoUnit.MILLIS))));
            LOG.info("drop={} feed={} lines={} refused={} event=DropClosed", id, drop.feed(), lines.size(), refused);
        }
    }
}
