package org.embassage.gateway.terminal;

/** Keeps text from steering the terminal: control characters, escapes and bidirectional overrides are made visible. */
final class Safe {

    private static final char ESCAPE = '\u001B';
    /** Stands for an escape of our own while the line is cleaned; from the private use area. */
    private static final char OURS = '\uF8FF';

    private Safe() {}

    static String paint(String code, String text) {
        return OURS + "[" + code + "m" + text.replace(OURS, '?') + OURS + "[0m";
    }

    static String line(String text) {
        StringBuilder line = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == OURS) {
                line.append(ESCAPE);
            } else if (c == '\n' || !(Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)) {
                line.append(c);
            } else {
                line.append(String.format("\\u%04X", (int) c));
            }
        }
        return line.toString();
    }
}
