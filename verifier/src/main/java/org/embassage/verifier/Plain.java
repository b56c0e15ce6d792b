package org.embassage.verifier;

import java.util.Locale;

/**
 * Makes text that strangers chose fit to be read by a person. What could move, hide or imitate other text (control and
 * bidirectional characters, scripts written from right to left, combining marks, private and unknown characters) is
 * written as its number, {@code [U+202E]}. Latin, Greek and Cyrillic letters and usual punctuation stay.
 */
final class Plain {

    private Plain() {}

    static String text(String foreign) {
        StringBuilder plain = new StringBuilder(foreign.length());
        foreign.codePoints().forEach(c -> {
            if (shown(c)) {
                plain.appendCodePoint(c);
            } else {
                plain.append(String.format(Locale.ROOT, "[U+%04X]", c));
            }
        });
        return plain.toString();
    }

    private static boolean shown(int c) {
        if (c >= 0x20 && c <= 0x7e) {
            return true;
        }
        boolean letters = c >= 0xa1 && c <= 0x17f && c != 0xad || c >= 0x386 && c <= 0x45f;
        boolean punctuation = c >= 0x2013 && c <= 0x201e || c == 0x2026 || c == 0x2192;
        return (letters || punctuation) && Character.isDefined(c);
    }
}
