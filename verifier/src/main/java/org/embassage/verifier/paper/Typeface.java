package org.embassage.verifier.paper;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/** The one font of the document, from the class path and never from the machine; only its used glyphs are embedded. */
final class Typeface {

    /** Liberation Sans 2.1.5, SIL Open Font License 1.1; a part of PDFBox's jar. */
    private static final String PLACE = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";

    private final UnaryOperator<String> plain;
    private final PDType0Font font;
    private final Map<Integer, Float> widths = new HashMap<>();

    /** @param plain makes text fit to be read */
    Typeface(PDDocument document, UnaryOperator<String> plain) throws IOException {
        this.plain = plain;
        try (InputStream in = PDDocument.class.getResourceAsStream(PLACE)) {
            if (in == null) {
                throw new IOException("the font is not on the class path");
            }
            this.font = PDType0Font.load(document, in, true);
        }
    }

    PDType0Font font() {
        return font;
    }

    /** The text made plain, with each character that the font lacks written as its number. */
    String printable(String text) {
        StringBuilder fit = new StringBuilder(text.length());
        plain.apply(text).codePoints().forEach(c -> {
            if (c >= 0x20 && width(c) >= 0) {
                fit.appendCodePoint(c);
            } else {
                fit.append(String.format(Locale.ROOT, "[U+%04X]", c));
            }
        });
        return fit.toString();
    }

    float width(String text, float size) {
        float width = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            width += Math.max(0, width(text.codePointAt(i)));
        }
        return width * size / 1000;
    }

    /** @return in thousandths of the size; negative if the font has no such glyph */
    private float width(int codePoint) {
        return widths.computeIfAbsent(codePoint, c -> {
            try {
                return font.getStringWidth(Character.toString(c));
            } catch (IOException | IllegalArgumentException noSuchGlyph) {
                return -1f;
            }
        });
    }

    /** Breaks at spaces, and inside words that are wider than a line. There is always one line. */
    List<String> wrap(String text, float size, float width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : printable(text).split(" ", -1)) {
            String rest = word;
            if (!line.isEmpty() && width(line + " " + rest, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            while (line.isEmpty() && width(rest, size) > width) {
                int fits = fitting(rest, size, width);
                lines.add(rest.substring(0, fits));
                rest = rest.substring(fits);
            }
            line.append(rest);
        }
        lines.add(line.toString());
        return lines;
    }

    private int fitting(String word, float size, float width) {
        int end = word.offsetByCodePoints(0, 1);
        while (end < word.length()) {
            int next = word.offsetByCodePoints(end, 1);
            if (width(word.substring(0, next), size) > width) {
                break;
            }
            end = next;
        }
        return end;
    }
}
