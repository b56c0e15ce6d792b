package org.embassage.translation.field;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Optional;

/** Turns bytes into text and reports what it cannot: nothing is ever replaced. Thread-safe. */
public final class StrictDecoder {

    private final Charset charset;
    /** By byte, for single-byte character sets; empty for others. U+FFFD marks a byte that does not exist. */
    private final char[] table;

    public StrictDecoder(Charset charset) {
        this.charset = charset;
        this.table =
                charset.newDecoder().maxCharsPerByte() == 1.0f && singleByte(charset) ? tableOf(charset) : new char[0];
    }

    private static boolean singleByte(Charset charset) {
        return charset.canEncode() && charset.newEncoder().maxBytesPerChar() == 1.0f;
    }

    private static char[] tableOf(Charset charset) {
        char[] table = new char[256];
        for (int i = 0; i < table.length; i++) {
            table[i] = decode(charset, new byte[] {(byte) i})
                    .filter(text -> text.length() == 1)
                    .orElse("\uFFFD")
                    .charAt(0);
        }
        return table;
    }

    /** The text, or nothing if a byte does not exist in the character set. */
    public Optional<String> decode(byte[] octets) {
        if (table.length == 0) {
            return decode(charset, octets);
        }
        char[] text = new char[octets.length];
        for (int i = 0; i < octets.length; i++) {
            text[i] = table[octets[i] & 0xFF];
            if (text[i] == '\uFFFD') {
                return Optional.empty();
            }
        }
        return Optional.of(new String(text));
    }

    private static Optional<String> decode(Charset charset, byte[] octets) {
        try {
            return Optional.of(charset.newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(octets))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
