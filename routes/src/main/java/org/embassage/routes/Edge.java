package org.embassage.routes;

import java.security.SecureRandom;
import java.time.Clock;
import org.embassage.exchange.domestic.DomesticSystem;
import org.embassage.exchange.domestic.DropDesk;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.Carrier;
import org.embassage.exchange.port.KeySource;

/**
 * Everything of a gateway that touches the outside: its broker and SFTP server, the transports to peers, the drop and
 * hand-over folders, and the timers. Prepared first, so that the use cases can be given its ports; then started with
 * the work that it shall call.
 *
 * <p>Several edges may live in one process. Thread-safe.
 */
public final class Edge implements AutoCloseable {

    private Edge() {}

    /**
     * Makes an edge that listens to nothing yet.
     *
     * @param peers asked again at each connection; routes are made for the peers known at {@link #start}
     */
    public static Edge prepare(
            EdgeSettings settings, PeerDirectory peers, KeySource keys, Clock clock, SecureRandom random) {
        throw new UnsupportedOperationException();
    }

    /** Carries by JMS to peers whose card names a broker. Before {@link #start} every peer is unreachable. */
    public Carrier jms() {
        throw new UnsupportedOperationException();
    }

    /** Carries by SFTP to peers whose card names an SFTP server. Before {@link #start} every peer is unreachable. */
    public Carrier sftp() {
        throw new UnsupportedOperationException();
    }

    /** The desk of the drop folders; works from the start. */
    public DropDesk dropDesk() {
        throw new UnsupportedOperationException();
    }

    /** The hand-over folder; works from the start. Its basis is WRITTEN. */
    public DomesticSystem domesticSystem() {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens the broker and the SFTP server to peers, then starts receiving, taking drops and running rounds.
     *
     * @throws org.embassage.exchange.fault.Broken KEY_UNAVAILABLE
     * @throws IllegalStateException if a port is taken or a folder cannot be used; what was opened is closed again
     */
    public void start(EdgeWork work) {
        throw new UnsupportedOperationException();
    }

    /** Whether routes run and the own broker and SFTP server, where embedded, are open. For health checks. */
    public boolean running() {
        throw new UnsupportedOperationException();
    }

    /** Lets work in progress end, up to ten seconds, then closes everything. May be repeated. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
