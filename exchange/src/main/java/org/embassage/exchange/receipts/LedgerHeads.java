package org.embassage.exchange.receipts;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.receipt.Evidence.Checkpoints;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Cosignature;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.jspecify.annotations.Nullable;

/**
 * The newest checkpoints that this node knows, its own and its peers', as they go into receipts. A checkpoint that is a
 * little older than the newest in the store is as true. Thread-safe.
 */
public final class LedgerHeads {

    private final Ledgerbook ledgerbook;
    private final AtomicReference<@Nullable HeldNote> own = new AtomicReference<>();
    private final Map<GatewayId, HeldNote> peers = new ConcurrentHashMap<>();
    private final Map<GatewayId, Long> told = new ConcurrentHashMap<>();

    private final Set<GatewayId> touched = ConcurrentHashMap.newKeySet();

    public LedgerHeads(Ledgerbook ledgerbook) {
        this.ledgerbook = ledgerbook;
    }

    /**
     * The heads for a receipt.
     *
     * @throws IllegalStateException before this gateway ever signed a checkpoint
     */
    public Checkpoints with(Optional<GatewayId> peer) {
        return new Checkpoints(
                own().orElseThrow(() -> new IllegalStateException("no checkpoint was signed yet"))
                        .note(),
                peer.flatMap(this::peer).map(HeldNote::note));
    }

    /** Our newest checkpoint. */
    public Optional<HeldNote> own() {
        HeldNote known = own.get();
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HeldNote> stored = ledgerbook.newestCheckpoint();
        stored.ifPresent(own::set);
        return stored;
    }

    /** The newest consistent checkpoint of a peer. */
    public Optional<HeldNote> peer(GatewayId peer) {
        HeldNote known = peers.get(peer);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<HeldNote> stored = ledgerbook.newestPeerNote(peer);
        stored.ifPresent(note -> peers.put(peer, note));
        return stored;
    }

    /** To be called after the commit of our own new checkpoint. */
    public void signed(HeldNote note) {
        own.set(note);
    }

    /** To be called after the commit of a peer's new consistent checkpoint. */
    public void held(GatewayId peer, HeldNote note) {
        peers.merge(peer, note, (one, other) -> one.size() >= other.size() ? one : other);
    }

    /** A peer told us the size of our newest checkpoint that it holds. */
    public void told(GatewayId peer, long holds) {
        told.put(peer, holds);
    }

    /** Something of the peer came in, so that its ledger and ours have news for each other. */
    public void touched(GatewayId peer) {
        touched.add(peer);
    }

    /** Whether something of the peer came in since this was last asked. */
    public boolean takeTouched(GatewayId peer) {
        return touched.remove(peer);
    }

    /** Looks the peer's newest consistent checkpoint up again. */
    public Optional<HeldNote> refresh(GatewayId peer) {
        peers.remove(peer);
        return peer(peer);
    }

    /** The size of our checkpoint that the peer last told us it holds, or else the greatest that it cosigned; or 0. */
    public long holds(GatewayId peer) {
        return told.computeIfAbsent(peer, this::cosigned);
    }

    private long cosigned(GatewayId peer) {
        return own().flatMap(note -> Checkpoint.unverified(note.note()))
                .flatMap(checkpoint -> ledgerbook.newestCosignature(checkpoint.origin(), peer + "/witness"))
                .map(Cosignature::size)
                .orElse(0L);
    }
}
