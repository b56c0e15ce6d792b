package org.embassage.exchange.receive;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.agreement.AgreementPolicy;
import org.embassage.exchange.agreement.Verdict;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.Headers;
import org.embassage.exchange.document.Manifest;
import org.embassage.exchange.document.OpenedMessage;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.TrafficGate;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Opener;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;
import org.embassage.schemas.DocumentView;
import org.embassage.schemas.SharedSchema;

/**
 * Judges sealed messages. The order is the order of trust: open and verify; believe the header only of the peer that the
 * transport brought, whose card lists the signer; answer a duplicate as before; then time, agreement and fields.
 */
final class MessageDesk {

    private static final Duration SKEW_WITHOUT_AGREEMENT = Duration.ofMinutes(2);

    private final PeerDirectory peers;
    private final Opener opener;
    private final AgreementBook book;
    private final AgreementPolicy policy;
    private final Register register;
    private final Statements statements;
    private final TrafficGate gate;
    private final Restorebook restores;
    private final Returns returns;
    private final AnswerLimit limit = new AnswerLimit();

    MessageDesk(
            PeerDirectory peers,
            Opener opener,
            AgreementBook book,
            Register register,
            Statements statements,
            TrafficGate gate,
            Restorebook restores,
            Uuids ids) {
        this.peers = peers;
        this.opener = opener;
        this.book = book;
        this.policy = new AgreementPolicy(book);
        this.register = register;
        this.statements = statements;
        this.gate = gate;
        this.restores = restores;
        this.returns = new Returns(ids);
    }

    Judged judge(byte[] sealed, GatewayId from, Transport via, Instant now) {
        Delivery delivery = new Delivery(sealed, from, via, now);
        return opener.open(sealed)
                .fold(
                        opened -> opened(delivery, opened.message()),
                        not -> unopenable(delivery, not.outer(), not.detail()));
    }

    private Judged unopenable(Delivery delivery, Digest outer, Opener.Detail detail) {
        Fault fault = Fault.of(FaultCode.UNOPENABLE);
        Fact quarantined = Quarantine.item(
                "message",
                delivery.sealed(),
                fault,
                Optional.of(detail.name()),
                delivery.from(),
                Optional.empty(),
                delivery.now());
        String line = "event=RelayRejection fault=" + fault.code().code() + " detail=" + detail;
        if (!limit.allows(delivery.from(), delivery.now())) {
            return Judged.silent(StepOutcome.of(quarantined), line + " answer=withheld");
        }
        return rejectedUnbelieved(delivery, outer, Optional.empty(), fault, quarantined, line);
    }

    /** A rejection that names digests only, for a message whose header cannot be believed. */
    private Judged rejectedUnbelieved(
            Delivery delivery, Digest outer, Optional<Digest> inner, Fault fault, Fact quarantined, String line) {
        Evidence evidence = statements.relayRejection(delivery.from(), outer, inner, fault, delivery.now());
        return Judged.answered(
                evidence,
                receipt -> StepOutcome.of(
                        quarantined,
                        returns.kept(receipt, delivery.from()),
                        returns.sent(
                                receipt.id(),
                                Optional.empty(),
                                receipt.container(),
                                delivery.from(),
                                delivery.via(),
                                Priority.URGENT,
                                delivery.now())),
                line);
    }

    private Judged disbelieved(Delivery delivery, OpenedMessage message, Fault fault) {
        Fact quarantined = Quarantine.item(
                "message",
                delivery.sealed(),
                fault,
                Optional.empty(),
                delivery.from(),
                Optional.empty(),
                delivery.now());
        String line = "event=RelayRejection fault=" + fault.code().code();
        return rejectedUnbelieved(delivery, message.outer(), Optional.of(message.inner()), fault, quarantined, line);
    }

    private Judged opened(Delivery delivery, OpenedMessage message) {
        boolean listed = peers.find(delivery.from())
                .map(peer -> peer.sealCertificates().contains(message.signer()))
                .orElse(false);
        if (!listed) {
            return disbelieved(delivery, message, Fault.of(FaultCode.SENDER_MISMATCH));
        }
        return SharedSchema.validateMessage(message.content())
                .fold(
                        view -> believed(delivery, message, Headers.of(view.header()), view.document()),
                        violations -> disbelieved(
                                delivery,
                                message,
                                Fault.inField(
                                        FaultCode.MESSAGE_INVALID,
                                        violations.get(0).path() + " "
                                                + violations.get(0).ruleId())));
    }

