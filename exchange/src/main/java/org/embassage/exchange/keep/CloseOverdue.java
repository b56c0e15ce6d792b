package org.embassage.exchange.keep;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Round;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.send.Abandonment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes exchanges of which no relay evidence came by expiry plus clock skew plus the return window, with a signed
 * RelayFailure. It says that no evidence was received, never that nothing was delivered.
 */
public final class CloseOverdue implements Round {

    private static final Logger LOG = LoggerFactory.getLogger(CloseOverdue.class);
    private static final int BATCH = 64;
    private static final Duration WITHOUT_AGREEMENT = Duration.ofHours(1);

    private final Journal journal;
    private final Register register;
    private final AgreementBook book;
    private final Abandonment abandonment;
    private final Clock clock;

    public CloseOverdue(
            Journal journal, Register register, AgreementBook book, Statements statements, Uuids ids, Clock clock) {
        this.journal = journal;
        this.register = register;
        this.book = book;
        this.abandonment = new Abandonment(register, statements, book, ids);
        this.clock = clock;
    }

    @Override
    public boolean run() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<StepOutcome> steps = new ArrayList<>();
        List<ExchangeView> expired = register.overdue(now, BATCH);
        for (ExchangeView view : expired) {
            if (now.isAfter(deadline(view))) {
                steps.add(close(view, now));
            }
        }
        if (!steps.isEmpty()) {
            journal.commit(steps);
        }
        return steps.size() == BATCH;
    }

    private Instant deadline(ExchangeView view) {
        Duration wait = book.find(view.agreement())
                .map(agreement -> agreement.clockSkew().plus(agreement.returnWindow()))
                .orElse(WITHOUT_AGREEMENT);
        return view.expires().plus(wait);
    }

    private StepOutcome close(ExchangeView view, Instant now) {
        LOG.warn(
                "exchange={} peer={} event=RelayFailure fault={}",
                view.exchange(),
                view.recipient(),
                FaultCode.NO_RELAY_EVIDENCE.code());
        return abandonment.step(view, Fault.of(FaultCode.NO_RELAY_EVIDENCE), now);
    }
}
