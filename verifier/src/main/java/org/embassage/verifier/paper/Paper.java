package org.embassage.verifier.paper;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDMetadata;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;
import org.apache.pdfbox.pdmodel.graphics.color.PDOutputIntent;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;

/**
 * A document that is written from top to bottom: PDF 1.7 that means to be PDF/A-3 level A and PDF/UA-1. Everything lies
 * in memory; nothing is read from the machine; the same calls give the same octets, on every machine, because no stream
 * is compressed. Not thread-safe.
 */
public final class Paper implements AutoCloseable {

    private final PDDocument document = new PDDocument(IOUtils.createMemoryOnlyStreamCache());
    private final Tags tags = new Tags(document);
    private final Canvas canvas;
    private final List<Attachment> attached = new ArrayList<>();

    /**
     * Begins with an empty page.
     *
     * @param plain makes text that strangers chose fit to be read; all text goes through it
     */
    public Paper(UnaryOperator<String> plain) throws IOException {
        this.canvas = new Canvas(document, new Typeface(document, plain), tags);
    }

    /** A heading; level 1 is the title, and no level may be left out. */
    public void heading(int level, String text) {
        Style style = level == 1 ? Style.TITLE : level == 2 ? Style.HEADING : Style.STRONG;
        canvas.need(style.leading() * 2 + 40);
        canvas.down(level == 1 ? 0 : 10);
        lines(Tags.child(tags.root(), "H" + level), text, style, 0);
        canvas.down(3);
    }

    /** A paragraph. */
    public void paragraph(String text, Style style) {
        lines(Tags.child(tags.root(), "P"), text, style, 0);
        canvas.down(4);
    }

    /** A list, each item behind a dash. */
    public void list(List<String> items) {
        PDStructureElement list = Tags.child(tags.root(), "L");
        for (String item : items) {
            PDStructureElement entry = Tags.child(list, "LI");
            canvas.need(Style.BODY.leading());
            canvas.text(
                    Tags.child(entry, "Lbl"), "\u2013", Canvas.LEFT + 4, canvas.top() - Style.BODY.size(), Style.BODY);
            lines(Tags.child(entry, "LBody"), item, Style.BODY, 16);
        }
        canvas.down(4);
    }

    /** Two paragraphs in a frame: a word and a sentence that explains it. */
    public void box(String word, String sentence) {
        float inside = 10;
        float width = Canvas.WIDTH - 2 * inside;
        int lines = canvas.typeface().wrap(sentence, Style.LEAD.size(), width).size();
        float height = 2 * inside + Style.VERDICT.leading() + lines * Style.LEAD.leading();
        canvas.need(Math.min(height, Canvas.height()));
        float top = canvas.top();
        canvas.artifact(pen -> {
            pen.setLineWidth(1.6f);
            pen.addRect(Canvas.LEFT, top - height, Canvas.WIDTH, height);
            pen.stroke();
        });
        canvas.down(inside);
        lines(Tags.child(tags.root(), "P"), word, Style.VERDICT, inside);
        lines(Tags.child(tags.root(), "P"), sentence, Style.LEAD, inside);
        canvas.down(inside + 8);
    }

    /**
     * A table.
     *
     * @param headings of the columns; with none the first column holds the headings of the rows
     * @param shares of the width, for each column
     * @param rows as many cells as there are shares; a line feed in a cell begins a new line
     */
    public void table(List<String> headings, List<Integer> shares, List<List<String>> rows) {
        table(headings, shares, rows, text -> false);
    }

    /** A table with cells in bold. */
    public void table(List<String> headings, List<Integer> shares, List<List<String>> rows, Predicate<String> strong) {
        new Table(canvas, tags.root(), headings, shares, strong).write(rows);
    }

    /** A figure of who did what one after the other, and its caption. */
    public void sequence(SequenceFigure figure) {
        canvas.need(figure.height() + 3 * Style.BODY.leading());
        paragraph(figure.caption(), Style.BODY);
        figure.draw(canvas, tags.root());
    }

