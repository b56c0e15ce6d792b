package org.embassage.exchange.receive;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.trust.Trust;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges receipts of peers. A receipt counts only if it is whole, by a key that the peer's card lists and that is good now,
 * and agrees with everything we know of its exchange. What the peer says as the recipient of an exchange moves that
 * exchange; what it says as the sender ({@link SenderReceipts}) and its acts (on its quarantine, its traffic with us, its
 * copy of content) are kept and move nothing. What it says a second time in another receipt, or otherwise than before
 * ({@link PeersWord}), never takes the place of what it said first. Evidence is never answered by evidence: a bad receipt is kept in quarantine and
 * alarmed.
 */
final class ReceiptDesk {

    private static final Logger LOG = LoggerFactory.getLogger(ReceiptDesk.class);

    private final PeerDirectory peers;
    private final Trust trust;
    private final Register register;
    private final DropDesk desk;
    private final SenderReceipts senders;

    ReceiptDesk(PeerDirectory peers, Trust trust, Register register, DropDesk desk) {
        this.peers = peers;
        this.trust = trust;
        this.register = register;
        this.desk = desk;
        this.senders = new SenderReceipts(peers.self().id(), register);
    }

    /** Judges the receipts of one bundle, which may speak of the same exchange one after the other. */
    Batch batch(GatewayId from, Instant now) {
        return new Batch(from, now);
    }

    final class Batch {
        private final GatewayId from;
        private final Instant now;
        private final Map<ExchangeId, ExchangeState> states = new HashMap<>();
        private final Map<X509Certificate, Boolean> signers = new HashMap<>();
        private final Map<ExchangeId, Optional<ExchangeView>> exchanges = new HashMap<>();
        private final PeersWord word;
        private final SenderReceipts.Batch asSender;

        private Batch(GatewayId from, Instant now) {
            this.from = from;
            this.now = now;
            this.word = new PeersWord(from, register);
            this.asSender = senders.batch(from, word);
        }

        /** A message of the same bundle, which the inbox will hold when its receipts are committed. */
        void taken(InboxView message) {
            asSender.taken(message);
        }

        Judged judge(byte[] container) {
            return ReceiptReader.read(container)
                    .fold(
                            read -> whole(container, read),
                            not -> bad(
                                    container,
                                    FaultCode.RECEIPT_UNREADABLE,
                                    Optional.of(not.problem().name())));
        }

        private Judged bad(byte[] container, FaultCode code, Optional<String> detail) {
            LOG.error(
                    "peer={} ALARM fault={} detail={}: the receipt is in quarantine",
                    from,
                    code.code(),
                    detail.orElse("-"));
            return Judged.silent(
                    StepOutcome.of(
                            Quarantine.item("receipt", container, Fault.of(code), detail, from, Optional.empty(), now)),
                    "event=ReceiptQuarantined fault=" + code.code()
                            + detail.map(d -> " detail=" + d).orElse(""));
        }

        private Judged whole(byte[] container, ReceiptReader.Reading.Read read) {
            Evidence evidence = read.receipt().evidence();
            boolean act = !evidence.event().ofEtsi();
            boolean theirs = evidence.issuer().equals(from) && signers.computeIfAbsent(read.signer(), this::isTheirs);
            if (theirs && act) {
                return acted(read.receipt(), container);
            }
            if (theirs && SenderReceipts.isOne(evidence)) {
                return said(read.receipt(), container);
            }
            Optional<ExchangeView> about = theirs ? subject(evidence) : Optional.empty();
            if (about.isEmpty() || !agrees(evidence, about.get())) {
                return bad(container, FaultCode.RECEIPT_FOREIGN, Optional.empty());
            }
            return applied(read.receipt(), about.get(), container);
        }

        private boolean isTheirs(X509Certificate signer) {
            return peers.find(from)
                            .map(peer -> peer.sealCertificates().contains(signer))
                            .orElse(false)
                    && trust.seals(signer, from, now);
        }

