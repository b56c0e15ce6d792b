package org.embassage.evidence.ledger;

import java.util.Base64;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * What a ledger says of itself: its size and root (c2sp.org/tlog-checkpoint), without extension lines.
 *
 * @param origin {@code <gateway-id>/receipts/<epoch>}
 * @param size number of leaves
 * @param root over them
 */
public record Checkpoint(String origin, long size, Digest root) {

    /** The note's text. */
    public String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** @return nothing if the text is not exactly a checkpoint without extensions */
    public static Optional<Checkpoint> parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != 4 || !lines[3].isEmpty() || lines[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<Long> size = Numbers.parse(lines[1]);
        Optional<Digest> root = Hashes.parse(lines[2]);
        return size.isPresent() && root.isPresent()
                ? Optional.of(new Checkpoint(lines[0], size.get(), root.get()))
                : Optional.empty();
    }

    /** The checkpoint of a note whose signature this verifier confirms and whose origin is the verifier's name. */
    public static Optional<Checkpoint> verified(String note, NoteVerifier verifier) {
        return SignedNote.parse(note)
                .filter(verifier::verifies)
                .flatMap(signed -> parse(signed.text()))
                .filter(checkpoint -> checkpoint.origin().equals(verifier.name()));
    }

    /** The checkpoint of a note, its signature unchecked: only for notes that were verified before. */
    public static Optional<Checkpoint> unverified(String note) {
        return SignedNote.parse(note).flatMap(signed -> parse(signed.text()));
    }
}