    private Judged believed(Delivery delivery, OpenedMessage message, Header header, DocumentView document) {
        if (!header.sender().equals(delivery.from())) {
            return disbelieved(delivery, message, Fault.of(FaultCode.SENDER_MISMATCH));
        }
        boolean forUs = header.recipient().equals(statements.self())
                && header.recipientCertificate().equals(message.decryptionCertificate());
        if (!forUs) {
            return disbelieved(delivery, message, Fault.of(FaultCode.WRONG_RECIPIENT));
        }
        Optional<InboxView> known = register.inbox(delivery.from(), header.exchange());
        if (known.isPresent()) {
            return known.get().inner().equals(message.inner())
                    ? again(delivery, header)
                    : disbelieved(delivery, message, Fault.of(FaultCode.EXCHANGE_ID_REUSED));
        }
        if (gate.recovering(delivery.from())) {
            return Judged.nothing("exchange=" + header.exchange() + " event=LeftUntilRecovered"); // it is carried again
        }
        if (header.supersedes().flatMap(old -> handedOver(delivery.from(), old)).isPresent()) {
            return againFor(delivery, header, header.supersedes().orElseThrow());
        }
        if (gate.stopped(delivery.from()).isPresent()) {
            return refused(delivery, message, header, Fault.of(FaultCode.TRAFFIC_STOPPED), Optional.empty());
        }
        return timely(delivery, header)
                .map(fault -> refused(delivery, message, header, fault, Optional.empty()))
                .orElseGet(() -> judged(delivery, message, header, document));
    }

    private Optional<Fault> timely(Delivery delivery, Header header) {
        Duration skew = book.find(header.agreement())
                .map(agreement -> agreement.clockSkew())
                .orElse(SKEW_WITHOUT_AGREEMENT);
        if (header.created().isAfter(delivery.now().plus(skew))) {
            return Optional.of(Fault.of(FaultCode.CLOCK_SKEW));
        }
        return delivery.now().isAfter(header.expires())
                ? Optional.of(Fault.of(FaultCode.MESSAGE_EXPIRED))
                : Optional.empty();
    }

    private Judged judged(Delivery delivery, OpenedMessage message, Header header, DocumentView document) {
        Verdict<Terms> verdict = policy.judgeReceiving(header, document, delivery.now());
        return verdict.fold(
                terms -> acceptedBefore(delivery, header)
                        ? heldAgain(
                                delivery,
                                message,
                                header,
                                terms,
                                document.governance().retainUntil())
                        : accepted(
                                delivery,
                                message,
                                header,
                                terms,
                                document.governance().retainUntil()),
                no -> refused(delivery, message, header, no.fault(), no.agreement()));
    }

    /** Whether our own receipt, which came back from the peer, says that we accepted it before we were put back. */
    private boolean acceptedBefore(Delivery delivery, Header header) {
        return register.receipts(header.exchange()).stream()
                .anyMatch(receipt -> receipt.issued() && receipt.event() == EvidenceEvent.RELAY_ACCEPTANCE);
    }

    /** What was accepted before is not accepted again. Whether it was handed over too our receipts say, or a person. */
    private Judged heldAgain(
            Delivery delivery, OpenedMessage message, Header header, Terms terms, LocalDate retainUntil) {
        Set<EvidenceEvent> said = EnumSet.noneOf(EvidenceEvent.class);
        register.receipts(header.exchange()).stream()
                .filter(StoredReceipt::issued)
                .forEach(receipt -> said.add(receipt.event()));
        List<Fact> facts = new ArrayList<>();
        facts.add(put(delivery, message, header, terms));
        facts.add(Fact.RetentionKnown.lastDay(header.exchange(), delivery.from(), retainUntil));
        if (said.contains(EvidenceEvent.CONTENT_HANDOVER)) {
            facts.add(moved(delivery, header, InboxState.HANDED_OVER, Optional.empty()));
        } else if (said.contains(EvidenceEvent.CONTENT_HANDOVER_FAILURE)) {
            facts.add(moved(delivery, header, InboxState.HANDOVER_FAILED, Optional.empty()));
        } else {
            facts.addAll(uncertain(delivery, message, header));
        }
        return Judged.silent(new StepOutcome(facts), "exchange=" + header.exchange() + " event=AcceptedBeforeRestore");
    }

    private List<Fact> uncertain(Delivery delivery, OpenedMessage message, Header header) {
        Fault fault = Fault.of(FaultCode.RESTORE_UNCERTAIN);
        return List.of(
                moved(delivery, header, InboxState.HELD, Optional.of(fault)),
                new Fact.Quarantined(
                        "handover-" + header.exchange(),
                        fault,
                        Optional.empty(),
                        Optional.of(delivery.from()),
                        Optional.of(header.exchange()),
                        Optional.empty(),
                        delivery.now(),
                        new Content(message.content())));
    }

    private static Fact moved(Delivery delivery, Header header, InboxState to, Optional<Fault> fault) {
        return new Fact.InboxMoved(
                delivery.from(), header.exchange(), InboxState.ACCEPTED, to, delivery.now(), Optional.empty(), fault);
    }

