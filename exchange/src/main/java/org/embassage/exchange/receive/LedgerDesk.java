package org.embassage.exchange.receive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.ProofSlip;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Fact;
import org.embassage.exchange.journal.Register;
import org.embassage.exchange.journal.Register.KnownReceipt;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.peer.PeerDirectory;
import org.embassage.exchange.wire.VoidNotice;

/** Judges the proofs that cover peers' receipts, and what peers say of sequence numbers that stay unused. */
final class LedgerDesk {

    private static final int SETTLED_AT_ONCE = 1000;

    private final PeerDirectory peers;
    private final Register register;

    LedgerDesk(PeerDirectory peers, Register register) {
        this.peers = peers;
        this.register = register;
    }

    /** Proofs that cover receipts which the peer issued to us. One for a receipt that is not here yet waits for it. */
    Judged proofs(byte[] octets, GatewayId from, Instant now) {
        Optional<ProofSlip> slip = ProofSlip.parse(octets);
        Optional<Checkpoint> checkpoint = slip.flatMap(read -> verified(read.note(), from));
        if (slip.isPresent() && checkpoint.isEmpty() && ofOtherEpoch(slip.get().note(), from)) {
            return Judged.nothing("event=ProofsOfOtherEpoch");
        }
        if (slip.isEmpty() || checkpoint.isEmpty()) {
            return unreadable(octets, from, now);
        }
        List<Fact> facts = new ArrayList<>();
        Map<EvidenceId, KnownReceipt> known = known(slip.get().proofs().keySet());
        for (Map.Entry<EvidenceId, TlogProof> proof : slip.get().proofs().entrySet()) {
            Optional<KnownReceipt> stored = Optional.ofNullable(known.get(proof.getKey()));
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
        Map<EvidenceId, String> settleable = register.settleableProofs(from, SETTLED_AT_ONCE);
        Map<EvidenceId, KnownReceipt> known = known(settleable.keySet());
        settleable.forEach((receipt, text) -> {
            boolean fits = TlogProof.parse(text)
                    .flatMap(proof -> verified(proof.note(), from)
                            .flatMap(checkpoint -> Optional.ofNullable(known.get(receipt))
                                    .map(stored -> proof.places(leafOf(stored), checkpoint))))
                    .orElse(false);
            Fact fact = fits ? new Fact.ProofKept(receipt, text) : new Fact.ProofRefused(receipt, from);
            settled.add(Judged.silent(
                    StepOutcome.of(fact), "receipt=" + receipt + " event=" + (fits ? "ProofSettled" : "ProofRefused")));
        });
        return settled;
    }

    private Map<EvidenceId, KnownReceipt> known(Collection<EvidenceId> receipts) {
        return register.known(receipts).stream().collect(Collectors.toMap(KnownReceipt::id, Function.identity()));
    }

    private static LedgerLeaf leafOf(KnownReceipt receipt) {
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

    private boolean ofOtherEpoch(String note, GatewayId from) {
        return Checkpoint.unverified(note)
                .map(Checkpoint::origin)
                .filter(origin -> EpochBeginning.gatewayOf(origin).equals(Optional.of(from.value())))
                .flatMap(origin -> ledgerOf(from).map(key -> key.under(origin)))
                .flatMap(key -> Checkpoint.verified(note, key))
                .isPresent();
    }

    private Optional<Checkpoint> verified(String note, GatewayId from) {
        return ledgerOf(from).flatMap(ledger -> Checkpoint.verified(note, ledger));
    }

    private Optional<NoteVerifier> ledgerOf(GatewayId from) {
        return peers.find(from).flatMap(peer -> NoteVerifier.parse(peer.ledgerKey()));
    }
}
