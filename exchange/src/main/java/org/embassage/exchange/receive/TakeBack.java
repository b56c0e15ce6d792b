package org.embassage.exchange.receive;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.DropView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.Restorebook.Recovering;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.VoidSequences;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.RecoverySummary;
import org.embassage.exchange.wire.Returned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes back, after a restore, the receipts that a peer sends back: our own, by which exchanges are known again that the
 * backup did not have, and the peer's, which are judged as if they came now. When all of it is there, numbers that the peer saw
 * are left behind, and messages go and come again.
 */
final class TakeBack {

    /** The feed of exchanges whose drop is not known any more. */
    static final FeedId LOST_FEED = new FeedId("restored");

    private static final Logger LOG = LoggerFactory.getLogger(TakeBack.class);
    private static final String DECIDED = "RESTORED";

    private final PeerDirectory peers;
    private final Journal journal;
    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Witnessing witnessing;
    private final ReceiptDesk receipts;
    private final VoidSequences sequences;
    private final Uuids ids;

    TakeBack(
            PeerDirectory peers,
            Journal journal,
            Register register,
            Ledgerbook ledgerbook,
            Witnessing witnessing,
            ReceiptDesk receipts,
            VoidSequences sequences,
            Uuids ids) {
        this.peers = peers;
        this.journal = journal;
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.witnessing = witnessing;
        this.receipts = receipts;
        this.sequences = sequences;
        this.ids = ids;
    }

    private Optional<Recovering> with(GatewayId peer) {
        return ledgerbook.restorebook().recovering().stream()
                .filter(recovering -> recovering.peer().equals(peer))
                .findFirst();
    }

    void returned(byte[] octets, GatewayId from, Instant now) {
        Optional<Returned> read = Returned.parse(octets);
        if (with(from).isEmpty() || read.isEmpty()) {
            LOG.warn("peer={} event=ReturnedUnasked", from);
            return;
        }
        // our own word first: by it exchanges are known again of which the peer speaks
        for (boolean ours : List.of(true, false)) {
            for (byte[] container : read.get().containers()) {
                Optional<ReceiptReader.Reading.Read> receipt = ReceiptReader.read(container)
                        .fold(good -> Optional.of(good), unreadable -> Optional.<ReceiptReader.Reading.Read>empty());
                boolean own = receipt.map(good -> good.receipt().evidence().issuer())
                        .equals(Optional.of(peers.self().id()));
                if (own == ours && !known(receipt.map(ReceiptReader.Reading.Read::receipt))) {
                    StepOutcome step = own
                            ? own(receipt.orElseThrow(), container, read.get(), from, now)
                            : receipts.batch(from, now).judge(container).step().apply(Optional.empty());
                    var unused = journal.commit(step);
                }
            }
        }
        finish(from, now);
    }

    private boolean known(Optional<Receipt> receipt) {
        return receipt.map(read -> !register.known(List.of(read.id())).isEmpty())
                .orElse(false);
    }

    // ---- what we said ourselves

    private StepOutcome own(
            ReceiptReader.Reading.Read read, byte[] container, Returned returned, GatewayId from, Instant now) {
        Receipt receipt = read.receipt();
        Evidence evidence = receipt.evidence();
        boolean signed = peers.self().sealCertificates().contains(read.signer());
        boolean concerns = evidence.sender().equals(from)
                || evidence.recipient().map(from::equals).orElse(false);
        if (!signed || !concerns) {
            return StepOutcome.of(Quarantine.item(
                    "receipt",
                    container,
                    Fault.of(FaultCode.RECEIPT_FOREIGN),
                    Optional.of("RETURNED"),
                    from,
                    Optional.empty(),
                    now));
        }
        List<Fact> facts = new ArrayList<>();
        if (evidence.subject() instanceof Subject.OfExchange of) {
            if (evidence.sender().equals(peers.self().id())) {
                facts.addAll(sent(evidence, of, returned, from, now));
            } else {
                facts.addAll(taken(evidence, of, from, now));
            }
            erased(evidence, of, from, now).ifPresent(facts::add);
        }
        facts.add(new Fact.ReceiptKept(receipt, true, Optional.of(from), LedgerLeaf.issued(receipt), false));
        LOG.info(
                "peer={} event=TakenBack receipt={} of={}",
                from,
                receipt.id(),
                evidence.event().etsiName());
        return new StepOutcome(facts);
    }

