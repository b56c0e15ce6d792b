package org.embassage.exchange.port;

import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Misbehaviour;

/**
 * Keeps what accuses somebody as plain files, outside the database, so that it survives a database that is restored or
 * rewritten. Thread-safe.
 */
public interface AlarmFolder {

    /**
     * Keeps a note; the same bytes once. Returns when the file is durable. A failure is logged, never thrown: the alarm must
     * go on.
     *
     * @param kind letters, digits and hyphens; the beginning of the file's name
     */
    void keep(String kind, String note);

    /**
     * Keeps what accuses a peer as one portable file that anybody can judge; the same octets once. Returns when the file is
     * durable. A failure is logged, never thrown.
     */
    void accuse(GatewayId peer, Misbehaviour proof);

    /** The notes of a kind that are kept. */
    List<String> kept(String kind);
}
