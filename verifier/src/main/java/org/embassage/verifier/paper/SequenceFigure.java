package org.embassage.verifier.paper;

import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;

/**
 * Two upright lines, one for each party, with a mark for each step on the line of who took it: a full disc for a step
 * forward, a ring with a cross for a refusal or failure. Drawn without colour.
 *
 * @param caption above it
 * @param parties the names over the left and the right line
 * @param steps from top to bottom
 * @param alternative what a person hears who does not see it
 */
public record SequenceFigure(String caption, List<String> parties, List<Step> steps, String alternative) {

    private static final float ROW = 25;
    private static final float HEAD = 26;
    private static final float FIRST = Canvas.LEFT + 138;
    private static final float SECOND = Canvas.LEFT + 330;
    private static final float RADIUS = 4;

    public SequenceFigure {
        parties = List.copyOf(parties);
        steps = List.copyOf(steps);
        if (parties.size() != 2) {
            throw new IllegalArgumentException("the figure has two parties");
        }
    }

    /**
     * One step.
     *
     * @param party 0 or 1: who took it
     * @param time as it is written at the left
     * @param label a few words
     * @param forward whether it went well
     * @param crosses whether something came over from the other party with it
     */
    public record Step(int party, String time, String label, boolean forward, boolean crosses) {}

    /** How many steps a figure can have and still lie on one page. */
    public static int most() {
        return (int) ((Canvas.height() - HEAD) / ROW) - 3;
    }

    float height() {
        return HEAD + steps.size() * ROW + 6;
    }

    /** Draws it where the canvas is; there must be enough room. */
    void draw(Canvas canvas, PDStructureElement parent) {
        float height = height();
        float top = canvas.top();
        PDStructureElement figure = Tags.child(parent, "Figure");
        figure.setAlternateDescription(canvas.typeface().printable(alternative));
        canvas.box(figure, Canvas.LEFT, top - height, Canvas.LEFT + Canvas.WIDTH, top);
        canvas.figure(figure, pen -> {
            lanes(canvas, pen, top, height);
            for (int i = 0; i < steps.size(); i++) {
                step(canvas, pen, steps.get(i), top - HEAD - i * ROW - ROW / 2);
            }
        });
        canvas.down(height + 8);
    }

    private void lanes(Canvas canvas, PDPageContentStream pen, float top, float height) throws IOException {
        for (int party = 0; party < 2; party++) {
            String name = parties.get(party);
            float width = canvas.typeface().width(name, Style.CELL_STRONG.size());
            canvas.write(pen, name, x(party) - width / 2, top - 14, Style.CELL_STRONG);
            pen.setLineWidth(0.8f);
            pen.moveTo(x(party), top - HEAD + 4);
            pen.lineTo(x(party), top - height + 4);
            pen.stroke();
        }
    }

    private void step(Canvas canvas, PDPageContentStream pen, Step step, float y) throws IOException {
        float x = x(step.party());
        canvas.write(pen, step.time(), Canvas.LEFT, y - 3, Style.CELL);
        if (step.crosses()) {
            float from = x(1 - step.party());
            float towards = from < x ? 1 : -1;
            pen.setLineWidth(0.6f);
            pen.moveTo(from, y);
            pen.lineTo(x - towards * (RADIUS + 2), y);
            pen.stroke();
            pen.moveTo(x - towards * (RADIUS + 8), y + 3);
            pen.lineTo(x - towards * (RADIUS + 2), y);
            pen.lineTo(x - towards * (RADIUS + 8), y - 3);
            pen.stroke();
        }
        disc(pen, x, y, step.forward());
        float labelX = SECOND + 12;
        if (step.party() == 0) {
            float width = canvas.typeface().width(step.label(), Style.CELL.size());
            labelX = FIRST + 10;
            pen.setNonStrokingColor(1f);
            pen.addRect(labelX - 2, y - 5, width + 4, 11);
            pen.fill();
            pen.setNonStrokingColor(0f);
        }
        canvas.write(pen, step.label(), labelX, y - 3, Style.CELL);
    }

    private static void disc(PDPageContentStream pen, float x, float y, boolean full) throws IOException {
        float k = RADIUS * 0.5523f;
        pen.setLineWidth(1);
        pen.moveTo(x + RADIUS, y);
        pen.curveTo(x + RADIUS, y + k, x + k, y + RADIUS, x, y + RADIUS);
        pen.curveTo(x - k, y + RADIUS, x - RADIUS, y + k, x - RADIUS, y);
        pen.curveTo(x - RADIUS, y - k, x - k, y - RADIUS, x, y - RADIUS);
        pen.curveTo(x + k, y - RADIUS, x + RADIUS, y - k, x + RADIUS, y);
        pen.closePath();
        pen.setNonStrokingColor(full ? 0f : 1f);
        pen.fillAndStroke();
        pen.setNonStrokingColor(0f);
        if (!full) {
            float d = RADIUS * 0.7f;
            pen.moveTo(x - d, y - d);
            pen.lineTo(x + d, y + d);
            pen.moveTo(x - d, y + d);
            pen.lineTo(x + d, y - d);
            pen.stroke();
        }
    }

    private static float x(int party) {
        return party == 0 ? FIRST : SECOND;
    }
}
