package org.embassage.exchange.receive;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.MessageDigests;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.KnownReceipt;

/**
 * Judges what a peer says as the sender of an exchange to us: its SubmissionAcceptance and its RelayFailure. They may come
 * before their message, or without it: then there is nothing to compare them with, and they are kept as they are. A sender
 * says each of them once of an exchange.
 */
final class SenderReceipts {

    private final GatewayId self;
    private final Register register;

    SenderReceipts(GatewayId self, Register register) {
        this.self = self;
        this.register = register;
    }

    /** What becomes of such a receipt. */
    enum Judgement {
        /** It is to be kept. */
        NEW,
        /** We hold exactly this receipt. */
        KNOWN,
        /** The sender said the same of the exchange before, in another receipt. */
        CONTRADICTS,
        /** It is not of an exchange that this peer sent to us, or differs from the message that we took in. */
        FOREIGN
    }

    /** Whether only the sender of an exchange can say it. */
    static boolean isOne(Evidence evidence) {
        return evidence.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                || evidence.event() == EvidenceEvent.RELAY_FAILURE;
    }

    /** Whether it names the peer as the sender, and us as the recipient. */
    boolean fromTo(GatewayId peer, Evidence evidence) {
        return evidence.sender().equals(peer)
                && evidence.recipient().map(self::equals).orElse(false);
    }

    /** Judges what one bundle brings, messages and receipts, before any of it is committed. */
    Batch batch(GatewayId from, PeersWord word) {
        return new Batch(from, word);
    }

    final class Batch {
        private final GatewayId from;
        private final PeersWord word;
        private final Map<ExchangeId, InboxView> messages = new HashMap<>();

        private Batch(GatewayId from, PeersWord word) {
            this.from = from;
            this.word = word;
        }

        void taken(InboxView message) {
            messages.putIfAbsent(message.exchange(), message);
        }

        Judgement judge(Receipt receipt) {
            Evidence evidence = receipt.evidence();
            if (!(evidence.subject() instanceof Subject.OfExchange of) || !fromTo(from, evidence)) {
                return Judgement.FOREIGN;
            }
            if (register.known(of.exchange()).stream().anyMatch(SenderReceipts::isOurs) || differs(evidence, of)) {
                return Judgement.FOREIGN;
            }
            Optional<ExchangeId> exchange = Optional.of(of.exchange());
            return switch (word.before(exchange, receipt)) {
                case THIS -> Judgement.KNOWN;
                case ANOTHER -> Judgement.CONTRADICTS;
                case NOTHING -> {
                    word.said(exchange, receipt);
                    yield Judgement.NEW;
                }
            };
        }

        /** Whether the peer may say it as the sender of an exchange to us, and nothing in it differs from the message. */
        boolean agrees(Evidence evidence) {
            return evidence.subject() instanceof Subject.OfExchange of
                    && fromTo(from, evidence)
                    && register.exchange(of.exchange()).isEmpty()
                    && !differs(evidence, of);
        }

        private boolean differs(Evidence evidence, Subject.OfExchange of) {
            return Optional.ofNullable(messages.get(of.exchange()))
                    .or(() -> register.inbox(from, of.exchange()))
                    .map(message -> !same(evidence, of, message))
                    .orElse(false);
        }
    }

    /** An exchange that we sent has our SubmissionAcceptance from its first commit on. */
    private static boolean isOurs(KnownReceipt receipt) {
        return receipt.issued() && receipt.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE;
    }

    private static boolean same(Evidence evidence, Subject.OfExchange of, InboxView message) {
        boolean digests = evidence.digests().map(told -> same(told, message)).orElse(false);
        return digests
                && message.accepted().map(known -> same(evidence, of, known)).orElse(true);
    }

    private static boolean same(MessageDigests told, InboxView message) {
        return told.outer().equals(message.outer())
                && told.inner().map(message.inner()::equals).orElse(true);
    }

    private static boolean same(Evidence evidence, Subject.OfExchange of, InboxView.Accepted known) {
        boolean manifest = evidence.digests()
                .flatMap(MessageDigests::manifest)
                .map(known.manifest()::equals)
                .orElse(true);
        return manifest
                && of.kind().equals(known.kind())
                && of.schemaVersion().equals(known.schemaVersion())
                && of.sequence() == known.sequence()
                && of.submitted().equals(known.submitted())
                && of.supersedes().equals(known.supersedes())
                && evidence.terms().map(told -> same(told, known.agreement())).orElse(true);
    }

    private static boolean same(Evidence.Terms told, AgreementRef known) {
        return told.agreementId().equals(known.id())
                && told.agreementVersion() == known.version()
                && told.agreementDigest().equals(known.digest());
    }
}
