package org.embassage.translation.handover;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One CSV file per document: a row of column names and one row of cells, UTF-8 with byte order mark, CR LF. Several
 * values of one cell have a sign between them. A cell that a spreadsheet would take for a formula gets an apostrophe.
 */
record CsvOutput(List<Column> columns, Value.Style style, Style csv, Rest rest) implements Output {

    /** The signs of the file. */
    record Style(char separator, String several) {}

    /** @param source absent for the column that names what was not carried */
    record Column(String name, Optional<Source> source) {}

    /** Where a cell comes from: a constant, or the values at a path. */
    record Source(String constant, Optional<Value> value) {}

    CsvOutput {
        columns = List.copyOf(columns);
    }

    @Override
    public String extension() {
        return "csv";
    }

    @Override
    public byte[] write(Node root) {
        StringBuilder out = new StringBuilder("\uFEFF");
        row(out, columns.stream().map(Column::name).toList());
        List<String> cells = new ArrayList<>();
        for (Column column : columns) {
            cells.add(column.source()
                    .map(source -> cell(source, root))
                    .orElseGet(() -> String.join(csv.several(), rest.of(root))));
        }
        row(out, cells);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private String cell(Source source, Node root) {
        return source.value()
                .map(value -> value.nodes(root).stream()
                        .map(node -> node.absentReason()
                                .map(style::wordFor)
                                .orElseGet(() -> escaped(value.text(node, style))))
                        .collect(Collectors.joining(csv.several())))
                .orElse(source.constant());
    }

    /** So that a value with the sign in it stays one value. */
    private String escaped(String text) {
        return text.replace("\\", "\\\\").replace(csv.several(), "\\" + csv.several());
    }

    private void row(StringBuilder out, List<String> cells) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.append(csv.separator());
            }
            quote(out, CellText.harmless(cells.get(i)));
        }
        out.append("\r\n");
    }

    private void quote(StringBuilder out, String cell) {
        boolean plain =
                cell.chars().noneMatch(c -> c == csv.separator() || c == '"' || c == '\r' || c == '\n' || c == ' ');
        if (plain) {
            out.append(cell);
        } else {
            out.append('"').append(cell.replace("\"", "\"\"")).append('"');
        }
    }
}