    /** Blank lines for a hand that fills them in. */
    public void blanks(List<String> labels) {
        for (String label : labels) {
            canvas.need(22);
            canvas.down(22);
            float y = canvas.top();
            canvas.text(Tags.child(tags.root(), "P"), label, Canvas.LEFT, y + 2, Style.BODY);
            canvas.artifact(pen -> {
                pen.setLineWidth(0.4f);
                pen.moveTo(Canvas.LEFT + 150, y);
                pen.lineTo(Canvas.LEFT + Canvas.WIDTH, y);
                pen.stroke();
            });
        }
        canvas.down(8);
    }

    private void lines(PDStructureElement element, String text, Style style, float indent) {
        for (String line : canvas.typeface().wrap(text, style.size(), Canvas.WIDTH - 2 * indent)) {
            canvas.need(style.leading());
            canvas.text(element, line, Canvas.LEFT + indent, canvas.top() - style.size(), style);
            canvas.down(style.leading());
        }
    }

    /** Puts a file into the document (ISO 19005-3 annex E). */
    public void attach(Attachment file) {
        attached.add(file);
    }

    /**
     * Ends the document and writes it.
     *
     * @param title of the document
     * @param producer the program
     * @param made when, UTC
     * @param head a line at the top of each page
     * @param foot a line at the bottom of each page, before the page's number
     * @param id makes the document's identifier
     */
    public void write(OutputStream out, String title, String producer, Instant made, String head, String foot, long id)
            throws IOException {
        for (int page = 0; page < canvas.pages(); page++) {
            String number = "Page " + (page + 1) + " of " + canvas.pages();
            float right = Canvas.LEFT + Canvas.WIDTH - canvas.typeface().width(number, Style.SMALL.size());
            canvas.onPage(page, head, Canvas.LEFT, 800, Style.SMALL);
            canvas.onPage(page, foot, Canvas.LEFT, 36, Style.SMALL);
            canvas.onPage(page, number, right, 36, Style.SMALL);
        }
        canvas.close();
        tags.finish();
        describe(title, producer, made);
        if (!attached.isEmpty()) {
            Attachment.all(attached, document, made);
        }
        document.setDocumentId(id);
        document.save(OutputStream.nullOutputStream(), CompressParameters.NO_COMPRESSION);
        Unpacked.all(document);
        document.save(out, CompressParameters.NO_COMPRESSION);
    }

    private void describe(String title, String producer, Instant made) throws IOException {
        var catalog = document.getDocumentCatalog();
        document.getDocument().setVersion(1.7f);
        document.setVersion(1.7f);
        catalog.setLanguage("en");
        PDViewerPreferences view = new PDViewerPreferences(new COSDictionary());
        view.setDisplayDocTitle(true);
        catalog.setViewerPreferences(view);
        var information = document.getDocumentInformation();
        information.setTitle(title);
        information.setProducer(producer);
        information.setCreator(producer);
        information.getCOSObject().setString(COSName.CREATION_DATE, date(made));
        information.getCOSObject().setString(COSName.MOD_DATE, date(made));
        PDMetadata metadata = new PDMetadata(document);
        try (OutputStream xmp = metadata.createOutputStream()) {
            xmp.write(Xmp.octets(title, producer, made));
        }
        catalog.setMetadata(metadata);
        catalog.addOutputIntent(intent());
    }

    /** A date as ISO 32000-1 §7.9.4 writes it. */
    static String date(Instant time) {
        return "D:" + time.toString().replaceAll("[-T:]", "").substring(0, 14) + "+00'00'";
    }

    /** Written by hand: PDFBox would have the profile rewritten by the machine's colour library. */
    private PDOutputIntent intent() throws IOException {
        COSStream profile = document.getDocument().createCOSStream();
        profile.setInt(COSName.N, 1);
        try (OutputStream octets = profile.createOutputStream()) {
            octets.write(GrayProfile.octets());
        }
        COSDictionary intent = new COSDictionary();
        intent.setItem(COSName.TYPE, COSName.OUTPUT_INTENT);
        intent.setItem(COSName.S, COSName.GTS_PDFA1);
        intent.setString(COSName.INFO, GrayProfile.NAME);
        intent.setString(COSName.OUTPUT_CONDITION, GrayProfile.NAME);
        intent.setString(COSName.OUTPUT_CONDITION_IDENTIFIER, "Custom");
        intent.setItem(COSName.DEST_OUTPUT_PROFILE, profile);
        return new PDOutputIntent(intent);
    }

    @Override
    public void close() {
        try {
            document.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
