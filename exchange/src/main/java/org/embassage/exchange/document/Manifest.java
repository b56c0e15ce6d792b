package org.embassage.exchange.document;

import java.nio.charset.StandardCharsets;
import org.embassage.evidence.Digest;

/** The salted manifest of a message: what receipts name instead of a digest of content that could be guessed. */
public final class Manifest {

    private Manifest() {}

    /**
     * SHA-256 over the UTF-8 text {@code embassage-manifest/v1}, the salt, and the line {@code message} with the SHA-256
     * of the message's bytes, each line ended by a line feed (docs/formats/sealed-message.md).
     *
     * @param salt the header's PayloadSalt, 32 hexadecimal digits
     * @param message the exact signed bytes
     */
    public static Digest digest(String salt, byte[] message) {
        String text = "embassage-manifest/v1\n" + salt + "\nmessage "
                + Digest.sha256(message).hex() + "\n";
        return Digest.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
