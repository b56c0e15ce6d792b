package org.embassage.translation.mapping;

/** Writes text and elements of the shared schema. Every text was checked for characters before. */
final class XmlText {

    private static final String NIL =
            " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\" absent=\"";

    private XmlText() {}

    static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c);
            }
        }
    }

    static void open(StringBuilder out, String name) {
        out.append('<').append(name).append('>');
    }

    static void close(StringBuilder out, String name) {
        out.append("</").append(name).append('>');
    }

    static void element(StringBuilder out, String name, String text) {
        open(out, name);
        escape(out, text);
        close(out, name);
    }

    /** The value-absent form. */
    static void absent(StringBuilder out, String name, String reason) {
        out.append('<').append(name).append(NIL).append(reason).append("\"/>");
    }
}
