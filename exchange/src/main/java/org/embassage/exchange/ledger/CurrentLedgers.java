package org.embassage.exchange.ledger;

import java.util.List;
import java.util.Optional;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Ledgerbook.Epoch;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;

/**
 * The peers as their cards say, with the name that their ledger's key bears in the epoch which is the newest that we accepted,
 * and ourselves in our newest. A card that names a later epoch counts. Thread-safe.
 */
public final class CurrentLedgers implements PeerDirectory {

    private final PeerDirectory cards;
    private final Ledgerbook ledgerbook;

    public CurrentLedgers(PeerDirectory cards, Ledgerbook ledgerbook) {
        this.cards = cards;
        this.ledgerbook = ledgerbook;
    }

    @Override
    public Peer self() {
        List<Epoch> epochs = ledgerbook.epochs();
        return epochs.size() < 2
                ? cards.self()
                : in(cards.self(), epochs.get(epochs.size() - 1).origin());
    }

    @Override
    public Optional<Peer> find(GatewayId id) {
        return cards.find(id).map(this::now);
    }

    @Override
    public List<Peer> all() {
        return cards.all().stream().map(this::now).toList();
    }

    private Peer now(Peer card) {
        return ledgerbook
                .restorebook()
                .peerEpoch(card.id())
                .flatMap(EpochBeginning::parse)
                .map(epoch -> in(card, epoch.origin()))
                .orElse(card);
    }

    private static Peer in(Peer card, String origin) {
        Optional<NoteVerifier> key = NoteVerifier.parse(card.ledgerKey());
        long named =
                key.map(NoteVerifier::name).flatMap(EpochBeginning::numberOf).orElse(0L);
        return key.isPresent() && EpochBeginning.numberOf(origin).orElse(0L) > named
                ? card.withLedgerKey(key.get().under(origin).vkey())
                : card;
    }
}
