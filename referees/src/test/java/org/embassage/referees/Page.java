package org.embassage.referees;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** docs/verdicts.md: all opinions side by side, between a head and a foot that people write. */
final class Page {

    static final Path FILE = Path.of("..", "docs", "verdicts.md");

    private static final String BEGIN = "<!-- measured: EMBASSAGE_WRITE=verdicts makes it anew -->\n";
    private static final String END = "<!-- end -->\n";
    private static final String OURS = "embassage-verify";

    private Page() {}

    /** The part between the marks. */
    static String tables(List<Line> lines, Map<Referee, List<String>> opinions) {
        StringBuilder text = new StringBuilder();
        for (boolean receipts : new boolean[] {true, false}) {
            text.append(receipts ? "\n## Receipts\n\n" : "\n## Bundles\n\n");
            text.append("| file | what was done | ").append(OURS);
            for (Referee referee : Referee.values()) {
                text.append(" | ").append(referee.column());
            }
            text.append(" |\n|---|---|---")
                    .append("|---".repeat(Referee.values().length))
                    .append("|\n");
            for (int i = 0; i < lines.size(); i++) {
                if (lines.get(i).isReceipt() == receipts) {
                    text.append("| ").append(lines.get(i).title());
                    text.append(" | ").append(lines.get(i).done());
                    text.append(" | ").append(ours(lines.get(i)));
                    for (Referee referee : Referee.values()) {
                        text.append(" | ").append(opinions.get(referee).get(i));
                    }
                    text.append(" |\n");
                }
            }
        }
        return text.append('\n').toString();
    }

    static String ours(Line line) {
        return line.check().equals("-")
                ? line.verdict()
                : line.verdict() + " " + line.indication() + " (" + line.check() + ")";
    }

    /** A referee's column as it is written, in the order of the lines. */
    static List<String> column(List<Line> lines, Referee referee) {
        List<String> column = new ArrayList<>();
        for (Line line : lines) {
            column.add(rows().stream()
                    .filter(cells -> cells[1].equals(line.title()) && cells[2].equals(line.done()))
                    .map(cells -> cells[4 + referee.ordinal()])
                    .findFirst()
                    .orElse("not on the page: " + line.title()));
        }
        return column;
    }

    /** The rows' first three columns and nothing else. */
    static List<String> skeleton() {
        return rows().stream()
                .map(cells -> cells[1] + " | " + cells[2] + " | " + cells[3])
                .toList();
    }

    private static List<String[]> rows() {
        return text().lines()
                .filter(row -> row.startsWith("| `")
                        && row.chars().filter(c -> c == '|').count() > 6)
                .map(row -> row.split(" ?\\| ?", -1))
                .toList();
    }

    static void write(List<Line> lines) {
        Map<Referee, List<String>> opinions = new EnumMap<>(Referee.class);
        for (Referee referee : Referee.values()) {
            opinions.put(referee, referee.judge(lines));
        }
        String before = text();
        try {
            Files.writeString(
                    FILE,
                    before.substring(0, before.indexOf(BEGIN) + BEGIN.length())
                            + tables(lines, opinions)
                            + before.substring(before.indexOf(END)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
