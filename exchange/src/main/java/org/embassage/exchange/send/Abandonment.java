package org.embassage.exchange.send;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;

/** Words the RelayFailure of an exchange that was sealed and got no relay evidence. */
public final class Abandonment {

    private final Register register;
    private final Statements statements;
    private final AgreementBook book;

    public Abandonment(Register register, Statements statements, AgreementBook book) {
        this.register = register;
        this.statements = statements;
        this.book = book;
    }

    /** The signed receipt; it is the caller's to commit. */
    public Receipt receipt(ExchangeView view, Fault fault, Instant at) {
        Optional<Previous> previous = register.receipts(view.exchange()).stream()
                .filter(stored -> stored.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE)
                .findFirst()
                .map(stored -> new Previous(stored.id(), stored.manifest()));
        return statements
                .sign(List.of(statements.relayFailure(about(view), fault, previous, at)))
                .get(0);
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