        /** What the sender says of an exchange to us is kept beside our own word, once, and moves nothing. */
        private Judged said(Receipt receipt, byte[] container) {
            Evidence evidence = receipt.evidence();
            String line = exchange(evidence)
                    .map(id -> "exchange=" + id + " event=" + evidence.event().etsiName())
                    .orElseThrow();
            return switch (asSender.judge(receipt)) {
                case NEW ->
                    Judged.silent(
                            StepOutcome.of(new Fact.ReceiptKept(
                                    receipt, false, Optional.of(from), LedgerLeaf.received(receipt), false)),
                            line);
                case KNOWN -> Judged.nothing(line + " known=" + receipt.id());
                case CONTRADICTS -> bad(container, FaultCode.RECEIPT_FOREIGN, Optional.of("CONTRADICTS"));
                case FOREIGN -> bad(container, FaultCode.RECEIPT_FOREIGN, Optional.empty());
            };
        }

        /** An act of the peer moves nothing here: it is kept, and its owner gets a copy if it is about what we sent. */
        private Judged acted(Receipt receipt, byte[] container) {
            Evidence evidence = receipt.evidence();
            Optional<ExchangeView> ours =
                    evidence.subject() instanceof Subject.OfPeer ? Optional.empty() : subject(evidence);
            boolean agreed = ours.map(view -> agrees(evidence, view)).orElseGet(() -> ofTheirs(evidence));
            if (!agreed) {
                return bad(container, FaultCode.RECEIPT_FOREIGN, Optional.empty());
            }
            Optional<ExchangeId> exchange = ours.map(ExchangeView::exchange);
            PeersWord.Before before = word.before(exchange, receipt);
            if (before == PeersWord.Before.ANOTHER) {
                return bad(container, FaultCode.RECEIPT_FOREIGN, Optional.of("CONTRADICTS"));
            }
            ours.ifPresent(view -> give(view, receipt, container));
            String line = exchange.map(id -> "exchange=" + id + " ").orElse("") + "event="
                    + evidence.event().etsiName();
            if (before == PeersWord.Before.THIS) {
                return Judged.nothing(line + " known=" + receipt.id());
            }
            word.said(exchange, receipt);
            return Judged.silent(
                    StepOutcome.of(new Fact.ReceiptKept(
                            receipt, false, Optional.of(from), LedgerLeaf.received(receipt), false)),
                    line);
        }

        /** The peer's traffic with us, or an exchange that it sent to us. */
        private boolean ofTheirs(Evidence evidence) {
            return evidence.subject() instanceof Subject.OfPeer
                    ? senders.fromTo(from, evidence)
                    : evidence.subject() instanceof Subject.OfExchange && asSender.agrees(evidence);
        }

        private Optional<ExchangeView> subject(Evidence evidence) {
            return exchange(evidence)
                    .flatMap(id -> exchanges.computeIfAbsent(id, register::exchange))
                    .filter(view -> view.recipient().equals(from));
        }

        private Optional<ExchangeId> exchange(Evidence evidence) {
            if (evidence.subject() instanceof Subject.OfExchange of) {
                return Optional.of(of.exchange());
            }
            return evidence.digests().flatMap(digests -> register.exchangeByOuter(from, digests.outer()));
        }

        private Judged applied(Receipt receipt, ExchangeView view, byte[] container) {
            ExchangeState state = states.getOrDefault(view.exchange(), view.state());
            EvidenceEvent event = receipt.evidence().event();
            Optional<ExchangeId> exchange = Optional.of(view.exchange());
            PeersWord.Before before = word.before(exchange, receipt);
            if (before == PeersWord.Before.THIS) {
                give(view, receipt, container);
                return Judged.nothing(
                        "exchange=" + view.exchange() + " event=" + event.etsiName() + " known=" + receipt.id());
            }
            Optional<ExchangeState> next = next(event);
            if (before == PeersWord.Before.ANOTHER || next.isEmpty() || contradicts(event, state)) {
                return bad(container, FaultCode.RECEIPT_FOREIGN, Optional.of("CONTRADICTS"));
            }
            word.said(exchange, receipt);
            boolean late = state == ExchangeState.RELAY_FAILED;
            List<Fact> facts = new ArrayList<>();
            facts.add(new Fact.ReceiptKept(receipt, false, Optional.of(from), LedgerLeaf.received(receipt), late));
            if (!state.closed() && next.get() != state) {
                facts.add(new Fact.ExchangeMoved(view.exchange(), state, next.get(), now));
                if (next.get().closed()) {
                    facts.add(new Fact.MessageEnded(view.exchange(), now));
                }
                states.put(view.exchange(), next.get());
            }
            give(view, receipt, container);
            return Judged.silent(
                    new StepOutcome(facts),
                    "exchange=" + view.exchange() + " event=" + event.etsiName() + (late ? " LATE" : ""));
        }

