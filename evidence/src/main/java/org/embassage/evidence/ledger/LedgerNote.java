package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/**
 * What a gateway tells a peer of its ledger, beside messages and receipts: its newest checkpoint, and the proof that it
 * continues the one which the peer is thought to hold.
 *
 * <pre>
 * embassage-ledger-note/v1
 * holds 120                  size of the peer's newest checkpoint that the sender holds, 0 for none
 * from 300                   size of the sender's checkpoint from which the proof starts, 0 for no proof
 * base64…                    the consistency proof, one hash a line
 *
 * QVL-BG/receipts/1          the signed note
 * </pre>
 *
 * @param holds see above
 * @param from see above
 * @param path consistency proof from {@code from} to the note's size
 * @param note a signed note
 */
public record LedgerNote(long holds, long from, List<Digest> path, String note) {

    private static final String MAGIC = "embassage-ledger-note/v1";

    public LedgerNote {
        path = List.copyOf(path);
    }

    /** UTF-8. */
    public byte[] octets() {
        String text = MAGIC + "\nholds " + holds + "\nfrom " + from + "\n" + Hashes.print(path) + "\n" + note;
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<LedgerNote> parse(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        int split = text.indexOf("\n\n");
        if (split < 0) {
            return Optional.empty();
        }
        List<String> head = Arrays.asList(text.substring(0, split).split("\n", -1));
        boolean shaped = head.size() >= 3
                && head.get(0).equals(MAGIC)
                && head.get(1).startsWith("holds ")
                && head.get(2).startsWith("from ");
        if (!shaped) {
            return Optional.empty();
        }
        Optional<Long> holds = Numbers.parse(head.get(1).substring(6));
        Optional<Long> from = Numbers.parse(head.get(2).substring(5));
        Optional<List<Digest>> path = Hashes.parse(head.subList(3, head.size()));
        String note = text.substring(split + 2);
        return holds.isPresent()
                        && from.isPresent()
                        && path.isPresent()
                        && SignedNote.parse(note).isPresent()
                ? Optional.of(new LedgerNote(holds.get(), from.get(), path.get(), note))
                : Optional.empty();
    }
}
