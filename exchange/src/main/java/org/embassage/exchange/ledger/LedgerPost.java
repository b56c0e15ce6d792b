package org.embassage.exchange.ledger;

import java.time.Instant;
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
        long holds = heads.peer(peer.id()).map(HeldNote::size).orElse(0L);
        LedgerNote note = new LedgerNote(holds, from, tree.consistencyProof(from, own.size()), own.note());
        return put(peer, ItemKind.LEDGER_NOTE, note.octets(), now);
    }

    /** Any item, by the transport that the peer prefers. */
    public Fact put(Peer peer, ItemKind kind, byte[] octets, Instant now) {
        return new Fact.OutboxPut(new OutboxEntry(
                ids.next().toString(),
                peer.id(),
                kind,
                peer.jms().isPresent() ? Transport.JMS : Transport.SFTP,
                Priority.ROUTINE,
                Optional.empty(),
                Optional.empty(),
                0,
                now,
                now,
                new Content(octets)));
    }
}