    /** An exchange that the backup did not have is known again; its sealed message is not, and need not be. */
    private List<Fact> sent(Evidence evidence, Subject.OfExchange of, Returned returned, GatewayId from, Instant now) {
        Optional<Register.ExchangeView> known = register.exchange(of.exchange());
        if (known.isEmpty()
                && evidence.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                && evidence.terms().isPresent()
                && evidence.digests().flatMap(Evidence.MessageDigests::manifest).isPresent()
                && of.submission().isPresent()) {
            return List.of(opened(evidence, of, returned, from));
        }
        boolean failed = evidence.event() == EvidenceEvent.RELAY_FAILURE
                && known.map(view -> view.state() == ExchangeState.SEALED).orElse(false);
        return failed
                ? List.of(
                        new Fact.ExchangeMoved(of.exchange(), ExchangeState.SEALED, ExchangeState.RELAY_FAILED, now),
                        new Fact.MessageEnded(of.exchange(), now))
                : List.of();
    }

    private Fact opened(Evidence evidence, Subject.OfExchange of, Returned returned, GatewayId from) {
        Evidence.Terms terms = evidence.terms().orElseThrow();
        Evidence.MessageDigests digests = evidence.digests().orElseThrow();
        Evidence.SubmissionRef submission = of.submission().orElseThrow();
        FeedId feed = register.drop(submission.drop()).map(DropView::feed).orElse(LOST_FEED);
        return new Fact.ExchangeOpened(
                of.exchange(),
                from,
                of.kind(),
                of.schemaVersion(),
                returned.priority().orElse(Priority.ROUTINE),
                peers.find(from).flatMap(peer -> peer.jms()).isPresent() ? Transport.JMS : Transport.SFTP,
                of.sequence(),
                new AgreementRef(terms.agreementId(), terms.agreementVersion(), terms.agreementDigest()),
                terms.clause(),
                of.submitted(),
                returned.expires().orElse(of.submitted()),
                submission.drop(),
                submission.recordIndex().orElse(0),
                feed,
                digests.outer(),
                digests.inner().orElseThrow(),
                digests.manifest().orElseThrow(),
                of.supersedes());
    }

    /** What was handed over, or given up, after the backup was taken is not handed over again. */
    private List<Fact> taken(Evidence evidence, Subject.OfExchange of, GatewayId from, Instant now) {
        Optional<InboxState> to = evidence.event() == EvidenceEvent.CONTENT_HANDOVER
                ? Optional.of(InboxState.HANDED_OVER)
                : evidence.event() == EvidenceEvent.CONTENT_HANDOVER_FAILURE
                        ? Optional.of(InboxState.HANDOVER_FAILED)
                        : Optional.empty();
        Optional<InboxState> is = register.inbox(from, of.exchange())
                .flatMap(InboxView::accepted)
                .map(InboxView.Accepted::state)
                .filter(state -> state != InboxState.HANDED_OVER && state != InboxState.HANDOVER_FAILED);
        if (to.isEmpty() || is.isEmpty()) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(
                new Fact.InboxMoved(from, of.exchange(), is.get(), to.get(), now, Optional.empty(), Optional.empty()));
        String item = "handover-" + of.exchange();
        register.quarantined(item)
                .filter(open -> open.decision().isEmpty())
                .ifPresent(open -> facts.add(new Fact.QuarantineDecided(item, DECIDED, now)));
        return facts;
    }

    /** What was erased after the backup was taken is erased again. */
    private Optional<Fact> erased(Evidence evidence, Subject.OfExchange of, GatewayId from, Instant now) {
        if (evidence.event() != EvidenceEvent.CONTENT_ERASURE) {
            return Optional.empty();
        }
        ErasureReason reason = evidence.reasons().stream()
                .map(Evidence.Reason::code)
                .filter(code -> List.of(ErasureReason.values()).stream()
                        .anyMatch(known -> known.name().equals(code)))
                .map(ErasureReason::valueOf)
                .findFirst()
                .orElse(ErasureReason.RETENTION_ENDED);
        boolean sent = evidence.sender().equals(peers.self().id());
        boolean closed = sent
                ? register.exchange(of.exchange())
                        .map(view -> view.state().closed())
                        .orElse(false)
                : register.inbox(from, of.exchange())
                        .flatMap(InboxView::accepted)
                        .map(accepted -> accepted.state() == InboxState.HANDED_OVER
                                || accepted.state() == InboxState.HANDOVER_FAILED)
                        .orElse(false);
        if (!closed) {
            return Optional.empty();
        }
        Erasable what = sent ? new Erasable.Sent(of.exchange(), from) : new Erasable.Received(of.exchange(), from);
        return Optional.of(new Fact.ContentErased(what, reason, now, evidence.id(), true));
    }

