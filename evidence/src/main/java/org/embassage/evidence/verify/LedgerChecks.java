package org.embassage.evidence.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.embassage.evidence.GatewayId;
import org.embassage.evidence.bundle.BundlePath.Kind;
import org.embassage.evidence.ledger.Checkpoint;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.LedgerLeaf;
import org.embassage.evidence.ledger.NoteVerifier;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.verify.LedgerHistories.Genuine;
import org.embassage.evidence.verify.Material.GoodReceipt;

/** Checks 18 and 19: where receipts are in the ledgers of their issuers, and what those ledgers had signed before. */
final class LedgerChecks {

    private final Material material;
    private final Findings findings;
    private final LedgerHistories histories;
    /** Where receipts are in ledgers, by the path of the receipt; only what is proven. */
    private final Map<String, List<Place>> places = new TreeMap<>();

    /** That a leaf is in a ledger at a genuine checkpoint. */
    record Place(long index, Checkpoint checkpoint) {}

    LedgerChecks(Material material, TrustAnchors trust, Findings findings) {
        this.material = material;
        this.findings = findings;
        this.histories = new LedgerHistories(material, trust, findings);
    }

    /** Checks 18 and 19, and for a bundle 20 and 21 too. */
    void all(boolean bundle) {
        for (GoodReceipt receipt : material.receiptsAndCopies()) {
            Optional<TlogProof> proof = inclusion(receipt);
            proof.ifPresent(holds -> place(receipt, holds));
            predates(receipt, proof);
        }
        if (bundle) {
            material.paths(Kind.RECEIVED_PROOF).forEach(path -> received(path, path, material.text(path)));
            material.furtherProofs.forEach(
                    (path, proof) -> received(path, path + Together.COPY, new String(proof, StandardCharsets.UTF_8)));
            histories.all();
        }
    }

    /** Every genuine note that was seen, in the order in which it was seen. */
    List<Genuine> genuineNotes() {
        return histories.genuineNotes();
    }

    // ---- 18

    private Optional<TlogProof> inclusion(GoodReceipt receipt) {
        GatewayId issuer = receipt.evidence().issuer();
        if (receipt.proof().isEmpty()) {
            findings.notChecked(
                    Check.INCLUSION,
                    Indication.TRY_LATER,
                    material.place(receipt),
                    receipt.title() + " has no proof that it is in the ledger of " + issuer
                            + ": ask for a bundle exported later");
            return Optional.empty();
        }
        return proven(
                receipt.proof().get(),
                LedgerLeaf.issued(receipt.receipt()),
                issuer,
                material.place(receipt),
                receipt.title() + " in the ledger of " + issuer);
    }

    private void received(String path, String place, String proof) {
        String name = path.substring("proofs/".length());
        String id = name.substring(0, 36);
        GatewayId holder = new GatewayId(name.substring(37, name.length() - ".tlog-proof".length()));
        Optional<GoodReceipt> receipt = material.receipts.stream()
                .filter(one -> one.receipt().id().toString().equals(id))
                .findFirst();
        if (receipt.isEmpty()) {
            findings.notChecked(
                    Check.INCLUSION,
                    Indication.SIGNED_DATA_NOT_FOUND,
                    path,
                    path + " is about a receipt of which no whole copy is in the bundle");
            return;
        }
        proven(
                        proof,
                        LedgerLeaf.received(receipt.get().receipt()),
                        holder,
                        place,
                        receipt.get().title() + " as received in the ledger of " + holder)
                .ifPresent(holds -> place(receipt.get(), holds));
    }

    /** Where proofs show a receipt to be, in whichever ledger. */
    List<Place> placesOf(GoodReceipt receipt) {
        return List.copyOf(places.getOrDefault(receipt.path(), List.of()));
    }

    private void place(GoodReceipt receipt, TlogProof proof) {
        places.computeIfAbsent(receipt.path(), path -> new ArrayList<>())
                .add(new Place(
                        proof.index(), Checkpoint.unverified(proof.note()).orElseThrow()));
    }

    /**
     * Whether a checkpoint covers a receipt: the receipt's leaf is proven to be in the ledger at this checkpoint, or at
     * another one while proofs lead from both to the greatest, so that the smaller of the two is a prefix of the other.
     */
    boolean covers(Checkpoint checkpoint, GoodReceipt receipt) {
        return places.getOrDefault(receipt.path(), List.of()).stream()
                .anyMatch(place -> checkpoint.origin().equals(place.checkpoint().origin())
                        && checkpoint.size() > place.index()
                        && (checkpoint.equals(place.checkpoint())
                                || histories.isGreatestOrBefore(checkpoint)
                                        && histories.isGreatestOrBefore(place.checkpoint())));
    }

