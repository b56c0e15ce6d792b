package org.embassage.store;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.embassage.evidence.Digest;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.exchange.document.AgreementRef;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.domestic.DropDesk.ResultLine;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/** SYNTHETIC facts. Ids sort by the order in which they were made. */
final class Samples {

    static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    static final GatewayId VELMARK = new GatewayId("QVL-BG");
    static final GatewayId OSTRANA = new GatewayId("QOS-POL");
    static final GatewayId OSTRANA_BORDER = new GatewayId("QOS-BP");
    static final FeedId FEED = new FeedId("border-alerts");
    static final AgreementRef AGREEMENT =
            new AgreementRef("QVL-QOS-2031-01", 3, Digest.sha256("agreement".getBytes(StandardCharsets.UTF_8)));

    private static final AtomicLong COUNTER = new AtomicLong(Long.getLong("samples.first", 0));

    private Samples() {}

    static UUID uuid() {
        long n = COUNTER.incrementAndGet();
        return new UUID(0x0193_0000_0000_7000L | n << 16, 0x8000_0000_0000_0000L | n);
    }

    static ExchangeId exchangeId() {
        return new ExchangeId(uuid());
    }

    static DropId dropId() {
        return new DropId(uuid());
    }

    static Digest digest(Object of) {
        return Digest.sha256(of.toString().getBytes(StandardCharsets.UTF_8));
    }

    static Content content(String text) {
        return new Content(text.getBytes(StandardCharsets.UTF_8));
    }

    static String text(Content content) {
        return new String(content.octets(), StandardCharsets.UTF_8);
    }

    static Fact.DropOpened dropOpened(DropId drop) {
        return new Fact.DropOpened(drop, FEED, NOON, 20, content("SYNTHETIC drop " + drop));
    }

