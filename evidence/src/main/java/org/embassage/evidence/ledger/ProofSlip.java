package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.evidence.EvidenceId;

/**
 * The inclusion proofs that cover receipts sent earlier, all under one checkpoint.
 *
 * <pre>
 * embassage-proofs/v1
 * note-lines 5                                 how many lines the note has
 * QOS-POL/receipts/1                           the signed note
 * …
 * receipt 0193… index 73894 hashes 17          evidence id, leaf index, length of the proof
 * base64…                                      the inclusion proof, one hash a line
 * </pre>
 *
 * @param note a signed note
 * @param proofs for each receipt its leaf index and path, under the note
 */
public record ProofSlip(String note, Map<EvidenceId, TlogProof> proofs) {

    private static final String MAGIC = "embassage-proofs/v1";
    private static final int MAX_PROOFS = 1024;

    public ProofSlip {
        proofs = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(proofs));
    }

    /** UTF-8. */
    public byte[] octets() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\nnote-lines ")
                .append(note.chars().filter(c -> c == '\n').count())
                .append('\n')
                .append(note);
        proofs.forEach((id, proof) -> text.append("receipt ")
                .append(id)
                .append(" index ")
                .append(proof.index())
                .append(" hashes ")
                .append(proof.path().size())
                .append('\n')
                .append(Hashes.print(proof.path())));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<ProofSlip> parse(byte[] octets) {
        List<String> lines = Arrays.asList(new String(octets, StandardCharsets.UTF_8).split("\n", -1));
        if (lines.size() < 3
                || !lines.get(0).equals(MAGIC)
                || !lines.get(1).startsWith("note-lines ")
                || !lines.get(lines.size() - 1).isEmpty()) {
            return Optional.empty();
        }
        long noteLines = Numbers.parse(lines.get(1).substring(11)).orElse(Long.MAX_VALUE);
        if (noteLines > lines.size() - 3) {
            return Optional.empty();
        }
        int at = 2 + (int) noteLines;
        String note = String.join("\n", lines.subList(2, at)) + "\n";
        if (SignedNote.parse(note).isEmpty()) {
            return Optional.empty();
        }
        Map<EvidenceId, TlogProof> proofs = new LinkedHashMap<>();
        while (at < lines.size() - 1) {
            Optional<Entry> entry = Entry.parse(lines.get(at));
            if (entry.isEmpty() || at + 1 + entry.get().hashes() > lines.size() - 1 || proofs.size() == MAX_PROOFS) {
                return Optional.empty();
            }
            var path = Hashes.parse(lines.subList(at + 1, at + 1 + entry.get().hashes()));
            if (path.isEmpty()) {
                return Optional.empty();
            }
            proofs.put(entry.get().receipt(), new TlogProof(entry.get().index(), path.get(), note));
            at += 1 + entry.get().hashes();
        }
        return Optional.of(new ProofSlip(note, proofs));
    }

    /** The line before a proof's hashes. */
    private record Entry(EvidenceId receipt, long index, int hashes) {
        static Optional<Entry> parse(String line) {
            String[] words = line.split(" ", -1);
            boolean shaped = words.length == 6
                    && words[0].equals("receipt")
                    && words[2].equals("index")
                    && words[4].equals("hashes");
            if (!shaped) {
                return Optional.empty();
            }
            Optional<Long> index = Numbers.parse(words[3]);
            Optional<Long> hashes = Numbers.parse(words[5]).filter(n -> n <= Hashes.MAX_PATH);
            try {
                return index.isPresent() && hashes.isPresent()
                        ? Optional.of(new Entry(
                                EvidenceId.parse(words[1]),
                                index.get(),
                                hashes.get().intValue()))
                        : Optional.empty();
            } catch (IllegalArgumentException notAnId) {
                return Optional.empty();
            }
        }
    }
}
