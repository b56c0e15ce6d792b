package org.embassage.exchange.receipts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.HandoverBasis;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.Evidence.SubmissionRef;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Header;
import org.embassage.exchange.document.Terms;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.port.EvidenceSigner;

/** Words each event as evidence, by the table of docs/formats/receipt.md. Thread-safe. */
public final class Statements {

    private static final String PERMIT = "PERMIT";
    private static final String REFUSE = "REFUSE";
    private static final String SUSPENSION = "SUSPENSION";

    private final GatewayId self;
    private final EvidenceSigner signer;
    private final LedgerHeads heads;
    private final Uuids ids;

    public Statements(GatewayId self, EvidenceSigner signer, LedgerHeads heads, Uuids ids) {
        this.self = self;
        this.signer = signer;
        this.heads = heads;
        this.ids = ids;
    }

    /** Who says it. */
    public GatewayId self() {
        return self;
    }

    /**
     * When something is said that follows what we said before of the same exchange: now, or with it where the clock was set
     * back meanwhile. Two statements of one gateway in the wrong order would contradict each other for ever.
     */
    public static Instant notBefore(Instant said, Instant now) {
        return now.isBefore(said) ? said : now;
    }

    /** Signs in order. */
    public List<Receipt> sign(List<Evidence> evidence) {
        return evidence.isEmpty() ? List.of() : signer.sign(evidence);
    }

    /** What an exchange is, for all evidence about it. */
    public record About(
            Subject.OfExchange subject,
            GatewayId sender,
            GatewayId recipient,
            Optional<Evidence.Terms> terms,
            MessageDigests digests) {

        /** About a message under its header, permitted under these terms. */
        public static About of(Header header, Terms terms, Digest outer, Digest inner, Digest manifest) {
            return of(header, Optional.empty(), Optional.of(permit(terms)), outer, inner, Optional.of(manifest));
        }

        /** About a message under its header, refused. */
        public static About refused(
                Header header,
                Optional<AgreementRef> agreement,
                Fault fault,
                Digest outer,
                Digest inner,
                Optional<Digest> manifest) {
            return of(header, Optional.empty(), refuse(agreement, fault), outer, inner, manifest);
        }

        private static About of(
                Header header,
                Optional<SubmissionRef> submission,
                Optional<Evidence.Terms> terms,
                Digest outer,
                Digest inner,
                Optional<Digest> manifest) {
            return new About(
                    new Subject.OfExchange(
                            header.exchange(),
                            header.kind(),
                            header.schemaVersion(),
                            header.sequence(),
                            header.created(),
                            submission,
                            header.supersedes()),
                    header.sender(),
                    header.recipient(),
                    terms,
                    new MessageDigests(outer, Optional.of(inner), manifest));
        }

        /** The same, naming the submission that it was made of. */
        public About submitted(SubmissionRef submission) {
            return new About(
                    new Subject.OfExchange(
                            subject.exchange(),
                            subject.kind(),
                            subject.schemaVersion(),
                            subject.sequence(),
                            subject.submitted(),
                            Optional.of(submission),
                            subject.supersedes()),
                    sender,
                    recipient,
                    terms,
                    digests);
        }
    }

    /** The terms of a permission as a receipt names them. */
    public static Evidence.Terms permit(Terms terms) {
        return new Evidence.Terms(
                terms.agreement().id(),
                terms.agreement().version(),
                terms.agreement().digest(),
                terms.clause(),
                PERMIT,
                terms.applied());
    }

    private static Optional<Evidence.Terms> refuse(Optional<AgreementRef> agreement, Fault fault) {
        return agreement.map(ref -> new Evidence.Terms(
                ref.id(), ref.version(), ref.digest(), fault.clause().orElse("DEFAULT-DENY"), REFUSE, List.of()));
    }

    /** A fault as a receipt names it. */
    public static Reason reason(Fault fault) {
        return new Reason(fault.code().name(), fault.clause(), fault.field());
    }

