package org.embassage.exchange.keep;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.ExchangeState;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.InboxState;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Ledgerbook.ShownNote;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.InboxView;
import org.embassage.exchange.journal.Restorebook;
import org.embassage.exchange.journal.Restorebook.Copy;
import org.embassage.exchange.journal.Restorebook.Told;
import org.embassage.exchange.ledger.LedgerTree;
import org.embassage.exchange.order.Officer;
import org.embassage.exchange.order.Order;
import org.embassage.exchange.order.OrderHandler.Course;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.wire.ItemKind;

/**
 * Begins a new epoch of the ledger of a gateway that was put back from a backup. The old epoch is closed and kept; leaf 0 of the
 * new one binds every checkpoint of the old one that somebody holds. What was accepted and not handed over by the backup waits
 * for a person, for it may have been handed over since. The process that goes on must open the store anew.
 */
public final class ReconcileLedger {

    private static final int MOST = 100_000;

    private final NoteSigner signer;
    private final LedgerTree tree;
    private final PeerDirectory peers;
    private final Register register;
    private final Ledgerbook ledgerbook;
    private final Restorebook restores;
    private final Uuids ids;

    /** @param signer of the old epoch's checkpoints */
    public ReconcileLedger(
            NoteSigner signer,
            LedgerTree tree,
            PeerDirectory peers,
            Register register,
            Ledgerbook ledgerbook,
            Uuids ids) {
        this.signer = signer;
        this.tree = tree;
        this.peers = peers;
        this.register = register;
        this.ledgerbook = ledgerbook;
        this.restores = ledgerbook.restorebook();
        this.ids = ids;
    }

    /**
     * The handler of the order. Refused: ORDER_NOT_POSSIBLE if nothing says that the gateway was put back;
     * RESTORE_PEERS_SILENT if a peer that is not left out has not said what it holds.
     */
    public Course order(Order.ReconcileLedger order, Officer officer, Instant now) {
        tree.grow();
        Optional<Copy> copy = restores.copied();
        List<String> shown = shown();
        if (copy.isEmpty() && shown.isEmpty()
                || EpochBeginning.numberOf(tree.origin()).isEmpty()) {
            return Course.Refused.of(FaultCode.ORDER_NOT_POSSIBLE);
        }
        List<Told> told = restores.told();
        Set<GatewayId> heard = new LinkedHashSet<>(order.without());
        told.forEach(one -> heard.add(one.peer()));
        boolean silent = peers.all().stream().map(Peer::id).anyMatch(peer -> !heard.contains(peer));
        if (silent) {
            return Course.Refused.of(FaultCode.RESTORE_PEERS_SILENT);
        }
        return new Course.Carried(List.of(), none -> facts(copy, told, shown, now));
    }

    /** Notes of this epoch that somebody showed us and our ledger does not continue. */
    private List<String> shown() {
        return ledgerbook.shownNotes().stream()
                .map(ShownNote::note)
                .filter(note -> Checkpoint.verified(note, signer.verifier())
                        .map(checkpoint -> !tree.continues(checkpoint))
                        .orElse(false))
                .toList();
    }

    private List<Fact> facts(Optional<Copy> copy, List<Told> told, List<String> shown, Instant now) {
        List<Fact> facts = new ArrayList<>();
        String newest = end(copy, facts, now);
        Set<String> held = new LinkedHashSet<>();
        held.add(newest);
        Stream.concat(told.stream().flatMap(one -> one.note().stream()), shown.stream())
                .filter(note -> Checkpoint.verified(note, signer.verifier()).isPresent())
                .forEach(held::add);
        NoteSigner next = signer.under(EpochBeginning.after(tree.origin()));
        Instant stood = told.stream()
                .filter(one -> one.peer().equals(peers.self().id()))
                .map(Told::at)
                .findFirst()
                .orElse(now);
        EpochBeginning beginning =
                EpochBeginning.of(next, tree.origin(), lostSince(copy, now), stood, List.copyOf(held));
        EvidenceId act = ids.nextEvidenceId();
        long first = ledgerbook.first() + ledgerbook.size();
        facts.add(new Fact.EpochBegun(
                beginning.origin(),
                now,
                beginning.text(),
                peers.all().stream().map(Peer::id).toList(),
                act,
                beginning.leaf()));
        facts.add(new Fact.CheckpointSigned(first + 1, now, beginning.first()));
        facts.add(new Fact.LeafAppended(LedgerLeaf.act(act, "EPOCH_BEGUN", "gateway", beginning.origin())));
        peers.all().forEach(peer -> facts.add(put(peer, beginning, now)));
        held(InboxState.ACCEPTED, now, facts);
        held(InboxState.HANDING_OVER, now, facts);
        return facts;
    }

    /** The newest checkpoint of the old epoch, made now if the copy has leaves that none covers. Nobody else has them. */
    private String end(Optional<Copy> copy, List<Fact> facts, Instant now) {
        Optional<HeldNote> newest = ledgerbook.newestCheckpoint();
        long covered = newest.map(HeldNote::size).orElse(0L);
        long size = copy.map(Copy::size).orElse(0L) - ledgerbook.first();
        if (size <= covered) {
            return newest.orElseThrow().note();
        }
        String note = signer.sign(tree.checkpoint(size).text());
        facts.add(new Fact.CheckpointSigned(ledgerbook.first() + size, now, note));
        return note;
    }

    /** Before the first thing that may be lost: also what was open when the backup was taken went on since. */
    private Instant lostSince(Optional<Copy> copy, Instant now) {
        Stream<Instant> open = Stream.concat(
                Stream.of(ExchangeState.SEALED, ExchangeState.RELAYED)
                        .flatMap(state -> register.exchanges(Optional.of(state), Optional.empty(), MOST).stream())
                        .map(Register.ExchangeView::created),
                Stream.of(InboxState.ACCEPTED, InboxState.HANDING_OVER, InboxState.HELD)
                        .flatMap(state -> register.inboxIn(state, MOST).stream())
                        .flatMap(view -> view.accepted().stream())
                        .map(InboxView.Accepted::received));
        Stream<Instant> last = Stream.of(copy.map(Copy::at)
                .or(() -> ledgerbook.newestCheckpoint().map(HeldNote::at))
                .orElse(now));
        return Stream.concat(open, last).min(Instant::compareTo).orElse(now);
    }

    private void held(InboxState state, Instant now, List<Fact> facts) {
        Fault fault = Fault.of(FaultCode.RESTORE_UNCERTAIN);
        for (InboxView view : register.inboxIn(state, MOST)) {
            facts.add(new Fact.InboxMoved(
                    view.peer(), view.exchange(), state, InboxState.HELD, now, Optional.empty(), Optional.of(fault)));
            facts.add(new Fact.Quarantined(
                    "handover-" + view.exchange(),
                    fault,
                    Optional.empty(),
                    Optional.of(view.peer()),
                    Optional.of(view.exchange()),
                    Optional.empty(),
                    now,
                    register.inboxMessage(view.peer(), view.exchange())));
        }
    }

    private Fact put(Peer peer, EpochBeginning beginning, Instant now) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                ItemKind.EPOCH,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.FLASH,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now,
                new Content(beginning.text().getBytes(java.nio.charset.StandardCharsets.UTF_8))));
    }
}
