package org.embassage.scenarios.journey;

import java.nio.file.Path;
import java.util.List;

/** A result file beside a drop. */
record Result(String text, List<Line> lines) {

    static Result read(Path file) {
        String text = RunningGateway.text(file);
        return new Result(text, text.lines().skip(1).map(Result::line).toList());
    }

    private static Line line(String line) {
        String[] cells = line.split(";", -1);
        // The sentence between code and exchange may hold a semicolon.
        return new Line(cells[0], cells[3], cells[4], cells[cells.length - 2], cells[cells.length - 1]);
    }

    /** The codes, with {@code ok} for an accepted record, in the order of the file. */
    List<String> codes() {
        return lines.stream()
                .map(line -> line.code().isEmpty() ? "ok" : line.code())
                .toList();
    }

    /** The exchanges that were opened for its records. */
    List<String> exchanges() {
        return lines.stream()
                .filter(line -> line.code().isEmpty())
                .map(Line::exchange)
                .toList();
    }

    record Line(String record, String field, String code, String exchange, String receipt) {}
}
