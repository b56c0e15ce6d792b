package org.embassage.exchange.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;
import org.embassage.exchange.receive.Returns;

/** Words the end of an exchange that was sealed and got no relay evidence: by a RelayFailure, which the peer is told. */
public final class Abandonment {

    private final Register register;
    private final Statements statements;
    private final AgreementBook book;
    private final Returns returns;

    public Abandonment(Register register, Statements statements, AgreementBook book, Uuids ids) {
        this.register = register;
        this.statements = statements;
        this.book = book;
        this.returns = new Returns(ids);
    }

    /** The whole step; it is the caller's to commit. */
    public StepOutcome step(ExchangeView view, Fault fault, Instant at) {
        Receipt receipt = statements.sign(List.of(evidence(view, fault, at))).get(0);
        return new StepOutcome(facts(view, receipt, at));
    }

    /** What the peer is told, to be signed. */
    Evidence evidence(ExchangeView view, Fault fault, Instant at) {
        Optional<Previous> previous = register.receipts(view.exchange()).stream()
                .filter(stored -> stored.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE)
                .findFirst()
                .map(stored -> new Previous(stored.id(), stored.manifest()));
        return statements.relayFailure(about(view), fault, previous, Statements.notBefore(view.stateSince(), at));
    }

    /** What is true with the receipt. */
    List<Fact> facts(ExchangeView view, Receipt receipt, Instant at) {
        return List.of(
                new Fact.ExchangeMoved(view.exchange(), ExchangeState.SEALED, ExchangeState.RELAY_FAILED, at),
                new Fact.MessageEnded(view.exchange(), at),
                returns.kept(receipt, view.recipient()),
                returns.sent(
                        receipt.id(),
                        Optional.of(view.exchange()),
                        receipt.container(),
                        view.recipient(),
                        view.transport(),
                        view.priority(),
                        at));
    }

    private About about(ExchangeView view) {
        return new About(
                new Subject.OfExchange(
                        view.exchange(),
                        view.kind(),
                        view.schemaVersion(),
                        view.sequence(),
                        view.created(),
                        Optional.of(new SubmissionRef(view.drop(), Optional.of(view.recordIndex()))),
                        view.supersedes()),
                statements.self(),
                view.recipient(),
                Optional.of(Statements.permit(book.terms(view.agreement(), view.clause()))),
                new MessageDigests(view.outer(), Optional.of(view.inner()), Optional.of(view.manifest())));
    }
}
