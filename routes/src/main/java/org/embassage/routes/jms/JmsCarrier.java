package org.embassage.routes.jms;

import java.util.Map;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.routes.camel.Outlet;

/** Carries a bundle as one persistent BytesMessage to this gateway's inbox on the peer's broker. */
public final class JmsCarrier implements Carrier {

    private final PeerDirectory peers;
    private final Outlet outlet;

    public JmsCarrier(PeerDirectory peers, Outlet outlet) {
        this.peers = peers;
        this.outlet = outlet;
    }

    @Override
    public Transport transport() {
        return Transport.JMS;
    }

    @Override
    public void carry(GatewayId peer, byte[] bundle) {
        carry(peer, Priority.ROUTINE, bundle);
    }

    @Override
    public void carry(GatewayId peer, Priority priority, byte[] bundle) {
        if (peers.find(peer).flatMap(Peer::jms).isEmpty()) {
            throw new Broken(FaultCode.PEER_UNREACHABLE);
        }
        outlet.send(SendByJms.from(peer), bundle, Map.of(SendByJms.PRIORITY, priority.name()));
    }
}