    static Fact.ExchangeOpened exchangeOpened(ExchangeId id, GatewayId recipient, long sequence) {
        return new Fact.ExchangeOpened(
                id,
                recipient,
                "PersonAlert",
                "1.0",
                Priority.URGENT,
                Transport.JMS,
                sequence,
                AGREEMENT,
                "R1",
                NOON,
                NOON.plus(Duration.ofDays(1)),
                new DropId(new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L)),
                7,
                FEED,
                digest("outer" + id),
                digest("inner" + id),
                digest("manifest" + id),
                Optional.empty());
    }

    static Fact.InboxPut inboxPut(GatewayId peer, ExchangeId id) {
        return inboxPut(peer, id, Priority.ROUTINE, NOON);
    }

    static Fact.InboxPut inboxPut(GatewayId peer, ExchangeId id, Priority priority, Instant received) {
        return new Fact.InboxPut(
                peer,
                id,
                "VehicleAlert",
                "1.0",
                priority,
                12,
                AGREEMENT,
                "R2",
                NOON.minusSeconds(60),
                NOON.plusSeconds(3600),
                received,
                Transport.SFTP,
                digest("outer" + id),
                digest("inner" + id),
                digest("manifest" + id),
                Optional.empty(),
                content("SYNTHETIC message " + id));
    }

    static OutboxEntry message(GatewayId peer, ExchangeId exchange, Priority priority, Instant queued) {
        return new OutboxEntry(
                uuid().toString(),
                peer,
                ItemKind.MESSAGE,
                Transport.JMS,
                priority,
                Optional.of(exchange),
                Optional.empty(),
                0,
                queued,
                queued,
                content("SYNTHETIC sealed " + exchange));
    }

    static OutboxEntry message(GatewayId peer) {
        return message(peer, exchangeId(), Priority.ROUTINE, NOON);
    }

    static OutboxEntry receiptItem(GatewayId peer, Receipt receipt) {
        return new OutboxEntry(
                uuid().toString(),
                peer,
                ItemKind.RECEIPT,
                Transport.JMS,
                Priority.FLASH,
                Optional.empty(),
                Optional.of(receipt.id()),
                0,
                NOON,
                NOON,
                new Content(receipt.container()));
    }

    static Receipt receipt(ExchangeId exchange, EvidenceEvent event) {
        EvidenceId id = new EvidenceId(uuid());
        Subject subject =
                new Subject.OfExchange(exchange, "PersonAlert", "1.0", 1, NOON, Optional.empty(), Optional.empty());
        Evidence evidence = new Evidence(
                id,
                event,
                NOON,
                VELMARK,
                digest("certificate"),
                VELMARK,
                Optional.of(OSTRANA),
                subject,
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new Checkpoints("own", Optional.empty()));
        byte[] container = ("SYNTHETIC container " + id).getBytes(StandardCharsets.UTF_8);
        return new Receipt(evidence, digest("manifest" + id), digest("signature" + id), container);
    }

    /** A SubmissionRejection of record 3 under {@link #AGREEMENT}. */
    static Receipt rejection(DropId drop, Instant at) {
        EvidenceId id = new EvidenceId(uuid());
        Evidence evidence = new Evidence(
                id,
                EvidenceEvent.SUBMISSION_REJECTION,
                at,
                VELMARK,
                digest("certificate"),
                VELMARK,
                Optional.of(OSTRANA),
                new Subject.OfSubmission(new Evidence.SubmissionRef(drop, Optional.of(3))),
                Optional.of(new Evidence.Terms(
                        AGREEMENT.id(), AGREEMENT.version(), AGREEMENT.digest(), "D1", "REFUSE", List.of())),
                Optional.empty(),
                List.of(Evidence.Reason.of("DENIED")),
                Optional.empty(),
                Optional.empty(),
                new Checkpoints("own", Optional.empty()));
        byte[] container = ("SYNTHETIC container " + id).getBytes(StandardCharsets.UTF_8);
        return new Receipt(evidence, digest("manifest" + id), digest("signature" + id), container);
    }

    static Fact.ReceiptKept issued(Receipt receipt, GatewayId peer) {
        return new Fact.ReceiptKept(receipt, true, Optional.of(peer), LedgerLeaf.issued(receipt), false);
    }

    static Fact.ReceiptKept received(Receipt receipt, GatewayId peer) {
        return new Fact.ReceiptKept(receipt, false, Optional.of(peer), LedgerLeaf.received(receipt), false);
    }

    static Fact.ResultNoted result(DropId drop, int record, long offset) {
        return new Fact.ResultNoted(
                drop,
                new ResultLine(
                        Optional.of(record),
                        record,
                        offset,
                        Optional.of(Fault.inField(FaultCode.FIELD_MISSING, "birthDate")),
                        Optional.empty(),
                        Optional.empty()));
    }

    static Fact.LeafAppended leaf(String subject) {
        return new Fact.LeafAppended(LedgerLeaf.act(new EvidenceId(uuid()), "RELEASE", "desk 0193", subject));
    }

    static Fact.Quarantined quarantined(String id, String detail, String content) {
        return new Fact.Quarantined(
                id,
                Fault.of(FaultCode.UNOPENABLE),
                Optional.of(detail),
                Optional.of(OSTRANA),
                Optional.empty(),
                Optional.empty(),
                NOON,
                content(content));
    }

    /** What a sender commits for one record: seven facts. */
    static StepOutcome sent(ExchangeId exchange, long sequence, DropId drop, byte[] sealed) {
        Receipt receipt = receipt(exchange, EvidenceEvent.SUBMISSION_ACCEPTANCE);
        OutboxEntry item = message(OSTRANA, exchange, Priority.ROUTINE, NOON);
        return StepOutcome.of(
                new Fact.IntakeClaimed(FEED, digest(exchange), OSTRANA, exchange),
                exchangeOpened(exchange, OSTRANA, sequence),
                issued(receipt, OSTRANA),
                new Fact.OutboxPut(new OutboxEntry(
                        item.id(),
                        item.peer(),
                        item.kind(),
                        item.transport(),
                        item.priority(),
                        item.exchange(),
                        item.receipt(),
                        0,
                        item.queued(),
                        item.nextAttempt(),
                        new Content(sealed))),
                result(drop, (int) sequence, sequence * 100),
                new Fact.DropAdvanced(drop, (int) sequence));
    }
}
