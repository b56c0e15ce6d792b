package org.embassage.gateway.assembly;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.CosignatureVerifier;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.ledger.Witnessing;
import org.embassage.exchange.peer.Peer;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.KeySource;
import org.embassage.exchange.port.KeyUse;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;
import org.embassage.gateway.config.Configuration;
import org.embassage.gateway.ledger.AlarmFiles;
import org.embassage.gateway.witness.WitnessClient;
import org.embassage.store.SqlStore;

/** Puts together what keeps the ledger and witnesses those of the peers. */
public final class LedgerWiring {

    /** Below the ledger's folder: notes that accuse somebody. */
    public static final String ALARMS = "alarms";

    private LedgerWiring() {}

    /**
     * The parts.
     *
     * @param folder of the ledger's plain files
     * @throws Broken CONFIGURATION_INVALID if the own card names no ledger key
     */
    public static Witnessing witnessing(
            Path folder,
            PeerDirectory peers,
            KeySource keys,
            SqlStore store,
            LedgerHeads heads,
            Statements statements,
            Uuids ids,
            Clock clock,
            SecureRandom random) {
        return Witnessing.of(
                noteSigner(peers.self(), keys),
                cosigner(peers.self(), keys),
                peers,
                store.journal(),
                store.register(),
                store.ledgerbook(),
                heads,
                statements,
                new AlarmFiles(folder.resolve(ALARMS)),
                ids,
                clock,
                random);
    }

    /** The neutral witnesses that the configuration names. */
    static List<WitnessClient> witnesses(Configuration configuration) {
        return configuration.witnesses().stream()
                .map(witness -> new WitnessClient(
                        URI.create(witness.url()),
                        CosignatureVerifier.parse(witness.key())
                                .orElseThrow(() -> new Broken(FaultCode.CONFIGURATION_INVALID)),
                        witness.pin()))
                .toList();
    }

    private static NoteSigner noteSigner(Peer self, KeySource keys) {
        KeySource.KeyEntry entry = keys.current(KeyUse.LEDGER);
        String origin = NoteVerifier.parse(self.ledgerKey())
                .map(NoteVerifier::name)
                .orElseThrow(() -> new Broken(FaultCode.CONFIGURATION_INVALID));
        return new NoteSigner(origin, entry.key(), entry.certificate().getPublicKey());
    }

    /** Only a gateway whose card names its witness key cosigns: peers would not know the key otherwise. */
    private static Optional<Cosigner> cosigner(Peer self, KeySource keys) {
        return self.witnessKey()
                .flatMap(named -> keys.find(KeyUse.WITNESS))
                .map(entry -> new Cosigner(
                        self.id() + "/witness", entry.key(), entry.certificate().getPublicKey()));
    }
}
