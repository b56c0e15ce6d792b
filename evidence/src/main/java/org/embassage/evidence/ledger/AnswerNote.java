package org.embassage.evidence.ledger;

import java.util.Base64;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * What a ledger's owner states, signed with the ledger's key, in answer to a {@link LedgerChallenge}: at a time after the
 * nonce was made, its newest checkpoint had this size and root. Whoever holds a larger checkpoint of the same ledger, signed
 * before, has a proof that it was cut.
 *
 * @param origin of the ledger
 * @param nonce of the challenge
 * @param size of its newest checkpoint
 * @param root of it
 */
public record AnswerNote(String origin, String nonce, long size, Digest root) {

    private static final String MAGIC = "embassage-ledger-answer/v1";

    /** The text that is signed. */
    public String text() {
        return MAGIC + "\n" + origin + "\n" + nonce + "\n" + size + "\n"
                + Base64.getEncoder().encodeToString(root.bytes()) + "\n";
    }

    /** The answer as a checkpoint, to be compared with checkpoints. */
    public Checkpoint checkpoint() {
        return new Checkpoint(origin, size, root);
    }

    /** The answer of a note that this ledger signed. */
    public static Optional<AnswerNote> verified(String note, NoteVerifier ledger) {
        return SignedNote.parse(note)
                .filter(ledger::verifies)
                .flatMap(signed -> parse(signed.text()))
                .filter(answer -> answer.origin().equals(ledger.name()));
    }

    /** The answer of a note, its signature unchecked. */
    public static Optional<AnswerNote> unverified(String note) {
        return SignedNote.parse(note).flatMap(signed -> parse(signed.text()));
    }

    private static Optional<AnswerNote> parse(String text) {
        String[] lines = text.split("\n", -1);
        boolean shaped = lines.length == 6
                && lines[0].equals(MAGIC)
                && !lines[1].isEmpty()
                && LedgerChallenge.NONCE.matcher(lines[2]).matches()
                && lines[5].isEmpty();
        if (!shaped) {
            return Optional.empty();
        }
        Optional<Long> size = Numbers.parse(lines[3]);
        Optional<Digest> root = Hashes.parse(lines[4]);
        return size.isPresent() && root.isPresent()
                ? Optional.of(new AnswerNote(lines[1], lines[2], size.get(), root.get()))
                : Optional.empty();
    }
}
