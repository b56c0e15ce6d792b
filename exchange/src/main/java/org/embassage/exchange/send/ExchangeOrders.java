package org.embassage.exchange.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.receipts.Statements;

/** What a person may order of an exchange that this gateway sends: try it now, or end it while nobody else has it. */
public final class ExchangeOrders {

    private final Register register;
    private final Abandonment abandonment;
    private final Links links;

    public ExchangeOrders(Register register, Statements statements, AgreementBook book, Uuids ids, Links links) {
        this.register = register;
        this.abandonment = new Abandonment(register, statements, book, ids);
        this.links = links;
    }

    /** What waits of it is due now, and every link to its recipient is tried at once. */
    public Course retry(Order.RetryExchange order, Officer officer, Instant now) {
        Optional<ExchangeView> view = register.exchange(order.exchange());
        if (view.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        if (view.get().state().closed()) {
            return Course.Refused.of(FaultCode.EXCHANGE_CLOSED);
        }
        if (now.isAfter(view.get().expires())) {
            return new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, Optional.of(FaultCode.MESSAGE_EXPIRED));
        }
        links.hurry(view.get().recipient(), now);
        return new Course.Carried(List.of(), none -> List.of(new Fact.ExchangeDue(order.exchange(), now)));
    }

    /**
     * It ends with a RelayFailure that says who ended it. What is being carried at this very moment may arrive all the same: its
     * receipts are then kept and shown as LATE.
     */
    public Course cancel(Order.CancelExchange order, Officer officer, Instant now) {
        Optional<ExchangeView> view = register.exchange(order.exchange());
        if (view.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        if (view.get().state().closed()) {
            return Course.Refused.of(FaultCode.EXCHANGE_CLOSED);
        }
        if (view.get().state() != ExchangeState.SEALED || register.carried(order.exchange()) > 0) {
            return Course.Refused.of(FaultCode.EXCHANGE_CARRIED);
        }
        Fault fault = Fault.of(FaultCode.EXCHANGE_CANCELLED);
        return new Course.Carried(
                List.of(abandonment.evidence(view.get(), fault, now)),
                receipts -> abandonment.facts(view.get(), receipts.get(0), now));
    }
}