        /** The owner's copy; if the folder cannot be written now the evidence is kept all the same. */
        private void give(ExchangeView view, Receipt receipt, byte[] container) {
            try {
                desk.giveReceipt(view.feed(), receipt.id(), container);
            } catch (Broken folder) {
                LOG.warn(
                        "exchange={} event=ReceiptCopyFailed fault={}",
                        view.exchange(),
                        folder.fault().code());
            }
        }
    }

    private static Optional<ExchangeState> next(EvidenceEvent event) {
        return switch (event) {
            case RELAY_ACCEPTANCE -> Optional.of(ExchangeState.RELAYED);
            case RELAY_REJECTION -> Optional.of(ExchangeState.REFUSED);
            case CONTENT_HANDOVER -> Optional.of(ExchangeState.HANDED_OVER);
            case CONTENT_HANDOVER_FAILURE -> Optional.of(ExchangeState.HANDOVER_FAILED);
            case SUBMISSION_ACCEPTANCE,
                    SUBMISSION_REJECTION,
                    RELAY_FAILURE,
                    QUARANTINE_DECISION,
                    TRAFFIC_SUSPENDED,
                    TRAFFIC_RESUMED,
                    CONTENT_ERASURE -> Optional.empty();
        };
    }

    /**
     * A peer that said yes cannot say no to the same step, nor the reverse, nor no twice: of refusals that name only the
     * message, the state alone tells.
     */
    private static boolean contradicts(EvidenceEvent event, ExchangeState state) {
        return switch (event) {
            case RELAY_ACCEPTANCE -> state == ExchangeState.REFUSED;
            case RELAY_REJECTION ->
                state == ExchangeState.REFUSED
                        || state == ExchangeState.RELAYED
                        || state == ExchangeState.HANDED_OVER
                        || state == ExchangeState.HANDOVER_FAILED;
            case CONTENT_HANDOVER -> state == ExchangeState.REFUSED || state == ExchangeState.HANDOVER_FAILED;
            case CONTENT_HANDOVER_FAILURE -> state == ExchangeState.REFUSED || state == ExchangeState.HANDED_OVER;
            case SUBMISSION_ACCEPTANCE,
                    SUBMISSION_REJECTION,
                    RELAY_FAILURE,
                    QUARANTINE_DECISION,
                    TRAFFIC_SUSPENDED,
                    TRAFFIC_RESUMED,
                    CONTENT_ERASURE -> true;
        };
    }

    /** Whether nothing that the receipt names differs from what we sealed. */
    private boolean agrees(Evidence evidence, ExchangeView view) {
        boolean parties = evidence.sender().equals(peers.self().id())
                && evidence.recipient().map(view.recipient()::equals).orElse(true);
        boolean digests =
                evidence.digests().map(said -> sameDigests(said, view)).orElse(false);
        boolean subject = !(evidence.subject() instanceof Subject.OfExchange of)
                || of.sequence() == view.sequence()
                        && of.kind().equals(view.kind())
                        && of.submitted().equals(view.created());
        boolean terms = evidence.terms()
                .map(said -> !said.decision().equals("PERMIT")
                        || said.agreementId().equals(view.agreement().id())
                                && said.agreementVersion() == view.agreement().version()
                                && said.agreementDigest()
                                        .equals(view.agreement().digest()))
                .orElse(true);
        return parties && digests && subject && terms;
    }

    private static boolean sameDigests(MessageDigests said, ExchangeView view) {
        return said.outer().equals(view.outer())
                && said.inner().map(view.inner()::equals).orElse(true)
                && said.manifest().map(view.manifest()::equals).orElse(true);
    }
}
