package org.embassage.exchange.receive;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.Evidence.Subject;
import org.embassage.evidence.receipt.ReceiptReader;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.ReceiptQuery;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.ExchangeView;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;
import org.embassage.exchange.wire.RecoverySummary;
import org.embassage.exchange.wire.Returned;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a restored peer the receipts that both had, from before it lost anything: everything of an exchange of which anything
 * happened since. With them go proofs of what we issued, and the checkpoints of the peer's old epoch with the proofs that they
 * continue each other.
 */
final class SendBack {

    private static final Logger LOG = LoggerFactory.getLogger(SendBack.class);
    private static final int PAGE = 500;
    private static final int AT_ONCE = 64;
    private static final Duration CLOCKS = Duration.ofMinutes(10);
    private static final Instant END_OF_TIME = Instant.parse("9999-01-01T00:00:00Z");

    private final Journal journal;
    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Witnessing witnessing;
    private final Uuids ids;

    SendBack(Journal journal, Register register, Ledgerbook ledgerbook, Witnessing witnessing, Uuids ids) {
        this.journal = journal;
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.witnessing = witnessing;
        this.ids = ids;
    }

    void to(Peer peer, EpochBeginning epoch, Instant now) {
        Instant since = epoch.lostSince().minus(CLOCKS);
        Set<ExchangeId> exchanges = new LinkedHashSet<>();
        List<EvidenceId> apart = new ArrayList<>();
        ReceiptQuery query = ReceiptQuery.first(PAGE).with(peer.id()).within(since, END_OF_TIME);
        for (List<StoredReceipt> page = register.receipts(query); !page.isEmpty(); page = register.receipts(query)) {
            page.forEach(receipt -> receipt.exchange().ifPresentOrElse(exchanges::add, () -> apart.add(receipt.id())));
            query = query.after(page.get(page.size() - 1).leafIndex());
        }
        List<EvidenceId> told = new ArrayList<>();
        Map<EvidenceId, StoredReceipt> issued = new LinkedHashMap<>();
        List<Fact> facts = new ArrayList<>();
        long sequence = 0;
        int queued = 0;
        for (ExchangeId exchange : exchanges) {
            List<StoredReceipt> receipts = register.receipts(exchange).stream()
                    .filter(receipt -> receipt.issuer().equals(peer.id()) || receipt.issued())
                    .toList();
            sequence = Math.max(sequence, sequence(receipts, peer.id()));
            facts.add(put(
                    peer,
                    ItemKind.RETURNED,
                    returned(peer.id(), exchange, receipts).octets(),
                    queued++,
                    now));
            note(receipts, told, issued);
            message(exchange, peer.id(), now).ifPresent(facts::add);
            if (facts.size() >= AT_ONCE) {
                commit(facts);
            }
        }
        for (EvidenceId id : apart) {
            List<StoredReceipt> one = register.receipt(id).stream().toList();
            List<byte[]> containers =
                    one.stream().map(receipt -> receipt.container().octets()).toList();
            facts.add(put(
                    peer,
                    ItemKind.RETURNED,
                    new Returned(Optional.empty(), Optional.empty(), containers).octets(),
                    queued++,
                    now));
            note(one, told, issued);
            if (facts.size() >= AT_ONCE) {
                commit(facts);
            }
        }
        proofs(issued).ifPresent(slip -> facts.add(witnessing.post().put(peer, ItemKind.PROOF, slip, now)));
        RecoverySummary summary = new RecoverySummary(
                epoch.origin(),
                sequence,
                told,
                register.carriedUnanswered(peer.id(), epoch.stoodSince()),
                notes(peer.id(), epoch),
                chain(epoch));
        facts.add(put(peer, ItemKind.RECOVERY, summary.text().getBytes(StandardCharsets.UTF_8), queued, now));
        commit(facts);
        LOG.warn("peer={} event=SentBack exchanges={} receipts={}", peer.id(), exchanges.size(), told.size());
    }

    private void commit(List<Fact> facts) {
        var unused = journal.commit(new StepOutcome(facts));
        facts.clear();
    }

    private static void note(
            List<StoredReceipt> receipts, List<EvidenceId> told, Map<EvidenceId, StoredReceipt> issued) {
        for (StoredReceipt receipt : receipts) {
            told.add(receipt.id());
            if (receipt.issued()) {
                issued.put(receipt.id(), receipt);
            }
        }
    }

    /** Our own exchange waits for its hand-over there, and its message was lost with all else: it is carried again. */
    private Optional<Fact> message(ExchangeId exchange, GatewayId peer, Instant now) {
        return register.exchange(exchange)
                .filter(view -> view.recipient().equals(peer) && !view.state().closed())
                .map(view -> new Fact.MessageDue(view.exchange(), now));
    }

    private Returned returned(GatewayId peer, ExchangeId exchange, List<StoredReceipt> receipts) {
        Optional<InboxView.Accepted> taken = register.inbox(peer, exchange).flatMap(InboxView::accepted);
        Optional<ExchangeView> sent = register.exchange(exchange);
        Optional<Priority> priority =
                taken.map(InboxView.Accepted::priority).or(() -> sent.map(ExchangeView::priority));
        Optional<Instant> expires = taken.map(InboxView.Accepted::expires).or(() -> sent.map(ExchangeView::expires));
        return new Returned(
                priority,
                expires,
                receipts.stream().map(receipt -> receipt.container().octets()).toList());
    }

    private static long sequence(List<StoredReceipt> receipts, GatewayId sender) {
        return receipts.stream()
                .map(receipt -> ReceiptReader.read(receipt.container().octets())
                        .fold(
                                read -> read.receipt().evidence().sender().equals(sender)
                                                && read.receipt().evidence().subject() instanceof Subject.OfExchange of
                                        ? of.sequence()
                                        : 0L,
                                unreadable -> 0L))
                .max(Long::compare)
                .orElse(0L);
    }

    /** Where what we issued is in our own ledger, as far as its newest epoch has it. */
    private Optional<byte[]> proofs(Map<EvidenceId, StoredReceipt> issued) {
        Optional<HeldNote> own = witnessing.heads().own();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        long first = ledgerbook.first();
        long size = own.get().size();
        Map<EvidenceId, TlogProof> slip = new HashMap<>();
        issued.forEach((id, receipt) -> {
            long index = receipt.leafIndex() - first;
            if (index >= 0 && index < size) {
                slip.put(
                        id,
                        new TlogProof(
                                index,
                                witnessing.tree().inclusionProof(index, size),
                                own.get().note()));
            }
        });
        return slip.isEmpty()
                ? Optional.empty()
                : Optional.of(new ProofSlip(own.get().note(), slip).octets());
    }

    private List<String> notes(GatewayId peer, EpochBeginning epoch) {
        return ledgerbook.peerNotes(peer, Integer.MAX_VALUE).stream()
                .filter(HeldNote::consistent)
                .map(HeldNote::note)
                .filter(note -> note.startsWith(epoch.follows() + "\n"))
                .toList();
    }

    private List<ConsistencyProof> chain(EpochBeginning epoch) {
        return ledgerbook.continuity(epoch.follows(), 0, Long.MAX_VALUE);
    }

    /** In their order, behind what is urgent and before new messages of the same priority. */
    private Fact put(Peer peer, ItemKind kind, byte[] octets, int number, Instant now) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                kind,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.URGENT,
                Optional.empty(),
                Optional.empty(),
                0,
                now.plusMillis(number),
                now,
                new Content(octets)));
    }
}
