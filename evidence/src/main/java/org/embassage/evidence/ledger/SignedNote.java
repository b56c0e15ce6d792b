package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A C2SP signed note: a text and signature lines (c2sp.org/signed-note). Parsing is strict.
 *
 * @param text ends in a line feed; what the signatures are over
 * @param signatures in the order of the note
 */
public record SignedNote(String text, List<Line> signatures) {

    /** A note with more signature lines is not read. */
    public static final int MAX_SIGNATURES = 64;

    private static final int MAX_CHARS = 1 << 16;

    public SignedNote {
        signatures = List.copyOf(signatures);
    }

    /** One signature line: {@code — name base64(keyHash || signature)}. */
    public record Line(String name, String base64) {

        /** @return nothing if it is no signature line, here without its line feed */
        public static Optional<Line> parse(String line) {
            String[] parts = line.split(" ", -1);
            boolean shaped = parts.length == 3
                    && parts[0].equals("\u2014")
                    && !parts[1].isEmpty()
                    && decode(parts[2]).isPresent();
            return shaped ? Optional.of(new Line(parts[1], parts[2])) : Optional.empty();
        }

        /** The line as it stands in a note, with its line feed. */
        public String text() {
            return "\u2014 " + name + " " + base64 + "\n";
        }
    }

    /** The note with one more signature line, unless it has it already. */
    public SignedNote with(Line line) {
        if (signatures.contains(line)) {
            return this;
        }
        List<Line> more = new ArrayList<>(signatures);
        more.add(line);
        return new SignedNote(text, more);
    }

    /** @return nothing if it is not a signed note */
    public static Optional<SignedNote> parse(String note) {
        int split = note.lastIndexOf("\n\n");
        boolean shaped = note.length() <= MAX_CHARS && split >= 0 && note.endsWith("\n") && printable(note);
        if (!shaped) {
            return Optional.empty();
        }
        List<Line> lines = new ArrayList<>();
        for (String line : note.substring(split + 2).split("\n", -1)) {
            if (line.isEmpty()) {
                continue; // after the last line feed; an empty line cannot stand elsewhere behind the last "\n\n"
            }
            Optional<Line> read = Line.parse(line);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            lines.add(read.get());
        }
        return lines.isEmpty() || lines.size() > MAX_SIGNATURES
                ? Optional.empty()
                : Optional.of(new SignedNote(note.substring(0, split + 1), lines));
    }

    private static boolean printable(String note) {
        return note.chars().allMatch(c -> c == '\n' || c >= 0x20 && c != 0x7f);
    }

    static Optional<byte[]> decode(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            boolean canonical = Base64.getEncoder().encodeToString(octets).equals(base64);
            return canonical && octets.length > 4 ? Optional.of(octets) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** The bytes that are signed. */
    static byte[] signedOctets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The whole note again. */
    @Override
    public String toString() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(line -> note.append(line.text()));
        return note.toString();
    }
}
