package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.LedgerNote;
import org.embassage.evidence.ledger.MerkleProofs;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Ledgerbook.HeldNote;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.StoredReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.receipts.LedgerHeads;
import org.embassage.exchange.wire.VoidNotice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges what peers say of their ledgers. A checkpoint is held only after its proof of consistency with the one held
 * before; a failed proof, or the same size with another root, is an alarm, and both notes are kept as proof that anybody
 * can check.
 */
final class LedgerDesk {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerDesk.class);
    private static final int SETTLED_AT_ONCE = 1000;

    private final PeerDirectory peers;
    private final Register register;
    private final LedgerHeads heads;

    LedgerDesk(PeerDirectory peers, Register register, LedgerHeads heads) {
        this.peers = peers;
        this.register = register;
        this.heads = heads;
    }

    Judged note(byte[] octets, GatewayId from, Instant now) {
        Optional<LedgerNote> note = LedgerNote.parse(octets);
        Optional<Checkpoint> checkpoint = note.flatMap(read -> verified(read.note(), from));
        if (note.isEmpty() || checkpoint.isEmpty()) {
            return unreadable(octets, from, now);
        }
        heads.told(from, note.get().holds());
        HeldNote offered = new HeldNote(checkpoint.get().size(), now, note.get().note(), true);
        Optional<HeldNote> held = heads.peer(from);
        if (held.isEmpty()) {
            return hold(from, offered);
        }
        Checkpoint before = Checkpoint.unverified(held.get().note()).orElseThrow();
        if (checkpoint.get().size() == before.size()) {
            return checkpoint.get().root().equals(before.root())
                    ? Judged.nothing("event=LedgerNote size=" + before.size())
                    : alarm(octets, from, offered, now);
        }
        if (checkpoint.get().size() < before.size() || note.get().from() != before.size()) {
            return Judged.nothing(
                    "event=LedgerNoteUnproven size=" + checkpoint.get().size());
        }
        boolean consistent = MerkleProofs.consistent(
                before.size(),
                before.root(),
                checkpoint.get().size(),
                checkpoint.get().root(),
                note.get().path());
        return consistent ? hold(from, offered) : alarm(octets, from, offered, now);
    }

    private Judged hold(GatewayId from, HeldNote offered) {
        heads.held(from, offered);
        return Judged.silent(
                StepOutcome.of(new Fact.PeerNoteHeld(from, offered.size(), offered.at(), offered.note(), true)),
                "event=PeerNoteHeld size=" + offered.size());
    }

    private static Judged alarm(byte[] octets, GatewayId from, HeldNote offered, Instant now) {
        LOG.error("peer={} ALARM fault={}", from, FaultCode.LEDGER_INCONSISTENT.code());
        return Judged.silent(
                StepOutcome.of(
                        new Fact.PeerNoteHeld(from, offered.size(), now, offered.note(), false),
                        Quarantine.item(
                                "ledger",
                                octets,
                                Fault.of(FaultCode.LEDGER_INCONSISTENT),
                                Optional.empty(),
                                from,
                                Optional.empty(),
                                now)),
                "event=LedgerInconsistent fault=" + FaultCode.LEDGER_INCONSISTENT.code());
    }

    /** Proofs that cover receipts which the peer issued to us. One for a receipt that is not here yet waits for it. */
    Judged proofs(byte[] octets, GatewayId from, Instant now) {
        Optional<ProofSlip> slip = ProofSlip.parse(octets);
        Optional<Checkpoint> checkpoint = slip.flatMap(read -> verified(read.note(), from));
        if (slip.isEmpty() || checkpoint.isEmpty()) {
            return unreadable(octets, from, now);
        }
        List<Fact> facts = new ArrayList<>();
        for (Map.Entry<EvidenceId, TlogProof> proof : slip.get().proofs().entrySet()) {
            Optional<StoredReceipt> stored = register.receipt(proof.getKey());
            if (stored.isEmpty()) {
                facts.add(new Fact.ProofHeld(
                        proof.getKey(), from, proof.getValue().text()));
                continue;
            }
            if (stored.get().issued() || !stored.get().issuer().equals(from)) {
                continue;
            }
            if (!proof.getValue().places(leafOf(stored.get()), checkpoint.get())) {
                return unreadable(octets, from, now);
            }
            facts.add(new Fact.ProofKept(proof.getKey(), proof.getValue().text()));
        }
        return Judged.silent(new StepOutcome(facts), "event=ProofsKept count=" + facts.size());
    }

    /**
     * Proofs that came before their receipts, for receipts that are here now. To be called after receipts or proofs were
     * committed: whichever of the two is committed last finds the other.
     */
    List<Judged> settle(GatewayId from) {
        List<Judged> settled = new ArrayList<>();
        register.settleableProofs(from, SETTLED_AT_ONCE).forEach((receipt, text) -> {
            boolean fits = TlogProof.parse(text)
                    .flatMap(proof -> verified(proof.note(), from)
                            .flatMap(checkpoint ->
                                    register.receipt(receipt).map(stored -> proof.places(leafOf(stored), checkpoint))))
                    .orElse(false);
            Fact fact = fits ? new Fact.ProofKept(receipt, text) : new Fact.ProofRefused(receipt, from);
            settled.add(Judged.silent(
                    StepOutcome.of(fact), "receipt=" + receipt + " event=" + (fits ? "ProofSettled" : "ProofRefused")));
        });
        return settled;
    }

    private static LedgerLeaf leafOf(StoredReceipt receipt) {
        return LedgerLeaf.issued(
                receipt.id(), receipt.event(), receipt.exchange(), receipt.manifest(), receipt.signature());
    }

    Judged voids(byte[] octets, GatewayId from, Instant now) {
        return VoidNotice.parse(octets)
                .map(notice -> Judged.silent(
                        StepOutcome.of(new Fact.LeafAppended(
                                LedgerLeaf.voided(from, peers.self().id(), notice.from(), notice.to()))),
                        "event=SequenceVoided from=" + notice.from() + " to=" + notice.to()))
                .orElseGet(() -> unreadable(octets, from, now));
    }

    private static Judged unreadable(byte[] octets, GatewayId from, Instant now) {
        Fault fault = Fault.of(FaultCode.LEDGER_NOTE_UNREADABLE);
        return Judged.silent(
                StepOutcome.of(Quarantine.item("ledger", octets, fault, Optional.empty(), from, Optional.empty(), now)),
                "event=LedgerItemQuarantined fault=" + fault.code().code());
    }

    private Optional<Checkpoint> verified(String note, GatewayId from) {
        return ledgerOf(from).flatMap(ledger -> Checkpoint.verified(note, ledger));
    }

    private Optional<NoteVerifier> ledgerOf(GatewayId from) {
        return peers.find(from).flatMap(peer -> NoteVerifier.parse(peer.ledgerKey()));
    }
}
