package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * The answer to a {@link LedgerChallenge} as it travels: the signed statement, the proof that it continues what the asker
 * holds, and what the answerer holds of the asker's own ledger.
 *
 * <pre>
 * embassage-answer/v1
 * note-lines 9                the signed note of an {@link AnswerNote}
 * …
 * from 300                    what the asker said that it holds; 0 for no proof
 * hashes 9
 * base64…                     the consistency proof from there to the answer's size, one hash a line
 * held-lines 5                the newest note of the asker's ledger that the answerer holds; 0 for none
 * …
 * </pre>
 *
 * @param note see above
 * @param from see above
 * @param path see above
 * @param held see above
 */
public record LedgerAnswer(String note, long from, List<Digest> path, Optional<String> held) {

    private static final String MAGIC = "embassage-answer/v1";
    private static final int MAX_NOTE_LINES = 80;

    public LedgerAnswer {
        path = List.copyOf(path);
    }

    /** UTF-8. */
    public byte[] octets() {
        String text = MAGIC + "\nnote-lines " + TextLines.count(note) + "\n" + note + "from " + from + "\nhashes "
                + path.size()
                + "\n" + Hashes.print(path) + "held-lines "
                + held.map(TextLines::count).orElse(0L) + "\n"
                + held.orElse("");
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<LedgerAnswer> parse(byte[] octets) {
        TextLines lines = new TextLines(new String(octets, StandardCharsets.UTF_8));
        if (!lines.next().equals(MAGIC)) {
            return Optional.empty();
        }
        Optional<String> note = lines.number("note-lines ", MAX_NOTE_LINES).flatMap(lines::block);
        Optional<Long> from = lines.number("from ", Long.MAX_VALUE);
        Optional<List<Digest>> path =
                lines.number("hashes ", Hashes.MAX_PATH).flatMap(lines::take).flatMap(Hashes::parse);
        Optional<Long> heldLines = lines.number("held-lines ", MAX_NOTE_LINES);
        Optional<String> held = heldLines.flatMap(lines::block);
        boolean whole = note.flatMap(SignedNote::parse).isPresent()
                && from.isPresent()
                && path.isPresent()
                && held.isPresent()
                && (held.get().isEmpty() || SignedNote.parse(held.get()).isPresent())
                && lines.atEnd();
        return whole
                ? Optional.of(
                        new LedgerAnswer(note.get(), from.get(), path.get(), held.filter(text -> !text.isEmpty())))
                : Optional.empty();
    }
}
