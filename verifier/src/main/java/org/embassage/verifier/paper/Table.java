package org.embassage.verifier.paper;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import org.apache.pdfbox.pdmodel.documentinterchange.logicalstructure.PDStructureElement;

/** A table whose first row is repeated on each page. Rows are kept together unless they are higher than a page. */
final class Table {

    private static final float PAD = 3;

    private final Canvas canvas;
    private final PDStructureElement element;
    private final float[] widths;
    private final List<String> headings;
    private final Predicate<String> strong;

    /**
     * @param shares of the width, for each column
     * @param strong which cells are written in bold
     */
    Table(
            Canvas canvas,
            PDStructureElement parent,
            List<String> headings,
            List<Integer> shares,
            Predicate<String> strong) {
        this.strong = strong;
        this.canvas = canvas;
        this.element = Tags.child(parent, "Table");
        this.headings = List.copyOf(headings);
        float all = shares.stream().mapToInt(Integer::intValue).sum();
        this.widths = new float[shares.size()];
        for (int i = 0; i < widths.length; i++) {
            widths[i] = Canvas.WIDTH * shares.get(i) / all;
        }
    }

    void write(List<List<String>> rows) {
        boolean first = true;
        for (List<String> row : rows) {
            List<List<String>> cells = wrapped(row, Style.CELL);
            float height = height(cells);
            float needed = Math.min(height + (first ? headingHeight() : 0), Canvas.height());
            if (canvas.need(needed) || first) {
                heading(first);
            }
            first = false;
            body(cells, row);
        }
        canvas.down(8);
    }

    private float headingHeight() {
        return headings.isEmpty() ? 0 : height(wrapped(headings, Style.CELL_STRONG));
    }

    private void heading(boolean first) {
        if (headings.isEmpty()) {
            rule(0.8f);
            return;
        }
        List<List<String>> cells = wrapped(headings, Style.CELL_STRONG);
        float height = height(cells);
        rule(0.8f);
        if (first) {
            PDStructureElement row = Tags.child(element, "TR");
            write(cells, column -> Style.CELL_STRONG, column -> Tags.heading(row, "Column"));
        } else {
            repeat(cells);
        }
        canvas.down(height);
        rule(0.8f);
    }

    /** On a further page the heading is there for the eye only. */
    private void repeat(List<List<String>> cells) {
        float top = canvas.top();
        canvas.artifact(pen -> {
            float x = Canvas.LEFT;
            for (int column = 0; column < widths.length; column++) {
                float y = top - PAD - Style.CELL_STRONG.size();
                for (String line : cells.get(column)) {
                    canvas.write(pen, line, x + PAD, y, Style.CELL_STRONG);
                    y -= Style.CELL_STRONG.leading();
                }
                x += widths[column];
            }
        });
    }

    private void body(List<List<String>> cells, List<String> texts) {
        PDStructureElement row = Tags.child(element, "TR");
        List<PDStructureElement> elements = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            elements.add(column == 0 ? Tags.heading(row, "Row") : Tags.child(row, "TD"));
        }
        int lines = cells.stream().mapToInt(List::size).max().orElse(1);
        int from = 0;
        while (from < lines) {
            int fit = (int) ((canvas.remaining() - 2 * PAD) / Style.CELL.leading());
            int to = Math.min(lines, from + Math.max(1, fit));
            List<List<String>> part = part(cells, from, to);
            write(part, column -> style(texts.get(column)), elements::get);
            canvas.down(height(part));
            rule(0.3f);
            from = to;
            if (from < lines && canvas.need(Canvas.height())) {
                heading(false);
            }
        }
    }

    private Style style(String text) {
        return strong.test(text) ? Style.CELL_STRONG : Style.CELL;
    }

    private static List<List<String>> part(List<List<String>> cells, int from, int to) {
        return cells.stream()
                .map(lines -> lines.subList(Math.min(from, lines.size()), Math.min(to, lines.size())))
                .toList();
    }

    /** Which element a column's text belongs to. */
    private interface Columns {
        PDStructureElement of(int column);
    }

    private void write(List<List<String>> cells, IntFunction<Style> styles, Columns columns) {
        float x = Canvas.LEFT;
        for (int column = 0; column < widths.length; column++) {
            PDStructureElement cell = columns.of(column);
            Style style = styles.apply(column);
            float y = canvas.top() - PAD - style.size();
            for (String line : cells.get(column)) {
                canvas.text(cell, line, x + PAD, y, style);
                y -= style.leading();
            }
            x += widths[column];
        }
    }

    private List<List<String>> wrapped(List<String> row, Style style) {
        List<List<String>> cells = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            List<String> lines = new ArrayList<>();
            for (String paragraph : row.get(column).split("\n", -1)) {
                lines.addAll(canvas.typeface().wrap(paragraph, style.size(), widths[column] - 2 * PAD));
            }
            cells.add(lines);
        }
        return cells;
    }

    private static float height(List<List<String>> cells) {
        return cells.stream().mapToInt(List::size).max().orElse(1) * Style.CELL.leading() + 2 * PAD;
    }

    private void rule(float width) {
        float y = canvas.top();
        canvas.artifact(pen -> {
            pen.setLineWidth(width);
            pen.moveTo(Canvas.LEFT, y);
            pen.lineTo(Canvas.LEFT + Canvas.WIDTH, y);
            pen.stroke();
        });
    }
}
