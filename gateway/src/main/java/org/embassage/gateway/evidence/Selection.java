package org.embassage.gateway.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.journal.EnteredQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.Entered;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.gateway.evidence.Question.Side;

/**
 * What of a gateway's ledger answers a question: the stretch of the period, and in it the entries by which the exchanges and
 * acts begin that are asked for. What is entered later than the selection was made belongs to no answer. Not thread-safe.
 */
public final class Selection {

    private static final int PAGE = 4096;
    private static final int FEW = 64;

    private final Register register;
    private final Question question;
    private final long from;
    private final long to;
    private final long horizon;

    private Selection(Register register, Question question, long from, long to, long horizon) {
        this.register = register;
        this.question = question;
        this.from = from;
        this.to = to;
        this.horizon = horizon;
    }

    /** @param horizon size of our ledger: what is entered at this index or later is left out */
    static Selection of(Register register, Question question, long horizon) {
        long from = question.from()
                .map(time -> register.enteredSince(time).orElse(horizon))
                .orElse(0L);
        long to = question.until().flatMap(register::enteredSince).orElse(horizon);
        return new Selection(register, question, Math.min(from, horizon), Math.min(to, horizon), horizon);
    }

    public Question question() {
        return question;
    }

    /** Index of the stretch's first entry. */
    public long from() {
        return from;
    }

    /** Index behind the stretch's last entry. */
    public long to() {
        return to;
    }

    long horizon() {
        return horizon;
    }

    /** Whether nothing answers the question. */
    public boolean isEmpty() {
        EnteredQuery query = page(from, to);
        for (List<Entered> rows = register.entered(query); !rows.isEmpty(); rows = register.entered(query)) {
            if (rows.stream().anyMatch(this::chosen)) {
                return false;
            }
            query = query.after(rows.get(rows.size() - 1).leafIndex());
        }
        return true;
    }

    /** Reads a stretch's entries of receipts, whether they answer the question or not. */
    void each(long first, long end, Consumer<Entered> reader) {
        each(page(first, end), reader);
    }

    /** The same of those whose peer has not proven them. */
    void eachWithoutProof(long end, Consumer<Entered> reader) {
        each(page(0, end).withoutProof(), reader);
    }

    private EnteredQuery page(long first, long end) {
        EnteredQuery query = EnteredQuery.of(first, end, PAGE);
        return question.exchange().map(query::about).orElse(query);
    }

    private void each(EnteredQuery first, Consumer<Entered> reader) {
        EnteredQuery query = first;
        for (List<Entered> rows = register.entered(query); !rows.isEmpty(); rows = register.entered(query)) {
            rows.forEach(reader);
            query = query.after(rows.get(rows.size() - 1).leafIndex());
        }
    }

    /** Whether an exchange or act that is asked for begins with this entry, if it lies in the stretch. */
    boolean chosen(Entered entry) {
        return (question.exchange().isPresent() || begins(entry)) && matches(entry);
    }

    /** Whether what the entry is about begins with it, as far as this gateway is concerned. */
    static boolean begins(Entered entry) {
        if (entry.exchange().isEmpty() || entry.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE) {
            return true;
        }
        return entry.issued()
                && (entry.event() == EvidenceEvent.RELAY_ACCEPTANCE || entry.event() == EvidenceEvent.RELAY_REJECTION);
    }

    /** Whether the entry is about something of the kind that is asked for, wherever it lies. */
    boolean matches(Entered entry) {
        if (question.exchange().isPresent()) {
            return question.exchange().equals(entry.exchange());
        }
        boolean asked = entry.exchange().isPresent()
                ? question.side() == Side.BOTH || entry.sent() == (question.side() == Side.SENT)
                : question.asksForActs() && ofSide(entry);
        return asked
                && fits(question.agreement(), entry.agreement())
                && fits(question.kind(), entry.kind())
                && fits(question.state(), entry.state())
                && (question.peer().isEmpty() || question.peer().equals(peer(entry)));
    }

    private boolean ofSide(Entered entry) {
        boolean unopened = entry.event() == EvidenceEvent.RELAY_REJECTION;
        return switch (question.side()) {
            case BOTH -> true;
            case SENT -> entry.submission() || unopened && !entry.issued();
            case RECEIVED ->
                unopened && entry.issued() || entry.event() == EvidenceEvent.QUARANTINE_DECISION && !entry.submission();
        };
    }

    private static boolean fits(Optional<String> asked, Optional<String> is) {
        return asked.isEmpty() || asked.equals(is);
    }

    /** A refused submission is told to no peer, but its receipt may name the one that it was for. */
    private Optional<GatewayId> peer(Entered entry) {
        return entry.peer().isPresent() || !entry.submission()
                ? entry.peer()
                : register.receipt(entry.receipt()).flatMap(Selection::evidence).flatMap(Evidence::recipient);
    }

    static Optional<Evidence> evidence(StoredReceipt receipt) {
        return ReceiptReader.read(receipt.container().octets())
                .fold(read -> Optional.of(read.receipt().evidence()), unreadable -> Optional.empty());
    }

    /** Tells of entries outside the stretch whether they belong to something that began in it. */
    final class Membership {
        private final Map<ExchangeId, Boolean> known = new HashMap<>();

        boolean has(Entered entry) {
            boolean within = entry.leafIndex() >= from && entry.leafIndex() < to;
            if (!matches(entry)) {
                return false;
            }
            return within && chosen(entry)
                    || entry.exchange()
                            .map(exchange -> known.computeIfAbsent(exchange, this::began))
                            .orElse(false);
        }

        private boolean began(ExchangeId exchange) {
            return register.entered(EnteredQuery.of(from, to, FEW).about(exchange)).stream()
                    .anyMatch(Selection.this::chosen);
        }
    }
}
