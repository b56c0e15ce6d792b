package org.embassage.evidence.bundle;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.ledger.ChallengeOpening;
import org.embassage.evidence.ledger.EpochBeginning;
import org.embassage.evidence.ledger.TlogProof;
import org.embassage.evidence.receipt.Receipt;
import org.embassage.evidence.receipt.ReceiptReader;

/**
 * The checkpoints that the files of a bundle state, as signed notes: kept ones, those in receipts, in proofs, in answers and in
 * what was asked, and at the beginnings of epochs. Nobody has judged any of them.
 */
public final class ShownNotes {

    private ShownNotes() {}

    /** Of all files of a bundle; files that cannot be read state none. May hold the same note more than once. */
    public static List<String> of(EvidenceBundle bundle) {
        List<String> notes = new ArrayList<>();
        bundle.files()
                .forEach((path, content) -> BundlePath.kind(path).ifPresent(kind -> notes.addAll(of(kind, content))));
        return List.copyOf(notes);
    }

    private static List<String> of(BundlePath.Kind kind, byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        return switch (kind) {
            case NOTE, ANSWER -> List.of(text);
            case OPENING ->
                ChallengeOpening.parse(text).flatMap(ChallengeOpening::note).stream()
                        .toList();
            case EPOCH -> EpochBeginning.parse(text).map(ShownNotes::of).orElse(List.of());
            case RECEIVED_PROOF ->
                TlogProof.parse(text).map(TlogProof::note).stream().toList();
            case RECEIPT ->
                ReceiptReader.read(content).fold(read -> of(read.receipt(), read.proof()), unreadable -> List.of());
            default -> List.of();
        };
    }

    static List<String> of(EpochBeginning beginning) {
        List<String> notes = new ArrayList<>(beginning.held());
        notes.add(beginning.first());
        return notes;
    }

    static List<String> of(Receipt receipt, Optional<String> proof) {
        List<String> notes =
                new ArrayList<>(List.of(receipt.evidence().checkpoints().own()));
        receipt.evidence().checkpoints().peer().ifPresent(notes::add);
        proof.flatMap(TlogProof::parse).map(TlogProof::note).ifPresent(notes::add);
        return notes;
    }
}