    /** The receipts that proofs place in a ledger, by their index there. */
    SortedMap<Long, GoodReceipt> placed(String origin) {
        SortedMap<Long, GoodReceipt> placed = new TreeMap<>();
        material.receipts.forEach(receipt -> places.getOrDefault(receipt.path(), List.of()).stream()
                .filter(place -> place.checkpoint().origin().equals(origin))
                .forEach(place -> placed.put(place.index(), receipt)));
        return placed;
    }

    /** @return the proof, if it holds */
    private Optional<TlogProof> proven(String text, LedgerLeaf leaf, GatewayId owner, String subject, String what) {
        Optional<TlogProof> proof = TlogProof.parse(text);
        if (proof.isEmpty()) {
            findings.fail(
                    Check.INCLUSION,
                    Indication.LEDGER_FAILURE,
                    subject,
                    "the proof for " + what + " is not written as such a proof: it was changed");
            return Optional.empty();
        }
        Optional<NoteVerifier> key = histories.genuine(
                Check.INCLUSION, proof.get().note(), owner, subject, "the checkpoint of the proof for " + what);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint checkpoint = Checkpoint.unverified(proof.get().note()).orElseThrow(); // genuine, as was just found
        if (!proof.get().places(leaf, checkpoint)) {
            findings.fail(
                    Check.INCLUSION,
                    Indication.LEDGER_FAILURE,
                    subject,
                    "the proof for " + what + " does not hold: it is for another entry, or was changed");
            return Optional.empty();
        }
        histories.holds(proof.get(), leaf, checkpoint, subject);
        findings.pass(
                Check.INCLUSION,
                subject,
                what + ": entry " + proof.get().index() + " of " + checkpoint.size() + ", by its checkpoint");
        return proof;
    }

    // ---- 19

    /** A receipt that its issuer lost with an old epoch is entered into a new one; it cannot carry what came later. */
    private void otherEpoch(GoodReceipt receipt, String carried, String placed) {
        long before = EpochBeginning.numberOf(carried).orElse(Long.MAX_VALUE);
        if (before < EpochBeginning.numberOf(placed).orElse(0L)) {
            findings.pass(
                    Check.PREDATES,
                    material.place(receipt),
                    receipt.title() + " carries a checkpoint of " + carried
                            + ", which had ended before it was entered again into " + placed);
        } else {
            findings.fail(
                    Check.PREDATES,
                    Indication.LEDGER_FAILURE,
                    material.place(receipt),
                    receipt.title() + " is in " + placed + " but carries a checkpoint of " + carried
                            + ", which began later: one of the two was made up");
        }
    }

    private void predates(GoodReceipt receipt, Optional<TlogProof> proof) {
        GatewayId issuer = receipt.evidence().issuer();
        String own = receipt.evidence().checkpoints().own();
        Optional<NoteVerifier> key = histories.genuine(
                Check.PREDATES, own, issuer, material.place(receipt), "checkpoints/own.txt of " + receipt.title());
        receipt.evidence().checkpoints().peer().ifPresent(note -> peerNote(receipt, note));
        if (key.isEmpty()) {
            return;
        }
        Checkpoint carried = Checkpoint.unverified(own).orElseThrow();
        long size = carried.size();
        String placed = proof.flatMap(found -> Checkpoint.unverified(found.note()))
                .map(Checkpoint::origin)
                .orElse(carried.origin());
        if (!placed.equals(carried.origin())) {
            otherEpoch(receipt, carried.origin(), placed);
        } else if (proof.isEmpty()) {
            findings.notChecked(
                    Check.PREDATES,
                    Indication.TRY_LATER,
                    material.place(receipt),
                    receipt.title() + " carries a checkpoint of size " + size
                            + ", but without an inclusion proof its own place in the ledger is not known");
        } else if (size > proof.get().index()) {
            findings.fail(
                    Check.PREDATES,
                    Indication.LEDGER_FAILURE,
                    material.place(receipt),
                    receipt.title() + " is entry " + proof.get().index() + " of the ledger of " + issuer
                            + " but carries a checkpoint of size " + size
                            + ", which would already hold it: one of the two was made up");
        } else {
            findings.pass(
                    Check.PREDATES,
                    material.place(receipt),
                    receipt.title() + " carries a checkpoint of size " + size + " and is entry "
                            + proof.get().index());
        }
    }

    private void peerNote(GoodReceipt receipt, String note) {
        GatewayId other = receipt.evidence().issuer().equals(receipt.evidence().sender())
                ? receipt.evidence().recipient().orElse(receipt.evidence().sender())
                : receipt.evidence().sender();
        String what = "checkpoints/peer.txt of " + receipt.title();
        histories
                .genuine(Check.PREDATES, note, other, material.place(receipt), what)
                .ifPresent(key -> findings.pass(
                        Check.PREDATES, material.place(receipt), what + " is a genuine checkpoint of " + other));
    }
}
