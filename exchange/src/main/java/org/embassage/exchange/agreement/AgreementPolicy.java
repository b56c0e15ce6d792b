package org.embassage.exchange.agreement;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.PermittedDocument;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.document.ValidDocument;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.schemas.DocumentView;
import org.embassage.schemas.SharedSchema;

/**
 * Judges documents by the agreements that this gateway holds; sender and receiver each judge with their own copy. What no
 * rule permits is refused; a Deny beats every rule; everything that is not understood is refused. Pure and thread-safe.
 */
public final class AgreementPolicy {

    /** The clause that a refusal cites when no rule of the agreement speaks of the document. */
    public static final String DEFAULT_DENY = "DEFAULT-DENY";

    /** Who let a document go is the sender's to answer for: the recipient does not ask. */
    private static final int RELEASED_BY_SENDER = Integer.MAX_VALUE;

    private final AgreementBook book;

    public AgreementPolicy(AgreementBook book) {
        this.book = book;
    }

    /**
     * May we send this document to the recipient now? If so, what is gained is the document without what the clause
     * strips and masks.
     *
     * @param status {@code ACTUAL}, {@code EXERCISE} or {@code TEST}
     */
    public Verdict<PermittedDocument> judgeSending(
            ValidDocument document, String status, GatewayId sender, GatewayId recipient, Instant now) {
        return judgeSending(document, status, sender, recipient, 0, now);
    }

    /** The same of a document that so many persons released. */
    public Verdict<PermittedDocument> judgeSending(
            ValidDocument document, String status, GatewayId sender, GatewayId recipient, int released, Instant now) {
        Question question =
                new Question(document.view(), status, SharedSchema.VERSION, sender, recipient, now, false, released);
        List<String> ids = book.idsPairing(sender, recipient);
        Verdict<Clause> best = new Verdict.Refused<>(Fault.of(FaultCode.NO_AGREEMENT), Optional.empty());
        boolean first = true;
        for (String id : ids) {
            Verdict<Clause> verdict = book.current(id, now)
                    .map(agreement -> judge(agreement, question))
                    .orElseGet(() -> notInForce(id, now));
            boolean denied =
                    verdict instanceof Verdict.Refused<Clause> no && no.fault().code() == FaultCode.DENIED;
            boolean gained = verdict instanceof Verdict.Permitted && best instanceof Verdict.Refused;
            if (denied) {
                best = verdict;
                break; // a Deny of any agreement beats every rule of every other
            }
            if (first || gained) {
                best = verdict;
            }
            first = false;
        }
        return best.fold(
                clause -> new Verdict.Permitted<>(PermittedDocument.permitted(
                        document, clause.minimisation().apply(document.document()), recipient, status, clause.terms())),
                refused -> new Verdict.Refused<>(refused.fault(), refused.agreement()));
    }

    private Verdict<Clause> notInForce(String id, Instant now) {
        FaultCode code = book.beginsLater(id, now) ? FaultCode.AGREEMENT_NOT_YET_VALID : FaultCode.AGREEMENT_EXPIRED;
        return new Verdict.Refused<>(Fault.of(code), Optional.empty());
    }

    /**
     * May we take this message? Judged by the version that the message names, if we hold it and it is still accepted; the
     * current version's Deny and suspension apply too.
     */
    public Verdict<Terms> judgeReceiving(Header header, DocumentView document, Instant now) {
        Optional<Agreement> held = book.find(header.agreement());
        Optional<Agreement> current = book.current(header.agreement().id(), now);
        if (held.isEmpty() || !accepted(held.get(), current, now)) {
            return new Verdict.Refused<>(Fault.of(FaultCode.POLICY_VERSION_MISMATCH), Optional.empty());
        }
        Agreement named = held.get();
        if (!named.inForce(now)) {
            FaultCode code =
                    now.isBefore(named.from()) ? FaultCode.AGREEMENT_NOT_YET_VALID : FaultCode.AGREEMENT_EXPIRED;
            return new Verdict.Refused<>(Fault.of(code), Optional.of(named.ref()));
        }
        Question question = new Question(
                document,
                header.status(),
                header.schemaVersion(),
                header.sender(),
                header.recipient(),
                header.created(),
                true,
                RELEASED_BY_SENDER);
        Optional<Fault> strictest = current.filter(latest -> latest != named)
                .flatMap(latest -> resting(latest, now).or(() -> denied(latest, question, document.present())));
        if (strictest.isPresent()) {
            return new Verdict.Refused<>(strictest.get(), current.map(Agreement::ref));
        }
        if (named.suspended(now)) {
            return new Verdict.Refused<>(Fault.of(FaultCode.AGREEMENT_SUSPENDED), Optional.of(named.ref()));
        }
        return judge(named, question)
                .fold(
                        clause -> within(clause, header, named.ref()),
                        refused -> new Verdict.Refused<>(refused.fault(), refused.agreement()));
    }

    private static Verdict<Terms> within(Clause clause, Header header, AgreementRef agreement) {
        boolean tooLong =
                header.expires().isAfter(header.created().plus(clause.terms().expiresAfter()));
        return tooLong
                ? new Verdict.Refused<>(
                        Fault.byClause(FaultCode.EXPIRY_NOT_AGREED, clause.id()), Optional.of(agreement))
                : new Verdict.Permitted<>(clause.terms());
    }

