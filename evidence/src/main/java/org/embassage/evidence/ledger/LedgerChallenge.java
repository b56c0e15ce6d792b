package org.embassage.evidence.ledger;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks the owner of a ledger for its newest state, now:
 *
 * <pre>
 * embassage-ledger-challenge/v1
 * QOS-POL/receipts/1            the ledger that is asked about
 * 9f86d081…                     fresh nonce, the SHA-256 of a {@link ChallengeOpening}
 * holds 300                     size of its newest checkpoint that the asker holds, 0 for none
 * </pre>
 */
public record LedgerChallenge(String origin, String nonce, long holds) {

    static final Pattern NONCE = Pattern.compile("[0-9a-f]{64}");

    private static final Pattern FORM =
            Pattern.compile("embassage-ledger-challenge/v1\n([^\\s+]{1,200})\n([0-9a-f]{64})\nholds (\\S{1,18})\n");

    public LedgerChallenge {
        if (!NONCE.matcher(nonce).matches() || holds < 0) {
            throw new IllegalArgumentException("a nonce has 64 hexadecimal digits, a size is not negative");
        }
    }

    /** UTF-8. */
    public byte[] octets() {
        return ("embassage-ledger-challenge/v1\n" + origin + "\n" + nonce + "\nholds " + holds + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<LedgerChallenge> parse(byte[] octets) {
        Matcher text = FORM.matcher(new String(octets, StandardCharsets.UTF_8));
        return text.matches()
                ? Numbers.parse(text.group(3)).map(holds -> new LedgerChallenge(text.group(1), text.group(2), holds))
                : Optional.empty();
    }
}
