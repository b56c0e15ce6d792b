package org.embassage.gateway.assembly;

import java.time.Clock;
import java.util.Optional;
import java.util.function.Supplier;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.agreement.AgreementBook;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.PouchDesk;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.receipts.Statements;
import org.embassage.exchange.receive.TakePouch;
import org.embassage.exchange.send.PackPouch;
import org.embassage.exchange.trust.Trust;
import org.embassage.store.SqlStore;

/**
 * What pouches need besides what every order needs.
 *
 * @param reception the one that transports call, with its guards
 */
record Pouches(PouchDesk desk, Trust trust, KeySource keys, Reception reception) {

    PackPouch pack(
            SqlStore store,
            PeerDirectory peers,
            AgreementBook book,
            Statements statements,
            Witnessing witnessing,
            Uuids ids,
            Clock clock) {
        return new PackPouch(
                peers,
                store.journal(),
                store.register(),
                book,
                statements,
                witnessing.gate(),
                keys,
                desk,
                stopped(store, witnessing),
                ids,
                clock);
    }

    TakePouch take(SqlStore store, PeerDirectory peers, Witnessing witnessing, Uuids ids) {
        return new TakePouch(peers, trust, store.register(), reception, desk, stopped(store, witnessing), ids);
    }

    /** A gateway that was put back from a backup stands still whether it runs or not. */
    private static Supplier<Optional<FaultCode>> stopped(SqlStore store, Witnessing witnessing) {
        return () -> store.restorebook().copied().isPresent()
                ? Optional.of(FaultCode.LEDGER_RESTORED)
                : witnessing.standstill().cause();
    }
}