    /** The sender's gateway sealed a record and answers for it. */
    public Evidence submissionAcceptance(About about, Instant at) {
        return ofExchange(
                EvidenceEvent.SUBMISSION_ACCEPTANCE, about, at, List.of(), Optional.empty(), Optional.empty());
    }

    /** A record, or a whole drop, will not become an exchange. */
    public Evidence submissionRejection(
            SubmissionRef submission,
            Optional<GatewayId> recipient,
            Optional<AgreementRef> agreement,
            Fault fault,
            Instant at) {
        return new Evidence(
                ids.nextEvidenceId(),
                EvidenceEvent.SUBMISSION_REJECTION,
                at,
                self,
                signer.certificate(),
                self,
                recipient,
                new Subject.OfSubmission(submission),
                refuse(agreement, fault),
                Optional.empty(),
                List.of(reason(fault)),
                Optional.empty(),
                Optional.empty(),
                heads.with(recipient));
    }

    /** The recipient's gateway opened, validated, permitted and durably stored a message. */
    public Evidence relayAcceptance(About about, Instant at) {
        return ofExchange(EvidenceEvent.RELAY_ACCEPTANCE, about, at, List.of(), Optional.empty(), Optional.empty());
    }

    /** The recipient's gateway refuses a message that it opened. */
    public Evidence relayRejection(About about, Fault fault, Instant at) {
        return ofExchange(
                EvidenceEvent.RELAY_REJECTION, about, at, List.of(reason(fault)), Optional.empty(), Optional.empty());
    }

    /**
     * The recipient's gateway refuses a message whose header it cannot believe; all it names are digests.
     *
     * @param sender the peer that the transport authenticated
     */
    public Evidence relayRejection(GatewayId sender, Digest outer, Optional<Digest> inner, Fault fault, Instant at) {
        return new Evidence(
                ids.nextEvidenceId(),
                EvidenceEvent.RELAY_REJECTION,
                at,
                self,
                signer.certificate(),
                sender,
                Optional.of(self),
                new Subject.Unopened(),
                Optional.empty(),
                Optional.of(new MessageDigests(outer, inner, Optional.empty())),
                List.of(reason(fault)),
                Optional.empty(),
                Optional.empty(),
                heads.with(Optional.of(sender)));
    }

    /** The sender's gateway gives up. */
    public Evidence relayFailure(About about, Fault fault, Optional<Previous> previous, Instant at) {
        return ofExchange(EvidenceEvent.RELAY_FAILURE, about, at, List.of(reason(fault)), Optional.empty(), previous);
    }

    /** The record is where the domestic system takes it. */
    public Evidence contentHandover(About about, HandoverBasis basis, Optional<Previous> previous, Instant at) {
        return ofExchange(EvidenceEvent.CONTENT_HANDOVER, about, at, List.of(), Optional.of(basis), previous);
    }

    /** The record was not and will not be handed over. */
    public Evidence contentHandoverFailure(About about, Fault fault, Optional<Previous> previous, Instant at) {
        return ofExchange(
                EvidenceEvent.CONTENT_HANDOVER_FAILURE, about, at, List.of(reason(fault)), Optional.empty(), previous);
    }

    /** What becomes of an exchange that lies in quarantine. */
    public Evidence quarantineDecision(About about, Act act, Reason reason, Optional<Previous> previous, Instant at) {
        return ofExchange(
                EvidenceEvent.QUARANTINE_DECISION,
                about,
                at,
                List.of(reason),
                Optional.empty(),
                Optional.of(act),
                previous);
    }

    /**
     * What becomes of a message in quarantine that could not be opened.
     *
     * @param sender the peer that the transport authenticated
     */
    public Evidence quarantineDecision(GatewayId sender, Digest outer, Act act, Reason reason, Instant at) {
        return apart(
                EvidenceEvent.QUARANTINE_DECISION,
                sender,
                Optional.of(self),
                new Subject.Unopened(),
                Optional.empty(),
                Optional.of(new MessageDigests(outer, Optional.empty(), Optional.empty())),
                List.of(reason),
                act,
                Optional.empty(),
                at);
    }

