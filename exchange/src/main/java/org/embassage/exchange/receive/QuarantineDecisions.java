package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.InboxView.Accepted;
import org.embassage.exchange.journal.Register.QuarantineView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order.RejectQuarantined;
import org.embassage.exchange.order.Order.ReprocessQuarantined;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;

/**
 * What persons decide on the quarantine. A decision on a peer's message is signed, kept, and sent to the peer; one on our own
 * record is signed and kept; one on evidence or on what cannot be read is an act in the ledger only, for evidence is never
 * answered by evidence. Thread-safe.
 */
public final class QuarantineDecisions {

    private static final Pattern RECORD = Pattern.compile("record-[0-9a-f-]{36}-([0-9]{1,9})(-.*)?");

    private final Register register;
    private final PeerDirectory peers;
    private final Statements statements;
    private final HandOverFormat format;
    private final InboxWords words;
    private final Returns returns;

    /** @param format by which hand-over is tried before an item is let go on; as new as it can be had */
    public QuarantineDecisions(
            Register register,
            PeerDirectory peers,
            AgreementBook book,
            Statements statements,
            HandOverFormat format,
            Uuids ids) {
        this.register = register;
        this.peers = peers;
        this.statements = statements;
        this.format = format;
        this.words = new InboxWords(register, book, statements.self());
        this.returns = new Returns(ids);
    }

    /** Gives an item up. An accepted exchange gets a ContentHandoverFailure. */
    public Course reject(RejectQuarantined order, Officer officer, Instant now) {
        Optional<QuarantineView> found = register.quarantined(order.item());
        if (found.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        QuarantineView item = found.get();
        if (item.decision().isPresent()) {
            return Course.Refused.of(FaultCode.ORDER_OVERTAKEN);
        }
        Act act = officer.act(order.act(), Optional.of(item.id()));
        Reason reason = Reason.of(order.reason().name());
        Fact decided = new Fact.QuarantineDecided(item.id(), order.act(), now);
        if (item.id().startsWith("handover-")) {
            return handOverRejected(item, act, reason, decided, now);
        }
        if (item.id().startsWith("message-") && item.peer().isPresent()) {
            try {
                return messageRejected(item, item.peer().get(), act, reason, decided, now);
            } catch (Broken failed) {
                if (failed.fault() == FaultCode.CONTENT_ERASED) { // what it was is not known any more
                    return Course.Refused.of(FaultCode.CONTENT_ERASED);
                }
                throw failed;
            }
        }
        if (item.drop().isPresent()) {
            return recordRejected(item, item.drop().get(), act, reason, decided, now);
        }
        return new Course.Carried(List.of(), none -> List.of(decided));
    }

    private Course handOverRejected(QuarantineView item, Act act, Reason reason, Fact decided, Instant now) {
        Optional<InboxView> held = held(item);
        if (held.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_OVERTAKEN);
        }
        InboxView view = held.get();
        Accepted accepted = view.accepted().orElseThrow();
        Fault fault = Fault.of(FaultCode.HANDOVER_REJECTED);
        About about = words.about(view, accepted);
        Optional<Previous> previous = words.previous(view);
        Instant at = HandOver.saidAt(accepted, now);
        List<Evidence> evidence = List.of(
                statements.quarantineDecision(about, act, reason, previous, at),
                statements.contentHandoverFailure(about, fault, previous, at));
        return new Course.Carried(evidence, receipts -> {
            List<Fact> facts = new ArrayList<>(List.of(
                    decided,
                    new Fact.InboxMoved(
                            view.peer(),
                            view.exchange(),
                            InboxState.HELD,
                            InboxState.HANDOVER_FAILED,
                            now,
                            Optional.empty(),
                            Optional.of(fault))));
            receipts.forEach(receipt -> facts.addAll(told(
                    receipt, Optional.of(view.exchange()), view.peer(), accepted.via(), accepted.priority(), now)));
            return facts;
        });
    }

    /** The exchange of the item, if its hand-over is held. */
    private Optional<InboxView> held(QuarantineView item) {
        return item.peer()
                .flatMap(peer -> item.exchange().flatMap(exchange -> register.inbox(peer, exchange)))
                .filter(view -> view.accepted()
                        .map(accepted -> accepted.state() == InboxState.HELD)
                        .orElse(false));
    }

    /** It was refused by receipt already; the decision is that this stands. */
    private Course messageRejected(
            QuarantineView item, GatewayId peer, Act act, Reason reason, Fact decided, Instant now) {
        Optional<Evidence> refusal = item.exchange().flatMap(exchange -> refusal(peer, exchange));
        Evidence evidence = refusal.map(
                        earlier -> statements.quarantineDecision(about(earlier), act, reason, link(item), now))
                .orElseGet(() -> statements.quarantineDecision(
                        peer,
                        Digest.sha256(register.quarantineContent(item.id()).octets()),
                        act,
                        reason,
                        now));
        Transport via =
                peers.find(peer).map(known -> known.jms().isPresent()).orElse(true) ? Transport.JMS : Transport.SFTP;
        return new Course.Carried(List.of(evidence), receipts -> {
            List<Fact> facts = new ArrayList<>(List.of(decided));
            facts.addAll(told(receipts.get(0), item.exchange(), peer, via, Priority.ROUTINE, now));
            return facts;
        });
    }