    private Judged accepted(
            Delivery delivery, OpenedMessage message, Header header, Terms terms, LocalDate retainUntil) {
        Digest manifest = Manifest.digest(header.salt(), message.content());
        Fact put = put(delivery, message, header, terms);
        List<Fact> doubts = restores.uncertain(delivery.from(), header.exchange())
                ? uncertain(delivery, message, header)
                : List.of();
        About about = About.of(header, terms, message.outer(), message.inner(), manifest);
        Judged accepted = Judged.answered(
                statements.relayAcceptance(about, delivery.now()),
                receipt -> {
                    List<Fact> facts = new ArrayList<>(List.of(
                            put,
                            Fact.RetentionKnown.lastDay(header.exchange(), delivery.from(), retainUntil),
                            returns.kept(receipt, delivery.from()),
                            back(delivery, header, receipt.id(), receipt.container())));
                    facts.addAll(doubts);
                    return new StepOutcome(facts);
                },
                "exchange=" + header.exchange() + " event=RelayAcceptance" + (doubts.isEmpty() ? "" : " UNCERTAIN"));
        return accepted.taking(new InboxView(
                delivery.from(),
                header.exchange(),
                message.outer(),
                message.inner(),
                Optional.of(new InboxView.Accepted(
                        header.kind(),
                        header.schemaVersion(),
                        header.priority(),
                        header.sequence(),
                        header.agreement(),
                        terms.clause(),
                        header.created(),
                        header.expires(),
                        delivery.now(),
                        delivery.via(),
                        manifest,
                        header.supersedes(),
                        InboxState.ACCEPTED,
                        delivery.now(),
                        Optional.empty(),
                        Optional.empty())),
                Optional.empty()));
    }

    private static Fact put(Delivery delivery, OpenedMessage message, Header header, Terms terms) {
        return new Fact.InboxPut(
                delivery.from(),
                header.exchange(),
                header.kind(),
                header.schemaVersion(),
                header.priority(),
                header.sequence(),
                header.agreement(),
                terms.clause(),
                header.created(),
                header.expires(),
                delivery.now(),
                delivery.via(),
                message.outer(),
                message.inner(),
                Manifest.digest(header.salt(), message.content()),
                header.supersedes(),
                new Content(message.content()));
    }

    private Judged refused(
            Delivery delivery, OpenedMessage message, Header header, Fault fault, Optional<AgreementRef> agreement) {
        About about = About.refused(header, agreement, fault, message.outer(), message.inner(), Optional.empty());
        Judged refused = Judged.answered(
                statements.relayRejection(about, fault, delivery.now()),
                receipt -> StepOutcome.of(
                        new Fact.InboxRefused(
                                delivery.from(),
                                header.exchange(),
                                header.sequence(),
                                message.outer(),
                                message.inner(),
                                fault,
                                delivery.now()),
                        Quarantine.item(
                                "message",
                                delivery.sealed(),
                                fault,
                                Optional.empty(),
                                delivery.from(),
                                Optional.of(header.exchange()),
                                delivery.now()),
                        returns.kept(receipt, delivery.from()),
                        back(delivery, header, receipt.id(), receipt.container())),
                "exchange=" + header.exchange() + " event=RelayRejection fault="
                        + fault.code().code());
        return refused.taking(new InboxView(
                delivery.from(),
                header.exchange(),
                message.outer(),
                message.inner(),
                Optional.empty(),
                Optional.of(fault)));
    }

    /** All receipts so far, and nothing else. */
    private Judged again(Delivery delivery, Header header) {
        return againFor(delivery, header, header.exchange());
    }

    private Judged againFor(Delivery delivery, Header header, ExchangeId exchange) {
        List<Fact> facts = new ArrayList<>();
        for (StoredReceipt stored : register.receipts(exchange)) {
            if (stored.issued()) {
                facts.add(back(delivery, header, stored.id(), stored.container().octets()));
            }
        }
        return Judged.silent(
                new StepOutcome(facts), "exchange=" + exchange + " event=Duplicate receipts=" + facts.size());
    }

    private Optional<InboxView> handedOver(GatewayId peer, ExchangeId exchange) {
        return register.inbox(peer, exchange)
                .filter(view -> view.accepted()
                        .map(accepted -> accepted.state() == InboxState.HANDED_OVER)
                        .orElse(false));
    }

    private Fact back(Delivery delivery, Header header, EvidenceId receipt, byte[] container) {
        return returns.sent(
                receipt,
                Optional.of(header.exchange()),
                container,
                delivery.from(),
                delivery.via(),
                header.priority(),
                delivery.now());
    }

    /** One sealed message as it came. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Delivery(byte[] sealed, GatewayId from, Transport via, Instant now) {}
}
