package org.embassage.exchange.keep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.embassage.evidence.DropId;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.receipt.Evidence;
import org.embassage.evidence.receipt.Evidence.Act;
import org.embassage.evidence.receipt.Evidence.Previous;
import org.embassage.evidence.receipt.Evidence.Reason;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.EvidenceEvent;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Erasable;
import org.embassage.exchange.journal.ErasureReason;
import org.embassage.exchange.journal.Erasurebook;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receipts.Statements.About;
import org.embassage.exchange.receive.Returns;

/**
 * Words erasures. What a receipt says of the exchange is taken from our own first receipt of it, for the agreement's file may
 * be long gone.
 */
final class ErasureSteps {

    private static final String ERASE = "ERASE";
    /** What can end an exchange. The last of them is what the erasure follows. */
    private static final Set<EvidenceEvent> OUTCOMES = Set.of(
            EvidenceEvent.RELAY_REJECTION,
            EvidenceEvent.RELAY_FAILURE,
            EvidenceEvent.CONTENT_HANDOVER,
            EvidenceEvent.CONTENT_HANDOVER_FAILURE);

    private final Register register;
    private final Erasurebook book;
    private final Statements statements;
    private final Returns returns;
    private final Uuids ids;

    ErasureSteps(Register register, Erasurebook book, Statements statements, Uuids ids) {
        this.register = register;
        this.book = book;
        this.statements = statements;
        this.returns = new Returns(ids);
        this.ids = ids;
    }

    /** Why, by whom, and whether it is to be final as soon as can be. */
    private record Why(ErasureReason reason, Act act, boolean atOnce) {}

    /** A step with the evidence in it, and a line for the log. */
    record Worded(StepOutcome step, List<EvidenceId> evidence, String line) {}

    /**
     * What is to be signed, and the steps that the receipts make of it.
     *
     * @param evidence in the order in which the receipts are to be given
     * @param steps one for each erasable, in order; a drop's copy goes with the first of its exchanges
     */
    record Draft(List<Evidence> evidence, Function<List<Receipt>, List<Worded>> steps) {}

    Draft draft(List<Erasable> erasables, ErasureReason reason, Act act, boolean atOnce, Instant now) {
        Why why = new Why(reason, act, atOnce);
        Map<Erasable, Evidence> evidence = new LinkedHashMap<>();
        for (Erasable erasable : erasables) {
            exchange(erasable)
                    .flatMap(exchange -> evidence(exchange, act, reason, now))
                    .ifPresent(said -> evidence.put(erasable, said));
        }
        return new Draft(List.copyOf(evidence.values()), signed -> {
            Map<Erasable, Receipt> receipts = new HashMap<>();
            List.copyOf(evidence.keySet()).forEach(erasable -> receipts.put(erasable, signed.get(receipts.size())));
            return steps(erasables, receipts, why, now);
        });
    }

    private List<Worded> steps(List<Erasable> erasables, Map<Erasable, Receipt> receipts, Why why, Instant now) {
        Set<DropId> drops = new HashSet<>();
        erasables.forEach(erasable -> {
            if (erasable instanceof Erasable.DropCopy copy) {
                drops.add(copy.drop());
            }
        });
        List<Worded> steps = new ArrayList<>();
        for (Erasable erasable : erasables) {
            List<Fact> facts = new ArrayList<>();
            List<EvidenceId> said = new ArrayList<>();
            Optional<Receipt> receipt = Optional.ofNullable(receipts.get(erasable));
            if (receipt.isPresent()) {
                facts.addAll(withReceipt(erasable, why, receipt.get(), now));
                said.add(receipt.get().id());
            } else {
                said.add(withLeaf(erasable, why, now, facts));
            }
            exchange(erasable)
                    .flatMap(book::copyOf)
                    .filter(drops::add)
                    .ifPresent(drop -> said.add(withLeaf(new Erasable.DropCopy(drop), why, now, facts)));
            steps.add(new Worded(new StepOutcome(facts), said, line(erasable)));
        }
        return steps;
    }

