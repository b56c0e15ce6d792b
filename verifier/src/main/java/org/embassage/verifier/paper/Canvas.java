package org.embassage.verifier.paper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.graphics.state.RenderingMode;

/**
 * Pages of A4 and a pen. What is drawn belongs to an element of the structure, or is an artifact that a reader's voice
 * skips. The place {@link #top()} moves down with what is written; distances are points, from the page's lower left.
 */
final class Canvas {

    static final float LEFT = 56;
    static final float WIDTH = PDRectangle.A4.getWidth() - 2 * LEFT;
    private static final float TOP = PDRectangle.A4.getHeight() - 68;
    private static final float BOTTOM = 66;

    private final PDDocument document;
    private final Typeface typeface;
    private final Tags tags;
    private final List<PDPageContentStream> pens = new ArrayList<>();
    private float top;

    Canvas(PDDocument document, Typeface typeface, Tags tags) {
        this.document = document;
        this.typeface = typeface;
        this.tags = tags;
        newPage();
    }

    Typeface typeface() {
        return typeface;
    }

    float top() {
        return top;
    }

    /** How much of this page is left. */
    float remaining() {
        return top - BOTTOM;
    }

    void down(float distance) {
        top -= distance;
    }

    int pages() {
        return pens.size();
    }

    /** How much of a page can be written on. */
    static float height() {
        return TOP - BOTTOM;
    }

    /** @return whether it had to turn the page for what needs this height */
    boolean need(float height) {
        if (top - height >= BOTTOM) {
            return false;
        }
        newPage();
        return true;
    }

    private void newPage() {
        PDPage page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        tags.add(page);
        try {
            pens.add(new PDPageContentStream(document, page, AppendMode.OVERWRITE, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        top = TOP;
    }

    /** Something is drawn. */
    interface Drawing {
        void with(PDPageContentStream pen) throws IOException;
    }

    /** Writes one line, already wrapped, with its base line at y. */
    void text(PDStructureElement element, String line, float x, float y, Style style) {
        if (line.isEmpty()) {
            return;
        }
        draw(pen -> {
            pen.beginMarkedContent(COSName.getPDFName(element.getStructureType()), tags.mark(element));
            write(pen, line, x, y, style);
            pen.endMarkedContent();
        });
    }

    /** Draws what belongs to an element that is not text. */
    void figure(PDStructureElement element, Drawing drawing) {
        draw(pen -> {
            pen.beginMarkedContent(COSName.getPDFName(element.getStructureType()), tags.mark(element));
            drawing.with(pen);
            pen.endMarkedContent();
        });
    }

    /** Says where on the newest page a figure lies (PDF/UA asks for it). */
    void box(PDStructureElement figure, float left, float bottom, float right, float top) {
        COSDictionary layout = new COSDictionary();
        layout.setItem(COSName.O, COSName.getPDFName("Layout"));
        layout.setItem(COSName.BBOX, new PDRectangle(left, bottom, right - left, top - bottom));
        layout.setItem(COSName.getPDFName("Placement"), COSName.getPDFName("Block"));
        figure.getCOSObject().setItem(COSName.A, layout);
    }

    /** Draws what is no part of the content. */
    void artifact(Drawing drawing) {
        draw(pen -> {
            pen.beginMarkedContent(COSName.ARTIFACT);
            drawing.with(pen);
            pen.endMarkedContent();
        });
    }

    /** Writes a line on a page that was left already, as an artifact. */
    void onPage(int number, String line, float x, float y, Style style) {
        PDPageContentStream pen = pens.get(number);
        try {
            pen.beginMarkedContent(COSName.ARTIFACT);
            write(pen, line, x, y, style);
            pen.endMarkedContent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(PDPageContentStream pen, String line, float x, float y, Style style) throws IOException {
        pen.beginText();
        pen.setFont(typeface.font(), style.size());
        pen.setRenderingMode(style.bold() ? RenderingMode.FILL_STROKE : RenderingMode.FILL);
        if (style.bold()) {
            pen.setLineWidth(style.size() * 0.03f);
        }
        pen.newLineAtOffset(x, y);
        pen.showText(typeface.printable(line));
        pen.endText();
    }

    private void draw(Drawing drawing) {
        try {
            drawing.with(pens.get(pens.size() - 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        for (PDPageContentStream pen : pens) {
            try {
                pen.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
