package org.embassage.exchange.peer;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.evidence.GatewayId;

/** The peers of a set of cards that were read and verified; of several cards of one gateway the newest counts. */
public final class CardDirectory implements PeerDirectory {

    private final Peer self;
    private final Map<GatewayId, Peer> peers = new TreeMap<>();

    /**
     * @param self this gateway
     * @param cards of any gateways, this one's among them
     * @throws IllegalArgumentException if this gateway's own card is not there
     */
    public CardDirectory(GatewayId self, Collection<Peer> cards) {
        for (Peer card : cards) {
            peers.merge(card.id(), card, (one, other) -> one.cardNumber() >= other.cardNumber() ? one : other);
        }
        this.self = Optional.ofNullable(peers.remove(self))
                .orElseThrow(() -> new IllegalArgumentException("the own peer card of " + self + " is missing"));
    }

    @Override
    public Peer self() {
        return self;
    }

    @Override
    public Optional<Peer> find(GatewayId id) {
        return Optional.ofNullable(peers.get(id));
    }

    @Override
    public List<Peer> all() {
        return List.copyOf(peers.values());
    }
}
