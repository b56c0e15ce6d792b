package org.embassage.exchange.wire;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;
import org.embassage.evidence.EvidenceId;
import org.embassage.evidence.ExchangeId;
import org.embassage.evidence.bundle.ConsistencyProof;
import org.embassage.evidence.ledger.SignedNote;

/**
 * What a peer sends back to a gateway that was restored, in all: when everything of it has come, messages go and come again.
 *
 * <pre>
 * embassage-recovery/v1
 * origin QVL-BG/receipts/2      the new epoch, which the peer has accepted
 * sequence 57                   the greatest number that came from the restored gateway, 0 for none
 * receipt 0193…                 each receipt that is sent back
 * uncertain 0193…               each exchange that the peer carried before and that nobody answered
 * note 5                        lines of a checkpoint of the old epoch that the peer holds, which follows
 * …
 * proof 3                       lines of a proof that one of them continues another, which follows
 * …
 * end
 * </pre>
 */
public record RecoverySummary(
        String origin,
        long sequence,
        List<EvidenceId> receipts,
        List<ExchangeId> uncertain,
        List<String> notes,
        List<ConsistencyProof> proofs) {

    private static final String MAGIC = "embassage-recovery/v1";

    public RecoverySummary {
        receipts = List.copyOf(receipts);
        uncertain = List.copyOf(uncertain);
        notes = List.copyOf(notes);
        proofs = List.copyOf(proofs);
    }

    /** ASCII but for the notes, which are UTF-8. */
    public String text() {
        StringBuilder text = new StringBuilder(MAGIC)
                .append("\norigin ")
                .append(origin)
                .append("\nsequence ")
                .append(sequence)
                .append('\n');
        receipts.forEach(id -> text.append("receipt ").append(id).append('\n'));
        uncertain.forEach(id -> text.append("uncertain ").append(id).append('\n'));
        notes.forEach(
                note -> text.append("note ").append(lines(note)).append('\n').append(note));
        for (ConsistencyProof proof : proofs) {
            String written = new String(proof.octets(), StandardCharsets.UTF_8);
            text.append("proof ").append(lines(written)).append('\n').append(written);
        }
        return text.append("end\n").toString();
    }

    private static long lines(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<RecoverySummary> parse(String text) {
        String[] all = text.split("\n", -1);
        List<EvidenceId> receipts = new ArrayList<>();
        List<ExchangeId> uncertain = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        List<ConsistencyProof> proofs = new ArrayList<>();
        String origin = "";
        long sequence = -1;
        try {
            for (int at = 0; at < all.length - 1; at++) {
                String[] line = all[at].split(" ", 2);
                String value = line.length == 2 ? line[1] : "";
                switch (line[0]) {
                    case MAGIC, "end" -> {
                        // the comparison below says whether they stand where they must
                    }
                    case "origin" -> origin = value;
                    case "sequence" -> sequence = Long.parseLong(value);
                    case "receipt" -> receipts.add(EvidenceId.parse(value));
                    case "uncertain" -> uncertain.add(ExchangeId.parse(value));
                    case "note", "proof" -> {
                        int count = Integer.parseInt(value);
                        StringBuilder block = new StringBuilder();
                        for (int i = 0; i < count; i++) {
                            block.append(all[++at]).append('\n');
                        }
                        if (line[0].equals("note")) {
                            notes.add(SignedNote.parse(block.toString())
                                    .orElseThrow(IllegalArgumentException::new)
                                    .toString());
                        } else {
                            proofs.add(ConsistencyProof.parse(block.toString().getBytes(StandardCharsets.UTF_8))
                                    .orElseThrow(IllegalArgumentException::new));
                        }
                    }
                    default -> {
                        return Optional.empty();
                    }
                }
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            return Optional.empty();
        }
        RecoverySummary read = new RecoverySummary(origin, sequence, receipts, uncertain, notes, proofs);
        return read.sequence() >= 0 && read.text().equals(text) ? Optional.of(read) : Optional.empty();
    }

    /** SHA-256 of its text. */
    public Digest digest() {
        return Digest.sha256(text().getBytes(StandardCharsets.UTF_8));
    }
}
