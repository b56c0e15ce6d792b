package org.embassage.exchange.send;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.DropId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.exchange.document.SealedMessage;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.RecordSlice;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.OfficerRole;
import org.embassage.exchange.order.Order.ReleaseQuarantined;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.port.Sealer;
import org.embassage.exchange.receipts.Statements;

/**
 * The release desk: a record that a clause wants released by persons waits in quarantine until they did. Each release is an act;
 * when there are enough, the record is translated, validated and judged anew, by what is true then, and sealed in the same
 * commit. What comes of that is what the last one who releases is told. Thread-safe.
 */
public final class ReleaseRecords {

    private static final Pattern RECORD = Pattern.compile("record-[0-9a-f-]{36}-([0-9]{1,9})-.*");

    private final Map<FeedId, Feed> feeds;
    private final Register register;
    private final RecordPlanner planner;
    private final Sealer sealer;
    private final Statements statements;
    private final Acceptance acceptance;
    private final BooleanSupplier closed;

    ReleaseRecords(
            Map<FeedId, Feed> feeds,
            Register register,
            RecordPlanner planner,
            Sealer sealer,
            Statements statements,
            Acceptance acceptance,
            BooleanSupplier closed) {
        this.feeds = Map.copyOf(feeds);
        this.register = register;
        this.planner = planner;
        this.sealer = sealer;
        this.statements = statements;
        this.acceptance = acceptance;
        this.closed = closed;
    }

    /** One person's release of one record for one recipient. */
    public Course release(ReleaseQuarantined order, Officer officer, Instant now) {
        Optional<QuarantineView> found = register.quarantined(order.item());
        if (found.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        QuarantineView item = found.get();
        if (item.decision().isPresent()) {
            return Course.Refused.of(FaultCode.ORDER_OVERTAKEN);
        }
        Matcher record = RECORD.matcher(item.id());
        boolean releasable = item.fault().code() == FaultCode.RELEASE_NEEDED
                && item.drop().isPresent()
                && item.peer().isPresent()
                && record.matches();
        if (!releasable) {
            return Course.Refused.of(FaultCode.ORDER_NOT_POSSIBLE);
        }
        List<String> before = register.releases(item.id());
        return mayNot(officer, before)
                .<Course>map(why -> new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, Optional.of(why)))
                .orElseGet(
                        () -> judged(item, Integer.parseInt(record.group(1)), before.size() + 1, order, officer, now));
    }

    private Optional<FaultCode> mayNot(Officer officer, List<String> before) {
        if (officer.role() != OfficerRole.OFFICER && officer.role() != OfficerRole.SUPERVISOR) {
            return Optional.of(FaultCode.RELEASE_ROLE);
        }
        if (closed.getAsBoolean()) {
            return Optional.of(FaultCode.LEDGER_RESTORED);
        }
        return before.contains(officer.pseudonym()) ? Optional.of(FaultCode.RELEASE_SAME_PERSON) : Optional.empty();
    }

    private Course judged(
            QuarantineView item, int index, int released, ReleaseQuarantined order, Officer officer, Instant now) {
        DropView drop = register.drop(item.drop().orElseThrow()).orElseThrow();
        Optional<Feed> feed = Optional.ofNullable(feeds.get(drop.feed()));
        if (feed.isEmpty()) {
            return new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, Optional.of(FaultCode.DROP_HELD_UP));
        }
        try {
            GatewayId recipient = item.peer().orElseThrow();
            RecordPlan plan = planner.released(feed.get(), slice(item, drop.drop(), index), recipient, released, now);
            if (plan instanceof RecordPlan.ToSeal toSeal) {
                return sealed(item, drop, index, toSeal, order, officer, now);
            }
            FaultCode why = plan instanceof RecordPlan.Rejected no ? no.fault().code() : FaultCode.RECORD_DUPLICATE;
            return why == FaultCode.RELEASE_NEEDED
                    ? new Course.Carried(
                            List.of(), none -> List.of(new Fact.ReleaseGiven(item.id(), officer.pseudonym(), now)))
                    : new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, Optional.of(why));
        } catch (Broken failed) {
            if (failed.fault() == FaultCode.CONTENT_ERASED) {
                return Course.Refused.of(FaultCode.CONTENT_ERASED);
            }
            throw failed;
        }
    }

    /** The record as it was cut; where it began its result line says. */
    private RecordSlice slice(QuarantineView item, DropId drop, int index) {
        Optional<ResultLine> line = register.results(drop).stream()
                .filter(each ->
                        each.recordIndex().filter(number -> number == index).isPresent())
                .findFirst();
        return new RecordSlice(
                index,
                line.map(ResultLine::line).orElse(index),
                line.map(ResultLine::byteOffset).orElse(0L),
                register.quarantineContent(item.id()).octets());
    }

    private Course sealed(
            QuarantineView item,
            DropView drop,
            int index,
            RecordPlan.ToSeal plan,
            ReleaseQuarantined order,
            Officer officer,
            Instant now) {
        SealedMessage message = sealer.seal(List.of(new Sealer.ToSeal(plan.message(), plan.certificate())))
                .get(0);
        SubmissionRef ref = new SubmissionRef(drop.drop(), Optional.of(index));
        return new Course.Carried(
                List.of(
                        statements.quarantineDecision(
                                ref,
                                item.peer(),
                                officer.act(order.act(), Optional.of(item.id())),
                                Reason.of(order.reason().name()),
                                now),
                        acceptance.evidence(plan, message, ref, now)),
                receipts -> {
                    List<Fact> facts = new ArrayList<>(List.of(
                            new Fact.ReleaseGiven(item.id(), officer.pseudonym(), now),
                            new Fact.QuarantineDecided(item.id(), order.act(), now),
                            new Fact.ReceiptKept(
                                    receipts.get(0),
                                    true,
                                    Optional.empty(),
                                    LedgerLeaf.issued(receipts.get(0)),
                                    false)));
                    facts.addAll(acceptance.facts(drop.feed(), drop.drop(), plan, message, receipts.get(1), now));
                    return facts;
                });
    }
}
