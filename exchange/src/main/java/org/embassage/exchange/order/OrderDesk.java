package org.embassage.exchange.order;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.receipts.Statements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out orders, each once under any crash: what it changes, its evidence, its act in the ledger and its answer are one
 * commit under the order's id. An order that is refused leaves an act too. Thread-safe.
 */
public final class OrderDesk {

    /** The act of an order that was refused. */
    public static final String REFUSED = "ORDER_REFUSED";

    private static final Logger LOG = LoggerFactory.getLogger(OrderDesk.class);

    private final Journal journal;
    private final Register register;
    private final Statements statements;
    private final Clock clock;
    private final Map<Class<? extends Order>, OrderHandler<Order>> handlers = new HashMap<>();

    public OrderDesk(Journal journal, Register register, Statements statements, Clock clock) {
        this.journal = journal;
        this.register = register;
        this.statements = statements;
        this.clock = clock;
    }

    /** Adds the handler of a kind of orders; before the first order comes. */
    public <O extends Order> OrderDesk with(Class<O> kind, OrderHandler<O> handler) {
        handlers.put(kind, (order, officer, now) -> handler.take(kind.cast(order), officer, now));
        return this;
    }

    /**
     * Carries an order out, or refuses it; an order that was answered before gets the same answer.
     *
     * @throws org.embassage.exchange.fault.Broken our side failed and nothing was committed; try again
     */
    public OrderAnswer carryOut(OrderSlip slip) {
        return answered(slip.id()).orElseGet(() -> fresh(slip));
    }

    private Optional<OrderAnswer> answered(EvidenceId order) {
        return register.orderAnswer(order)
                .flatMap(text -> OrderAnswer.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private OrderAnswer fresh(OrderSlip slip) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        OrderHandler<Order> handler = handlers.get(slip.order().getClass());
        Course course = handler == null
                ? Course.Refused.of(FaultCode.ORDER_NOT_POSSIBLE)
                : handler.take(slip.order(), slip.officer(), now);
        if (course instanceof Course.Refused no) {
            return refused(slip, no.why(), no.cause(), now);
        }
        Course.Carried carried = (Course.Carried) course;
        List<Receipt> receipts = statements.sign(carried.evidence());
        OrderAnswer answer =
                OrderAnswer.done(slip.id(), receipts.stream().map(Receipt::id).toList());
        List<Fact> facts = new ArrayList<>(carried.facts().apply(receipts));
        facts.add(done(slip, slip.order().act(), answer, now));
        StepResult result = journal.commit(new StepOutcome(facts));
        if (result instanceof StepResult.Conflict conflict) {
            return conflict.kind() == StepResult.Kind.ORDER_KNOWN
                    ? answered(slip.id()).orElse(answer)
                    : refused(slip, FaultCode.ORDER_OVERTAKEN, Optional.empty(), now);
        }
        LOG.info(
                "order={} word={} subject={} by={} event=OrderDone receipts={}",
                slip.id(),
                slip.order().word(),
                slip.order().subject(),
                slip.officer(),
                receipts.size());
        return answer;
    }

    private OrderAnswer refused(OrderSlip slip, FaultCode why, Optional<FaultCode> cause, Instant now) {
        OrderAnswer answer = OrderAnswer.refused(slip.id(), why, cause);
        journal.commit(StepOutcome.of(done(slip, REFUSED, answer, now)));
        LOG.warn(
                "order={} word={} subject={} by={} event=OrderRefused fault={}",
                slip.id(),
                slip.order().word(),
                slip.order().subject(),
                slip.officer(),
                why.code());
        return answer;
    }

    private static Fact done(OrderSlip slip, String act, OrderAnswer answer, Instant now) {
        return new Fact.OrderDone(
                slip.id(),
                now,
                answer.text(),
                LedgerLeaf.act(
                        slip.id(), act, slip.officer().toString(), slip.order().subject()));
    }
}
