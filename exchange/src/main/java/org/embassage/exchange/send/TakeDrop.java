package org.embassage.exchange.send;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.receipts.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pass 1 of a drop: the whole file is sliced and proven and a private copy kept, before anything of it is sealed. A file
 * that cannot be sliced is refused whole: quarantined, with a signed SubmissionRejection and a line in its result file.
 */
public final class TakeDrop implements Intake {

    private static final Logger LOG = LoggerFactory.getLogger(TakeDrop.class);
    private static final Content NOTHING = new Content(new byte[0]);

    private final Map<FeedId, Feed> feeds;
    private final Journal journal;
    private final Register register;
    private final Statements statements;
    private final DropDesk desk;
    private final Clock clock;

    public TakeDrop(
            Map<FeedId, Feed> feeds,
            Journal journal,
            Register register,
            Statements statements,
            DropDesk desk,
            Clock clock) {
        this.feeds = Map.copyOf(feeds);
        this.journal = journal;
        this.register = register;
        this.statements = statements;
        this.desk = desk;
        this.clock = clock;
    }

    @Override
    public void take(FeedId feed, DropId drop, byte[] content) {
        Feed source = Optional.ofNullable(feeds.get(feed)).orElseThrow();
        if (content.length > source.maxDropBytes()) {
            refused(feed, drop, Fault.of(FaultCode.DROP_TOO_LARGE), 0, NOTHING);
            return;
        }
        slice(source, drop, content)
                .fold(
                        sliced -> {
                            opened(feed, drop, sliced.records().size(), content);
                            return drop;
                        },
                        bad -> {
                            refused(feed, drop, bad.fault(), bad.byteOffset(), new Content(content));
                            return drop;
                        });
    }

    /** A file on which we fail is refused whole, whatever the failure: it must not hold up the others. */
    @SuppressWarnings("CatchingUnchecked") // by then it is nobody's business but the file's
    private static Feed.Slicing slice(Feed source, DropId drop, byte[] content) {
        try {
            return source.slice(content);
        } catch (Broken ours) {
            throw ours;
        } catch (RuntimeException | StackOverflowError poison) {
            LOG.error(
                    "drop={} feed={} event=DropFailed alarm=true fault={} kind={}",
                    drop,
                    source.id(),
                    FaultCode.DROP_UNPROCESSABLE.code(),
                    poison.getClass().getSimpleName());
            return new Feed.Slicing.Unsliceable(Fault.of(FaultCode.DROP_UNPROCESSABLE), 0);
        }
    }

    @Override
    public void refuse(FeedId feed, DropId drop, Fault fault) {
        refused(feed, drop, fault, 0, NOTHING);
    }

    private void opened(FeedId feed, DropId drop, int records, byte[] content) {
        StepResult result =
                journal.commit(StepOutcome.of(new Fact.DropOpened(drop, feed, now(), records, new Content(content))));
        if (result instanceof StepResult.Committed) {
            LOG.info("drop={} feed={} records={} event=DropOpened", drop, feed, records);
        }
    }

    private void refused(FeedId feed, DropId drop, Fault fault, long byteOffset, Content content) {
        if (register.drop(drop).isEmpty()) {
            Instant at = now();
            Receipt receipt = statements
                    .sign(List.of(statements.submissionRejection(
                            new SubmissionRef(drop, Optional.empty()), Optional.empty(), Optional.empty(), fault, at)))
                    .get(0);
            ResultLine line = new ResultLine(
                    Optional.empty(), 1, byteOffset, Optional.of(fault), Optional.empty(), Optional.of(receipt.id()));
            journal.commit(StepOutcome.of(
                    new Fact.DropOpened(drop, feed, at, 0, NOTHING),
                    new Fact.Quarantined(
                            "drop-" + drop,
                            fault,
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(drop),
                            at,
                            content),
                    new Fact.ResultNoted(drop, line),
                    new Fact.ReceiptKept(receipt, true, Optional.empty(), LedgerLeaf.issued(receipt), false)));
            LOG.warn(
                    "drop={} feed={} event=SubmissionRejection fault={}",
                    drop,
                    feed,
                    fault.code().code());
        }
        new DropClosing(journal, register, desk, clock).close(drop);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
