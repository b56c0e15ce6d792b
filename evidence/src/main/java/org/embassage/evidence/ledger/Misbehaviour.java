package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;

/**
 * What accuses the owner of a ledger, in one file that anybody can judge who knows the ledger's key
 * (docs/formats/misbehaviour.md):
 *
 * <pre>
 * embassage-misbehaviour/v1
 * ledger-key QOS-POL/receipts/1+1a2b3c4d+AZ…   as the accuser knew it; the judge brings a key of its own
 * accuser QVL-BG
 * found 2031-05-01T12:00:00Z
 * held-lines 5                a checkpoint of that ledger that the accuser held
 * …
 * shown-lines 5               what it was shown then: a checkpoint, or the signed answer to a challenge
 * …
 * opening-lines 7             what the challenge's nonce was made of; 0 if nobody was challenged
 * …
 * from 300                    size from which the proof starts that came with it, 0 for none
 * hashes 2
 * base64…                     that proof. Nobody signs a proof, so a wrong one proves nothing
 * </pre>
 *
 * @param ledgerKey verifier key; its name is the ledger's origin
 * @param accuser a gateway or a neutral witness
 * @param found UTC, the accuser's word
 * @param held see above
 * @param shown see above
 * @param opening see above
 * @param from see above
 * @param path see above
 */
