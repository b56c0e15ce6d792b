package org.embassage.routes.tls;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;

/** Which TLS key belongs to which gateway: SHA-256 of the SubjectPublicKeyInfo, as in the peer cards. Thread-safe. */
public final class Pins {

    private final PeerDirectory peers;

    public Pins(PeerDirectory peers) {
        this.peers = peers;
    }

    /** The one peer whose card holds the certificate's key; nothing if no card does, or more than one. */
    public Optional<GatewayId> owner(X509Certificate certificate) {
        Digest pin = pinOf(certificate);
        var owners = peers.all().stream()
                .filter(peer -> peer.tlsPins().contains(pin))
                .map(Peer::id)
                .toList();
        return owners.size() == 1 ? Optional.of(owners.get(0)) : Optional.empty();
    }

    /** The pins of all peers and of this gateway itself. */
    Set<Digest> anyone() {
        Set<Digest> pins = new HashSet<>(peers.self().tlsPins());
        peers.all().forEach(peer -> pins.addAll(peer.tlsPins()));
        return pins;
    }

    /** The pins of one gateway, this one included; none if it is unknown. */
    Set<Digest> of(GatewayId gateway) {
        return gateway.equals(peers.self().id())
                ? Set.copyOf(peers.self().tlsPins())
                : peers.find(gateway).map(peer -> Set.copyOf(peer.tlsPins())).orElse(Set.of());
    }

    static Digest pinOf(X509Certificate certificate) {
        return Digest.sha256(certificate.getPublicKey().getEncoded());
    }
}