    private boolean accepted(Agreement named, Optional<Agreement> current, Instant now) {
        if (current.isEmpty() || current.get().ref().version() <= named.ref().version()) {
            return true;
        }
        Instant last = named.acceptUntil()
                .or(() -> book.successor(named).map(Agreement::from))
                .orElse(now);
        return !now.isAfter(last);
    }

    /** May an exchange that was permitted before go on now: be carried, or be handed over? */
    public Going judgeGoing(AgreementRef agreement, Instant now) {
        Optional<Agreement> held = book.find(agreement);
        if (held.isEmpty()) {
            return new Going.Ends(Fault.of(FaultCode.POLICY_VERSION_MISMATCH));
        }
        if (!now.isBefore(held.get().until())) {
            return new Going.Ends(Fault.of(FaultCode.AGREEMENT_EXPIRED));
        }
        Agreement judge = book.current(agreement.id(), now).orElse(held.get());
        if (!judge.suspended(now)) {
            return new Going.Goes();
        }
        return switch (judge.inFlight()) {
            case HOLD -> new Going.Waits();
            case RETURN -> new Going.Ends(Fault.of(FaultCode.AGREEMENT_SUSPENDED));
            case DELIVER -> new Going.Goes();
        };
    }

    private Verdict<Clause> judge(Agreement agreement, Question question) {
        Optional<AgreementRef> ref = Optional.of(agreement.ref());
        Optional<Fault> resting = question.receiving() ? Optional.empty() : resting(agreement, question.at());
        if (resting.isPresent()) {
            return new Verdict.Refused<>(resting.get(), ref);
        }
        if (!agreement.pairs(question.sender(), question.recipient())) {
            return new Verdict.Refused<>(Fault.byClause(FaultCode.KIND_NOT_AGREED, DEFAULT_DENY), ref);
        }
        List<Clause> speaking = agreement.clauses().stream()
                .filter(clause -> clause.speaksOf(question.document().kind(), question.sender(), question.recipient()))
                .toList();
        Optional<Fault> firstNo = Optional.empty();
        for (Clause clause : speaking) {
            Optional<Fault> no = broken(clause, question);
            if (no.isEmpty()) {
                Optional<Fault> denied = denied(agreement, question, leaving(clause, question.document()));
                return denied.<Verdict<Clause>>map(fault -> new Verdict.Refused<>(fault, ref))
                        .orElseGet(() -> new Verdict.Permitted<>(clause));
            }
            firstNo = firstNo.isEmpty() ? no : firstNo;
        }
        Fault refusal = denied(agreement, question, question.document().present())
                .orElse(firstNo.orElse(Fault.byClause(FaultCode.KIND_NOT_AGREED, DEFAULT_DENY)));
        return new Verdict.Refused<>(refusal, ref);
    }

    /** Paths of the elements that leave with their value under the clause. */
    private static Set<String> leaving(Clause clause, DocumentView document) {
        Set<String> leaving = new HashSet<>(document.present());
        leaving.removeIf(clause::strips);
        return leaving;
    }

    private static Optional<Fault> broken(Clause clause, Question question) {
        if (!clause.agreesTo(question.document().governance().purpose())) {
            return Optional.of(Fault.byClause(FaultCode.PURPOSE_NOT_AGREED, clause.id()));
        }
        if (!clause.terms().schemaVersion().equals(question.schemaVersion())) {
            return Optional.of(Fault.byClause(FaultCode.SCHEMA_VERSION_NOT_AGREED, clause.id()));
        }
        if (question.receiving()) {
            Optional<String> breach =
                    clause.minimisation().breaches(question.document()).stream().findFirst();
            if (breach.isPresent()) {
                return Optional.of(new Fault(FaultCode.FORBIDDEN_FIELD, breach, Optional.of(clause.id())));
            }
        }
        return clause.broken(question.document(), question.status(), question.at(), question.released());
    }

    private static Optional<Fault> resting(Agreement agreement, Instant now) {
        return agreement.suspended(now) ? Optional.of(Fault.of(FaultCode.AGREEMENT_SUSPENDED)) : Optional.empty();
    }

    private static Optional<Fault> denied(Agreement agreement, Question question, Set<String> leaving) {
        return agreement.denials().stream()
                .filter(denial ->
                        denial.applies(question.document(), question.sender(), question.recipient(), leaving::contains))
                .findFirst()
                .map(denial -> Fault.byClause(FaultCode.DENIED, denial.id()));
    }

    /** @param at when it is judged; for a received message, when it was created */
    private record Question(
            DocumentView document,
            String status,
            String schemaVersion,
            GatewayId sender,
            GatewayId recipient,
            Instant at,
            boolean receiving,
            int released) {}

    /** Whether an exchange goes on. */
    public sealed interface Going {
        record Goes() implements Going {}

        /** Later, when the suspension ends. */
        record Waits() implements Going {}

        /** Never. */
        record Ends(Fault fault) implements Going {}
    }
}