    private Optional<StoredReceipt> refused(ExchangeId exchange) {
        return register.receipts(exchange).stream()
                .filter(stored -> stored.issued() && stored.event() == EvidenceEvent.RELAY_REJECTION)
                .findFirst();
    }

    private Optional<Evidence> refusal(GatewayId peer, ExchangeId exchange) {
        return refused(exchange)
                .flatMap(stored -> ReceiptReader.read(stored.container().octets())
                        .fold(read -> Optional.of(read.receipt().evidence()), unreadable -> Optional.<Evidence>empty()))
                .filter(evidence -> evidence.sender().equals(peer) && evidence.subject() instanceof Subject.OfExchange);
    }

    private Optional<Previous> link(QuarantineView item) {
        return item.exchange().flatMap(this::refused).map(stored -> new Previous(stored.id(), stored.manifest()));
    }

    private About about(Evidence refusal) {
        return new About(
                (Subject.OfExchange) refusal.subject(),
                refusal.sender(),
                statements.self(),
                refusal.terms(),
                refusal.digests().orElseThrow());
    }

    /** Our own record, or drop: nobody is told; the domestic side has its SubmissionRejection. */
    private Course recordRejected(QuarantineView item, DropId drop, Act act, Reason reason, Fact decided, Instant now) {
        Matcher record = RECORD.matcher(item.id());
        Optional<Integer> index = record.matches() ? Optional.of(Integer.valueOf(record.group(1))) : Optional.empty();
        Evidence evidence =
                statements.quarantineDecision(new SubmissionRef(drop, index), item.peer(), act, reason, now);
        return new Course.Carried(
                List.of(evidence),
                receipts -> List.of(
                        decided,
                        new Fact.ReceiptKept(
                                receipts.get(0), true, Optional.empty(), LedgerLeaf.issued(receipts.get(0)), false)));
    }

    /**
     * Lets a held exchange be handed over again, if a trial shows that it can be now. What comes of it has evidence of its
     * own.
     */
    public Course reprocess(ReprocessQuarantined order, Officer officer, Instant now) {
        Optional<QuarantineView> found = register.quarantined(order.item());
        if (found.isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_SUBJECT_UNKNOWN);
        }
        QuarantineView item = found.get();
        if (item.decision().isPresent()) {
            return Course.Refused.of(FaultCode.ORDER_OVERTAKEN);
        }
        if (!item.id().startsWith("handover-")) {
            return Course.Refused.of(FaultCode.ORDER_NOT_POSSIBLE);
        }
        return held(item)
                .map(view -> again(item, view, order, officer, now))
                .orElseGet(() -> Course.Refused.of(FaultCode.ORDER_OVERTAKEN));
    }

    private Course again(
            QuarantineView item, InboxView view, ReprocessQuarantined order, Officer officer, Instant now) {
        Accepted accepted = view.accepted().orElseThrow();
        if (now.isAfter(accepted.expires())) {
            return new Course.Refused(FaultCode.ORDER_NOT_POSSIBLE, Optional.of(FaultCode.HANDOVER_EXPIRED));
        }
        byte[] message = register.inboxMessage(view.peer(), view.exchange()).octets();
        Optional<Fault> still = HandOver.render(format, message)
                .fold(rendered -> Optional.<Fault>empty(), unrenderable -> Optional.of(unrenderable.fault()));
        if (still.isPresent()) {
            return new Course.Refused(
                    FaultCode.ORDER_NOT_POSSIBLE, Optional.of(still.get().code()));
        }
        Evidence evidence = statements.quarantineDecision(
                words.about(view, accepted),
                officer.act(order.act(), Optional.of(item.id())),
                Reason.of(order.reason().name()),
                words.previous(view),
                HandOver.saidAt(accepted, now));
        return new Course.Carried(List.of(evidence), receipts -> {
            List<Fact> facts = new ArrayList<>(List.of(
                    new Fact.QuarantineDecided(item.id(), order.act(), now),
                    new Fact.InboxMoved(
                            view.peer(),
                            view.exchange(),
                            InboxState.HELD,
                            InboxState.ACCEPTED,
                            now,
                            Optional.empty(),
                            Optional.empty())));
            facts.addAll(told(
                    receipts.get(0),
                    Optional.of(view.exchange()),
                    view.peer(),
                    accepted.via(),
                    accepted.priority(),
                    now));
            return facts;
        });
    }

    private List<Fact> told(
            Receipt receipt,
            Optional<ExchangeId> exchange,
            GatewayId peer,
            Transport via,
            Priority priority,
            Instant now) {
        return List.of(
                returns.kept(receipt, peer),
                returns.sent(receipt.id(), exchange, receipt.container(), peer, via, priority, now));
    }
}
