package org.embassage.evidence.ledger;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * What a ledger's owner states, signed with the ledger's key, in answer to a {@link LedgerChallenge}: at a time after the
 * nonce was made, its newest checkpoint had this size and root, and the size that the asker holds had this root in the same
 * tree. Whoever holds a larger checkpoint of the same ledger, signed before, or one of that size with another root, has a proof
 * that the ledger was changed.
 *
 * @param origin of the ledger
 * @param nonce of the challenge
 * @param size of its newest checkpoint
 * @param root of it
 * @param asked what the answerer states of the size that the asker said it holds; nothing if it has no such size
 */
public record AnswerNote(String origin, String nonce, long size, Digest root, Optional<Asked> asked) {

    private static final String MAGIC = "embassage-ledger-answer/v1";

    /** @param size that the asker holds, at most the answer's; @param root of it, in the answerer's tree */
    public record Asked(long size, Digest root) {}

    /** Of a ledger of which the asker holds nothing. */
    public AnswerNote(String origin, String nonce, long size, Digest root) {
        this(origin, nonce, size, root, Optional.empty());
    }

    /** The text that is signed. */
    public String text() {
        return MAGIC + "\n" + origin + "\n" + nonce + "\n" + size + "\n" + base64(root) + "\n"
                + asked.map(held -> "asked " + held.size() + "\n" + base64(held.root()) + "\n")
                        .orElse("");
    }

    private static String base64(Digest digest) {
        return Base64.getEncoder().encodeToString(digest.bytes());
    }

    /** The answer as a checkpoint, to be compared with checkpoints. */
    public Checkpoint checkpoint() {
        return new Checkpoint(origin, size, root);
    }

    /** Everything that it states as a checkpoint does. */
    public List<Checkpoint> checkpoints() {
        List<Checkpoint> stated = new ArrayList<>(List.of(checkpoint()));
        asked.ifPresent(held -> stated.add(new Checkpoint(origin, held.size(), held.root())));
        return stated;
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
        boolean shaped = (lines.length == 6 || lines.length == 8)
                && lines[0].equals(MAGIC)
                && !lines[1].isEmpty()
                && LedgerChallenge.NONCE.matcher(lines[2]).matches();
        if (!shaped) {
            return Optional.empty();
        }
        Optional<Long> size = Numbers.parse(lines[3]);
        Optional<Digest> root = Hashes.parse(lines[4]);
        Optional<Asked> asked = lines.length == 8 ? asked(lines[5], lines[6]) : Optional.empty();
        boolean sound = size.isPresent()
                && root.isPresent()
                && lines.length == (asked.isPresent() ? 8 : 6)
                && asked.map(held -> held.size() > 0 && held.size() <= size.get())
                        .orElse(true);
        return sound
                ? Optional.of(new AnswerNote(lines[1], lines[2], size.get(), root.get(), asked))
                        .filter(read -> read.text().equals(text))
                : Optional.empty();
    }

    private static Optional<Asked> asked(String size, String root) {
        Optional<Long> held =
                size.startsWith("asked ") ? Numbers.parse(size.substring("asked ".length())) : Optional.empty();
        return held.flatMap(number -> Hashes.parse(root).map(digest -> new Asked(number, digest)));
    }
}
