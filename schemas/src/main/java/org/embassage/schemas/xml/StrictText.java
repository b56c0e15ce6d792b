package org.embassage.schemas.xml;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns bytes into text in the one way that is allowed: UTF-8 without a byte order mark, declared as UTF-8 or not at
 * all. Any other character set, declared or smuggled, is refused before a parser sees it.
 */
final class StrictText {

    private static final Pattern DECLARATION = Pattern.compile("<\\?xml[ \\t\\r\\n]+version=([\"'])1\\.0\\1"
            + "([ \\t\\r\\n]+encoding=([\"'])[Uu][Tt][Ff]-8\\3)?"
            + "([ \\t\\r\\n]+standalone=([\"'])(yes|no)\\5)?[ \\t\\r\\n]*\\?>");

    private StrictText() {}

    /** The text, or nothing if the bytes are not in the one way. */
    static Optional<String> of(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
        if (text.startsWith("\uFEFF") || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (text.startsWith("<?xml") && !DECLARATION.matcher(text).lookingAt()) {
            return Optional.empty();
        }
        return Optional.of(text);
    }
}
