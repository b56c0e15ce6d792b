package org.embassage.exchange.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.journal.Content;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.wire.ItemKind;

/** Words the facts by which items about ledgers go out. Thread-safe. */
public final class LedgerPost {

    private final LedgerTree tree;
    private final LedgerHeads heads;
    private final Uuids ids;

    public LedgerPost(LedgerTree tree, LedgerHeads heads, Uuids ids) {
        this.tree = tree;
        this.heads = heads;
        this.ids = ids;
    }

    /** Our checkpoint, with the proof from what the peer is thought to hold. @param from 0 for no proof */
    public Fact note(Peer peer, long from, HeldNote own, Instant now) {
        return note(peer, from, own, now, now);
    }

    private Fact note(Peer peer, long from, HeldNote own, Instant queued, Instant now) {
        long holds = heads.peer(peer.id()).map(HeldNote::size).orElse(0L);
        LedgerNote note = new LedgerNote(holds, from, tree.consistencyProof(from, own.size()), own.note());
        return put(peer, ItemKind.LEDGER_NOTE, note.octets(), queued, now);
    }

    /**
     * Checkpoints of ours that are larger than what the peer is thought to hold, each with the proof from the one before. They
     * are carried in their order: out of it none but the first could be proven.
     *
     * @param from size that the peer is thought to hold, 0 for no proof
     * @param own smallest first
     */
    public List<Fact> notes(Peer peer, long from, List<HeldNote> own, Instant now) {
        List<Fact> facts = new ArrayList<>();
        long known = from;
        for (HeldNote note : own) {
            if (note.size() > known) {
                facts.add(note(peer, known, note, now.plusMillis(facts.size()), now));
                known = note.size();
            }
        }
        return facts;
    }

    /** Any item, by the transport that the peer prefers. */
    public Fact put(Peer peer, ItemKind kind, byte[] octets, Instant now) {
        return put(peer, kind, octets, now, now);
    }

    private Fact put(Peer peer, ItemKind kind, byte[] octets, Instant queued, Instant now) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                kind,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.ROUTINE,
                Optional.empty(),
                Optional.empty(),
                0,
                queued,
                now,
                new Content(octets)));
    }
}