public record Misbehaviour(
        String ledgerKey,
        String accuser,
        Instant found,
        String held,
        String shown,
        Optional<ChallengeOpening> opening,
        long from,
        List<Digest> path) {

    /** The first line of every such file, without its line feed. */
    public static final String MAGIC = "embassage-misbehaviour/v1";

    /** No file is larger, in octets. */
    public static final int MAX_BYTES = 1 << 18;

    private static final int MAX_NOTE_LINES = 80;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]{0,199}");

    public Misbehaviour {
        path = List.copyOf(path);
        if (!NAME.matcher(accuser).matches()) {
            throw new IllegalArgumentException("an accuser has a name of letters, digits and . / _ -");
        }
    }

    /** What the notes of such a file show. */
    public enum Finding {
        /** One size, two roots, both signed: no honest owner does that. */
        FORK(true),
        /** A signed answer to a nonce that was made of a larger checkpoint: the ledger was cut. */
        CUT(true),
        /** Both are genuine, and the proof that came does not join them; but the owner may have another that does. */
        NOT_JOINED(false),
        /** Both are genuine and continue each other. */
        CONSISTENT(false),
        /** A smaller checkpoint that nobody had challenged for may simply be late. */
        LATE(false),
        /** The held note is no checkpoint that this key signed. */
        HELD_NOT_SIGNED(false),
        /** What was shown is neither a checkpoint nor an answer that this key signed. */
        SHOWN_NOT_SIGNED(false),
        /** A smaller answer, but its nonce is not made of that checkpoint. */
        NOT_CHALLENGED(false);

        private final boolean proof;

        Finding(boolean proof) {
            this.proof = proof;
        }

        /** Whether nobody but the owner of the ledger's key can have brought it about. */
        public boolean isProof() {
            return proof;
        }
    }

    /** Origin of the accused ledger. */
    public String origin() {
        return NoteVerifier.parse(ledgerKey).map(NoteVerifier::name).orElse("");
    }

    /** Judges the notes. @param ledger the key that the judge believes to be the ledger's */
    public Finding judge(NoteVerifier ledger) {
        Optional<Checkpoint> before = Checkpoint.verified(held, ledger);
        if (before.isEmpty()) {
            return Finding.HELD_NOT_SIGNED;
        }
        Optional<Checkpoint> checkpoint = Checkpoint.verified(shown, ledger);
        Optional<AnswerNote> answer = AnswerNote.verified(shown, ledger);
        Optional<Checkpoint> after = checkpoint.or(() -> answer.map(AnswerNote::checkpoint));
        if (after.isEmpty()) {
            return Finding.SHOWN_NOT_SIGNED;
        }
        boolean contradicts = answer.stream()
                .flatMap(stated -> stated.checkpoints().stream())
                .anyMatch(stated -> stated.size() == before.get().size()
                        && !stated.root().equals(before.get().root()));
        if (contradicts) {
            return Finding.FORK;
        }
        if (after.get().size() == before.get().size()) {
            return after.get().root().equals(before.get().root()) ? Finding.CONSISTENT : Finding.FORK;
        }
        if (after.get().size() > before.get().size()) {
            return joined(before.get(), after.get()) ? Finding.CONSISTENT : Finding.NOT_JOINED;
        }
        if (answer.isEmpty()) {
            return Finding.LATE;
        }
        return challenged(answer.get()) ? Finding.CUT : Finding.NOT_CHALLENGED;
    }

    private boolean joined(Checkpoint before, Checkpoint after) {
        return from == before.size()
                && MerkleProofs.consistent(before.size(), before.root(), after.size(), after.root(), path);
    }

    private boolean challenged(AnswerNote answer) {
        Optional<String> text = SignedNote.parse(held).map(SignedNote::text);
        return opening.filter(made -> made.nonce().equals(answer.nonce()))
                .flatMap(ChallengeOpening::note)
                .flatMap(SignedNote::parse)
                .map(SignedNote::text)
                .equals(text);
    }

    /** The file's text. */
    public String text() {
        String opened = opening.map(ChallengeOpening::text).orElse("");
        return MAGIC + "\nledger-key " + ledgerKey + "\naccuser " + accuser + "\nfound " + found
                + "\nheld-lines " + TextLines.count(held) + "\n" + held
                + "shown-lines " + TextLines.count(shown) + "\n" + shown
                + "opening-lines " + TextLines.count(opened) + "\n" + opened
                + "from " + from + "\nhashes " + path.size() + "\n" + Hashes.print(path);
    }

    /** UTF-8. */
    public byte[] octets() {
        return text().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the octets begin as such a file does. */
    public static boolean isNamed(byte[] octets) {
        byte[] magic = (MAGIC + "\n").getBytes(StandardCharsets.UTF_8);
        return octets.length >= magic.length && Arrays.equals(octets, 0, magic.length, magic, 0, magic.length);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<Misbehaviour> parse(byte[] octets) {
        if (octets.length > MAX_BYTES) {
            return Optional.empty();
        }
        String text = new String(octets, StandardCharsets.UTF_8);
        return read(text).filter(read -> read.text().equals(text) && Arrays.equals(read.octets(), octets));
    }

    private static Optional<Misbehaviour> read(String text) {
        TextLines lines = new TextLines(text);
        if (!lines.next().equals(MAGIC)) {
            return Optional.empty();
        }
        Optional<String> key = lines.value("ledger-key ")
                .filter(vkey -> NoteVerifier.parse(vkey).isPresent());
        Optional<String> accuser =
                lines.value("accuser ").filter(name -> NAME.matcher(name).matches());
        Optional<Instant> found = lines.value("found ").flatMap(Misbehaviour::instant);
        Optional<String> held = note(lines, "held-lines ");
        Optional<String> shown = note(lines, "shown-lines ");
        Optional<String> opened = lines.number("opening-lines ", MAX_NOTE_LINES).flatMap(lines::block);
        Optional<Long> from = lines.number("from ", Long.MAX_VALUE);
        Optional<List<Digest>> path =
                lines.number("hashes ", Hashes.MAX_PATH).flatMap(lines::take).flatMap(Hashes::parse);
        Optional<ChallengeOpening> opening = opened.flatMap(ChallengeOpening::parse);
        boolean whole = key.isPresent()
                && accuser.isPresent()
                && found.isPresent()
                && held.isPresent()
                && shown.isPresent()
                && opened.isPresent()
                && (opened.get().isEmpty() || opening.isPresent())
                && from.isPresent()
                && path.isPresent()
                && lines.atEnd();
        return whole
                ? Optional.of(new Misbehaviour(
                        key.get(),
                        accuser.get(),
                        found.get(),
                        held.get(),
                        shown.get(),
                        opening,
                        from.get(),
                        path.get()))
                : Optional.empty();
    }

    private static Optional<String> note(TextLines lines, String label) {
        return lines.number(label, MAX_NOTE_LINES)
                .flatMap(lines::block)
                .filter(note -> SignedNote.parse(note).isPresent());
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}