    /** What becomes of a submission that lies in quarantine. */
    public Evidence quarantineDecision(
            SubmissionRef submission, Optional<GatewayId> recipient, Act act, Reason reason, Instant at) {
        return apart(
                EvidenceEvent.QUARANTINE_DECISION,
                self,
                recipient,
                new Subject.OfSubmission(submission),
                Optional.empty(),
                Optional.empty(),
                List.of(reason),
                act,
                Optional.empty(),
                at);
    }

    /**
     * No message goes to or comes from the peer from now on.
     *
     * @param agreement the version whose suspension it is, if it is one's
     */
    public Evidence trafficSuspended(
            GatewayId peer, Optional<AgreementRef> agreement, Act act, Reason reason, Instant at) {
        return apart(
                EvidenceEvent.TRAFFIC_SUSPENDED,
                self,
                Optional.of(peer),
                new Subject.OfPeer(),
                agreement.map(ref -> suspension(ref, REFUSE)),
                Optional.empty(),
                List.of(reason),
                act,
                Optional.empty(),
                at);
    }

    /**
     * Messages go to and come from the peer again.
     *
     * @param agreement the version under which traffic goes on, if its suspension ended
     * @param suspended our evidence of the suspension that ends
     */
    public Evidence trafficResumed(
            GatewayId peer,
            Optional<AgreementRef> agreement,
            Act act,
            Optional<Reason> reason,
            Optional<Previous> suspended,
            Instant at) {
        return apart(
                EvidenceEvent.TRAFFIC_RESUMED,
                self,
                Optional.of(peer),
                new Subject.OfPeer(),
                agreement.map(ref -> suspension(ref, PERMIT)),
                Optional.empty(),
                reason.stream().toList(),
                act,
                suspended,
                at);
    }

    private static Evidence.Terms suspension(AgreementRef ref, String decision) {
        return new Evidence.Terms(ref.id(), ref.version(), ref.digest(), SUSPENSION, decision, List.of());
    }

    /** The key to the content of an exchange was destroyed here; its receipts stay. */
    public Evidence contentErasure(About about, Act act, Reason reason, Optional<Previous> previous, Instant at) {
        return ofExchange(
                EvidenceEvent.CONTENT_ERASURE,
                about,
                at,
                List.of(reason),
                Optional.empty(),
                Optional.of(act),
                previous);
    }

    private Evidence apart(
            EvidenceEvent event,
            GatewayId sender,
            Optional<GatewayId> recipient,
            Subject subject,
            Optional<Evidence.Terms> terms,
            Optional<MessageDigests> digests,
            List<Reason> reasons,
            Act act,
            Optional<Previous> previous,
            Instant at) {
        Optional<GatewayId> peer = sender.equals(self) ? recipient : Optional.of(sender);
        return new Evidence(
                ids.nextEvidenceId(),
                event,
                at,
                self,
                signer.certificate(),
                sender,
                recipient,
                subject,
                terms,
                digests,
                reasons,
                Optional.empty(),
                Optional.of(act),
                previous,
                heads.with(peer));
    }

    private Evidence ofExchange(
            EvidenceEvent event,
            About about,
            Instant at,
            List<Reason> reasons,
            Optional<HandoverBasis> basis,
            Optional<Previous> previous) {
        return ofExchange(event, about, at, reasons, basis, Optional.empty(), previous);
    }

    private Evidence ofExchange(
            EvidenceEvent event,
            About about,
            Instant at,
            List<Reason> reasons,
            Optional<HandoverBasis> basis,
            Optional<Act> act,
            Optional<Previous> previous) {
        GatewayId peer = about.sender().equals(self) ? about.recipient() : about.sender();
        return new Evidence(
                ids.nextEvidenceId(),
                event,
                at,
                self,
                signer.certificate(),
                about.sender(),
                Optional.of(about.recipient()),
                about.subject(),
                about.terms(),
                Optional.of(about.digests()),
                reasons,
                basis,
                act,
                previous,
                heads.with(Optional.of(peer)));
    }
}
