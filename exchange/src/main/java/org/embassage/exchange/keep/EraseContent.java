package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Erasurebook.Standing;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order.EraseOrder;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Erases content: by rule when its time is over, or on notice. Keys and bytes, evidence and leaf are one commit. An erasure
 * becomes final, for backups too, when the key of its epoch is destroyed ({@link EndEpochs}). Receipts and ledger stay.
 * Thread-safe.
 */
public final class EraseContent implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(EraseContent.class);
    private static final int BATCH = 32;
    private static final Act BY_RULE = Act.byRule("ERASE", Optional.empty());

    private final Journal journal;
    private final Erasurebook book;
    private final ErasureSteps steps;
    private final Duration retention;
    private final Statements statements;
    private final Runnable atOnce;
    private final Clock clock;

    /**
     * @param atOnce called when an erasure is ordered that is to be final as soon as can be; the store keeps that wish
     * @param retention how long content is kept after its exchange closed, unless the record itself may only be kept shorter
     */
    public EraseContent(
            Journal journal,
            Register register,
            Erasurebook book,
            Statements statements,
            Uuids ids,
            Runnable atOnce,
            Duration retention,
            Clock clock) {
        this.journal = journal;
        this.book = book;
        this.steps = new ErasureSteps(register, book, statements, ids);
        this.statements = statements;
        this.atOnce = atOnce;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public boolean run() {
        List<Erasable> due = book.due(now(), retention, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        erase(due);
        return due.size() == BATCH;
    }

    /** On notice: an exchange with the copy of its drop, a drop's copy, or an item in quarantine whatever was decided of it. */
    public Course order(EraseOrder order, Officer officer, Instant now) {
        List<Erasable> erasables = erasables(order);
        if (erasables.isEmpty()) {
            return Course.Refused.of(FaultCode.ERASURE_UNKNOWN);
        }
        for (Erasable erasable : erasables) {
            Standing standing = book.standing(erasable);
            if (standing != Standing.READY) {
                return Course.Refused.of(fault(standing));
            }
        }
        if (order.atOnce()) {
            atOnce.run();
        }
        ErasureReason reason = ErasureReason.valueOf(order.reason().name());
        ErasureSteps.Draft draft =
                steps.draft(erasables, reason, officer.act(order.act(), Optional.empty()), order.atOnce(), now);
        return new Course.Carried(
                draft.evidence(),
                receipts -> draft.steps().apply(receipts).stream()
                        .flatMap(worded -> worded.step().facts().stream())
                        .toList());
    }

    private List<Erasable> erasables(EraseOrder order) {
        return switch (order.what()) {
            case EXCHANGE -> book.exchange(ExchangeId.parse(order.id()));
            case DROP -> List.of(new Erasable.DropCopy(DropId.parse(order.id())));
            case ITEM -> List.of(new Erasable.Item(order.id()));
        };
    }

    private static FaultCode fault(Standing standing) {
        return switch (standing) {
            case ERASED -> FaultCode.CONTENT_ERASED;
            case PROOF -> FaultCode.ERASURE_OF_PROOF;
            case UNKNOWN -> FaultCode.ERASURE_UNKNOWN;
            case OPEN, READY -> FaultCode.ERASURE_TOO_EARLY;
        };
    }

    private void erase(List<Erasable> erasables) {
        ErasureSteps.Draft draft = steps.draft(erasables, ErasureReason.RETENTION_ENDED, BY_RULE, false, now());
        List<ErasureSteps.Worded> worded = draft.steps().apply(statements.sign(draft.evidence()));
        List<StepOutcome> outcomes =
                worded.stream().map(ErasureSteps.Worded::step).toList();
        List<StepResult> results = journal.commit(outcomes);
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) instanceof StepResult.Committed) {
                LOG.info(
                        "{} event=ContentErasure reason={} evidence={}",
                        worded.get(i).line(),
                        ErasureReason.RETENTION_ENDED,
                        worded.get(i).evidence());
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
