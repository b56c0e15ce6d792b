package org.embassage.exchange.ledger;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.embassage.evidence.Uuids;
import org.embassage.evidence.ledger.Cosigner;
import org.embassage.evidence.ledger.NoteSigner;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.Ledgerbook;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.port.AlarmFolder;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.receipts.Statements;

/**
 * What a gateway has to keep its own ledger and to witness those of its peers, put together once.
 *
 * @param signer of our checkpoints, under the ledger's origin
 * @param cosigner of peers' checkpoints, where this gateway cosigns
 */
public record Witnessing(
        NoteSigner signer,
        Optional<Cosigner> cosigner,
        LedgerTree tree,
        LedgerHeads heads,
        LedgerPost post,
        LedgerQuestions questions,
        OwnHistory history,
        Standstill standstill,
        TrafficGate gate,
        Traffic traffic,
        AlarmFolder alarms) {

    public static Witnessing of(
            NoteSigner signer,
            Optional<Cosigner> cosigner,
            PeerDirectory peers,
            Journal journal,
            Register register,
            Ledgerbook ledgerbook,
            LedgerHeads heads,
            Statements statements,
            AlarmFolder alarms,
            Uuids ids,
            Clock clock,
            SecureRandom random) {
        LedgerTree tree = new LedgerTree(signer.verifier().name(), ledgerbook);
        LedgerPost post = new LedgerPost(tree, heads, ids);
        Standstill standstill = new Standstill();
        TrafficGate gate = new TrafficGate(register);
        return new Witnessing(
                signer,
                cosigner,
                tree,
                heads,
                post,
                new LedgerQuestions(heads, post, random),
                new OwnHistory(signer.verifier(), tree, journal, alarms, standstill),
                standstill,
                gate,
                new Traffic(peers, journal, register, statements, gate, ids, clock),
                alarms);
    }
}
