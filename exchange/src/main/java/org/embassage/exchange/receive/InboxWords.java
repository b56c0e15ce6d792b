package org.embassage.exchange.receive;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;

/** What evidence says of an exchange in the inbox. Thread-safe. */
public final class InboxWords {

    private final Register register;
    private final AgreementBook book;
    private final GatewayId self;

    public InboxWords(Register register, AgreementBook book, GatewayId self) {
        this.register = register;
        this.book = book;
        this.self = self;
    }

    /** An accepted exchange, under the terms by which it was permitted. */
    public About about(InboxView view, InboxView.Accepted accepted) {
        return new About(
                new Subject.OfExchange(
                        view.exchange(),
                        accepted.kind(),
                        accepted.schemaVersion(),
                        accepted.sequence(),
                        accepted.submitted(),
                        Optional.empty(),
                        accepted.supersedes()),
                view.peer(),
                self,
                Optional.of(Statements.permit(book.terms(accepted.agreement(), accepted.clause()))),
                new MessageDigests(view.outer(), Optional.of(view.inner()), Optional.of(accepted.manifest())));
    }

    /** Our RelayAcceptance of it. */
    public Optional<Previous> previous(InboxView view) {
        return Optional.ofNullable(previous(List.of(view)).get(view.exchange()));
    }

    /** Our RelayAcceptance of each. */
    Map<ExchangeId, Previous> previous(List<InboxView> views) {
        Map<ExchangeId, Previous> previous = new HashMap<>();
        register.issued(views.stream().map(InboxView::exchange).toList(), EvidenceEvent.RELAY_ACCEPTANCE)
                .forEach(receipt -> receipt.exchange()
                        .ifPresent(exchange ->
                                previous.putIfAbsent(exchange, new Previous(receipt.id(), receipt.manifest()))));
        return previous;
    }

    /** The quarantine's item of an exchange whose hand-over is held; the exchange may be held again after a decision. */
    Optional<String> openItem(ExchangeId exchange) {
        for (int time = 1; ; time++) {
            Optional<Register.QuarantineView> item = register.quarantined(item(exchange, time));
            if (item.isEmpty()) {
                return Optional.empty();
            }
            if (item.get().decision().isEmpty()) {
                return Optional.of(item.get().id());
            }
        }
    }

    /** The first id for such an item that is not taken. */
    String freeItem(ExchangeId exchange) {
        int time = 1;
        while (register.quarantined(item(exchange, time)).isPresent()) {
            time++;
        }
        return item(exchange, time);
    }

    private static String item(ExchangeId exchange, int time) {
        return "handover-" + exchange + (time == 1 ? "" : "-" + time);
    }
}
