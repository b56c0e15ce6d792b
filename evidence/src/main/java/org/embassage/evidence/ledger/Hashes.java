package org.embassage.evidence.ledger;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.embassage.evidence.Digest;

/** Hashes as the C2SP formats write them: standard base64 with padding, one a line. */
final class Hashes {

    /** No tree of fewer than 2^63 leaves has longer proofs. */
    static final int MAX_PATH = 128;

    private Hashes() {}

    static Optional<Digest> parse(String base64) {
        try {
            byte[] octets = Base64.getDecoder().decode(base64);
            boolean canonical = octets.length == Digest.LENGTH
                    && Base64.getEncoder().encodeToString(octets).equals(base64);
            return canonical ? Optional.of(Digest.of(octets)) : Optional.empty();
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    static String print(List<Digest> hashes) {
        StringBuilder text = new StringBuilder();
        hashes.forEach(hash ->
                text.append(Base64.getEncoder().encodeToString(hash.bytes())).append('\n'));
        return text.toString();
    }

    static Optional<List<Digest>> parse(List<String> lines) {
        if (lines.size() > MAX_PATH) {
            return Optional.empty();
        }
        List<Digest> hashes = new ArrayList<>();
        for (String line : lines) {
            Optional<Digest> hash = parse(line);
            if (hash.isEmpty()) {
                return Optional.empty();
            }
            hashes.add(hash.get());
        }
        return Optional.of(hashes);
    }
}