    private static Optional<ExchangeId> exchange(Erasable erasable) {
        if (erasable instanceof Erasable.Sent sent) {
            return Optional.of(sent.exchange());
        }
        return erasable instanceof Erasable.Received received ? Optional.of(received.exchange()) : Optional.empty();
    }

    private Optional<Evidence> evidence(ExchangeId exchange, Act act, ErasureReason reason, Instant now) {
        List<StoredReceipt> receipts = register.receipts(exchange);
        return receipts.stream()
                .filter(StoredReceipt::issued)
                .filter(receipt -> receipt.event() == EvidenceEvent.SUBMISSION_ACCEPTANCE
                        || receipt.event() == EvidenceEvent.RELAY_ACCEPTANCE)
                .findFirst()
                .flatMap(ErasureSteps::about)
                .map(about -> statements.contentErasure(about, act, Reason.of(reason.name()), outcome(receipts), now));
    }

    private static Optional<About> about(StoredReceipt receipt) {
        return ReceiptReader.read(receipt.container().octets())
                .fold(read -> about(read.receipt().evidence()), unreadable -> Optional.empty());
    }

    private static Optional<About> about(Evidence first) {
        return first.subject() instanceof Subject.OfExchange of
                ? Optional.of(new About(
                        of,
                        first.sender(),
                        first.recipient().orElseThrow(),
                        first.terms(),
                        first.digests().orElseThrow()))
                : Optional.empty();
    }

    private static Optional<Previous> outcome(List<StoredReceipt> receipts) {
        return receipts.stream()
                .filter(receipt -> OUTCOMES.contains(receipt.event()))
                // that its sender gave up is no outcome for the recipient
                .filter(receipt -> receipt.event() != EvidenceEvent.RELAY_FAILURE || receipt.issued())
                .reduce((earlier, later) -> later)
                .map(receipt -> new Previous(receipt.id(), receipt.manifest()));
    }

    private List<Fact> withReceipt(Erasable erasable, Why why, Receipt receipt, Instant now) {
        GatewayId peer = peer(erasable);
        Optional<ExchangeId> exchange = exchange(erasable);
        return List.of(
                new Fact.ContentErased(erasable, why.reason(), now, receipt.id(), why.atOnce()),
                returns.kept(receipt, peer),
                returns.sent(
                        receipt.id(),
                        exchange,
                        receipt.container(),
                        peer,
                        exchange.map(id -> transport(erasable, id)).orElse(Transport.JMS),
                        Priority.BULK,
                        now));
    }

    private static GatewayId peer(Erasable erasable) {
        return erasable instanceof Erasable.Sent sent ? sent.recipient() : ((Erasable.Received) erasable).peer();
    }

    /** By which the exchange itself travelled. */
    private Transport transport(Erasable erasable, ExchangeId exchange) {
        Optional<Transport> known = erasable instanceof Erasable.Sent
                ? register.exchange(exchange).map(ExchangeView::transport)
                : register.inbox(peer(erasable), exchange)
                        .flatMap(view -> view.accepted().map(found -> found.via()));
        return known.orElse(Transport.JMS);
    }

    /** Where there is no exchange, or none that could be worded, the ledger alone is told. */
    private EvidenceId withLeaf(Erasable erasable, Why why, Instant now, List<Fact> facts) {
        EvidenceId id = ids.nextEvidenceId();
        facts.add(new Fact.ContentErased(erasable, why.reason(), now, id, why.atOnce()));
        facts.add(new Fact.LeafAppended(
                LedgerLeaf.act(id, ERASE, why.act().actor(), subject(erasable) + " " + why.reason())));
        return id;
    }

    private static String subject(Erasable erasable) {
        if (erasable instanceof Erasable.DropCopy copy) {
            return "drop/" + copy.drop();
        }
        return erasable instanceof Erasable.Item item
                ? "quarantine/" + item.quarantineId()
                : "exchange/" + exchange(erasable).orElseThrow();
    }

    private static String line(Erasable erasable) {
        return subject(erasable).replace("/", "=");
    }
}