    // ---- the end

    void summary(byte[] octets, GatewayId from, Instant now) {
        String text = new String(octets, StandardCharsets.UTF_8);
        Optional<Recovering> recovering = with(from);
        Optional<RecoverySummary> read = RecoverySummary.parse(text)
                .filter(summary -> recovering
                        .map(open -> open.origin().equals(summary.origin()))
                        .orElse(false));
        if (read.isEmpty()) {
            LOG.warn("peer={} event=RecoveryUnasked", from);
            return;
        }
        var unused = journal.commit(StepOutcome.of(new Fact.RecoveryTold(
                from, read.get().origin(), text, read.get().uncertain())));
        history(read.get(), now);
        finish(from, now);
    }

    /** Our own checkpoints that we lost, and the proofs that they continue each other, so that we can show them. */
    private void history(RecoverySummary summary, Instant now) {
        NoteVerifier own = witnessing.signer().verifier();
        Set<Checkpoint> genuine = new HashSet<>();
        for (String note : summary.notes()) {
            Optional<Checkpoint> checkpoint = Checkpoint.unverified(note)
                    .filter(claimed -> EpochBeginning.gatewayOf(claimed.origin())
                            .equals(Optional.of(peers.self().id().value())))
                    .flatMap(claimed -> Checkpoint.verified(note, own.under(claimed.origin())));
            checkpoint.ifPresent(lost -> {
                genuine.add(lost);
                var unused = journal.commit(
                        StepOutcome.of(new Fact.PeerNoteHeld(peers.self().id(), lost.size(), now, note, true)));
            });
        }
        for (ConsistencyProof proof : summary.proofs()) {
            if (holds(proof, genuine)) {
                var unused = journal.commit(StepOutcome.of(
                        new Fact.PeerLedgerContinued(proof.origin(), proof.from(), proof.to(), now, proof.path())));
            }
        }
    }

    private static boolean holds(ConsistencyProof proof, Set<Checkpoint> genuine) {
        Optional<Checkpoint> from = of(proof.origin(), proof.from(), genuine);
        Optional<Checkpoint> to = of(proof.origin(), proof.to(), genuine);
        return from.isPresent()
                && to.isPresent()
                && MerkleProofs.consistent(
                        proof.from(), from.get().root(), proof.to(), to.get().root(), proof.path());
    }

    private static Optional<Checkpoint> of(String origin, long size, Set<Checkpoint> genuine) {
        return genuine.stream()
                .filter(one -> one.origin().equals(origin) && one.size() == size)
                .findFirst();
    }

    /** Ends it when everything that the peer sent back is here. */
    private void finish(GatewayId from, Instant now) {
        Optional<Recovering> open = with(from);
        Optional<RecoverySummary> summary = open.flatMap(Recovering::summary).flatMap(RecoverySummary::parse);
        if (summary.isEmpty()) {
            return;
        }
        Set<EvidenceId> missing = new HashSet<>(summary.get().receipts());
        register.known(summary.get().receipts()).stream().map(KnownReceipt::id).forEach(missing::remove);
        if (!missing.isEmpty()) {
            LOG.info("peer={} event=Recovering missing={}", from, missing.size());
            return;
        }
        leaveBehind(from, Math.max(summary.get().sequence(), register.greatestSequence(from)));
        peers.find(from).ifPresent(sequences::close);
        EvidenceId act = ids.nextEvidenceId();
        var unused = journal.commit(StepOutcome.of(new Fact.Recovered(
                from, open.get().origin(), now, LedgerLeaf.act(act, "RECOVERED", "gateway", from.value()))));
        witnessing.gate().changed();
        LOG.warn(
                "peer={} event=Recovered receipts={} uncertain={}",
                from,
                summary.get().receipts().size(),
                summary.get().uncertain().size());
    }

    /** No number that the peer saw is given again. */
    private void leaveBehind(GatewayId peer, long seen) {
        long next = journal.reserveSequence(peer, 1);
        long left = seen - next;
        if (left > 0) {
            var unused = journal.reserveSequence(peer, Math.toIntExact(left));
        }
    }
}
