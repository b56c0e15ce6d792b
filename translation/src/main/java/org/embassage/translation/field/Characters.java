package org.embassage.translation.field;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.exchange.fault.FaultCode;

/** Which characters a field may have, and the one way in which text is written on. Thread-safe. */
public final class Characters {

    private static final int BASIC_PLANE = 0x10000;

    private final Optional<BitSet> alphabet;

    /** @param alphabet a character class that every character of the feed's texts is in */
    public Characters(Optional<Pattern> alphabet) {
        this.alphabet = alphabet.map(Characters::membersOf);
    }

    private static BitSet membersOf(Pattern alphabet) {
        BitSet members = new BitSet(BASIC_PLANE);
        for (int c = 0; c < BASIC_PLANE; c++) {
            if (!Character.isSurrogate((char) c)
                    && alphabet.matcher(String.valueOf((char) c)).matches()) {
                members.set(c);
            }
        }
        return members;
    }

    /**
     * Checks every character and gives the text in normal form C, without blanks at the ends.
     *
     * @param lines whether it may have several lines; ends of lines become U+000A. Otherwise runs of blanks become one
     * @throws RowFault RECORD_WRONG_ENCODING for the marks of a wrong character set, FIELD_MALFORMED for characters that
     *     XML forbids, controls, and marks that turn the direction of writing
     */
    public String clean(String text, boolean lines, String field) {
        boolean plain = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain &= c < 0x7F && c > ' ';
            if (c < 0x20 || c > 0x7E) {
                i += check(text, i, lines, field);
            } else if (c == '?' && !lines && betweenLetters(text, i)) {
                throw new RowFault(FaultCode.RECORD_WRONG_ENCODING, field);
            }
            if (alphabet.isPresent() && c >= ' ' && !alphabet.get().get(c)) {
                throw new RowFault(FaultCode.RECORD_WRONG_ENCODING, field);
            }
        }
        if (plain) {
            return text;
        }
        String normal = Normalizer.isNormalized(text, Normalizer.Form.NFC)
                ? text
                : Normalizer.normalize(text, Normalizer.Form.NFC);
        return lines ? joinLines(normal) : collapse(normal);
    }

    /** Checks the character at a place; says how many more chars it takes. */
    private static int check(String text, int at, boolean lines, String field) {
        int c = text.codePointAt(at);
        if ((c >= 0x7F && c <= 0x9F) || c == 0xFFFD) {
            throw new RowFault(FaultCode.RECORD_WRONG_ENCODING, field);
        }
        boolean lineEnd = c == '\n' || c == '\r' || c == '\t';
        if ((c < 0x20 && !(lines && lineEnd)) || isUnfit(c)) {
            throw new RowFault(FaultCode.FIELD_MALFORMED, field);
        }
        return Character.charCount(c) - 1;
    }

    private static boolean isUnfit(int c) {
        boolean nonCharacter = (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
        boolean surrogate = c >= 0xD800 && c <= 0xDFFF;
        boolean direction = c == 0x061C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
        boolean invisible = c == 0x00AD
                || c == 0x200B
                || c == 0x2060
                || c == 0xFEFF
                || c == 0x2028
                || c == 0x2029
                || (c >= 0xE0000 && c <= 0xE0FFF);
        return nonCharacter || surrogate || direction || invisible;
    }

    private static boolean betweenLetters(String text, int at) {
        return at > 0
                && at + 1 < text.length()
                && Character.isLetter(text.charAt(at - 1))
                && Character.isLetter(text.charAt(at + 1));
    }

    private static String joinLines(String text) {
        return text.replace("\r\n", "\n").replace('\r', '\n').strip();
    }

    /** Every kind of blank counts, also the no-break ones that exports leave behind. */
    private static String collapse(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean blank = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == ' ' || Character.getType(c) == Character.SPACE_SEPARATOR) {
                blank = true;
            } else {
                if (blank && out.length() > 0) {
                    out.append(' ');
                }
                blank = false;
                out.append(c);
            }
        }
        return out.toString();
    }
}
