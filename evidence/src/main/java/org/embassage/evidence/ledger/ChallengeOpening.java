package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.Digest;

/**
 * What the nonce of a challenge was made of: its SHA-256 is the nonce. The asker keeps it. It proves to others that the nonce,
 * and so the answer to it, was made after the asker held the note.
 *
 * <pre>
 * embassage-ledger-opening/v1
 * 9f86d081…                     32 random octets in lower-case hexadecimal
 * QOS-POL/receipts/1            the newest note of that ledger that the asker held, verbatim; nothing if it held none
 * …
 * </pre>
 *
 * @param salt see above
 * @param note see above
 */
public record ChallengeOpening(String salt, Optional<String> note) {

    private static final String MAGIC = "embassage-ledger-opening/v1\n";
    private static final int SALT_LINE = 65;
    private static final Pattern SALT = Pattern.compile("[0-9a-f]{64}");

    public ChallengeOpening {
        if (!SALT.matcher(salt).matches()) {
            throw new IllegalArgumentException("a salt has 64 hexadecimal digits");
        }
    }

    /** With a fresh salt. */
    public static ChallengeOpening fresh(Optional<String> note, SecureRandom random) {
        byte[] salt = new byte[32];
        random.nextBytes(salt);
        return new ChallengeOpening(HexFormat.of().formatHex(salt), note);
    }

    /** The text. */
    public String text() {
        return MAGIC + salt + "\n" + note.orElse("");
    }

    /** The nonce that it opens. */
    public String nonce() {
        return Digest.sha256(text().getBytes(StandardCharsets.UTF_8)).hex();
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<ChallengeOpening> parse(String text) {
        int end = MAGIC.length() + SALT_LINE;
        if (!text.startsWith(MAGIC) || text.length() < end || text.charAt(end - 1) != '\n') {
            return Optional.empty();
        }
        String salt = text.substring(MAGIC.length(), end - 1);
        String note = text.substring(end);
        boolean whole = SALT.matcher(salt).matches()
                && (note.isEmpty() || SignedNote.parse(note).isPresent());
        return whole
                ? Optional.of(new ChallengeOpening(salt, Optional.of(note).filter(kept -> !kept.isEmpty())))
                : Optional.empty();
    }
}
