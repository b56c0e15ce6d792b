package org.embassage.routes.sftp;

import java.util.Map;
import org.apache.camel.Exchange;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.routes.camel.Outlet;

/** Carries a bundle as one file, named by its digest, into this gateway's {@code in} folder on the peer's SFTP server. */
public final class SftpCarrier implements Carrier {

    /** SFTP moves few files a second, so it likes them larger. */
    private static final int BUNDLE_BYTES = 4 << 20;

    private final PeerDirectory peers;
    private final Outlet outlet;
    private final Uuids attempts;

    public SftpCarrier(PeerDirectory peers, Outlet outlet, Uuids attempts) {
        this.peers = peers;
        this.outlet = outlet;
        this.attempts = attempts;
    }

    @Override
    public Transport transport() {
        return Transport.SFTP;
    }

    @Override
    public int bundleBytes() {
        return BUNDLE_BYTES;
    }

    @Override
    public void carry(GatewayId peer, byte[] bundle) {
        carry(peer, Priority.ROUTINE, bundle);
    }

    @Override
    public void carry(GatewayId peer, Priority priority, byte[] bundle) {
        if (peers.find(peer).flatMap(Peer::sftp).isEmpty()) {
            throw new Broken(FaultCode.PEER_UNREACHABLE);
        }
        outlet.send(
                SendBySftp.from(peer),
                bundle,
                Map.of(
                        Exchange.FILE_NAME,
                        BundleNames.of(bundle, priority),
                        SendBySftp.ATTEMPT,
                        attempts.next().toString()));
    }
}
