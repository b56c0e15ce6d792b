package org.embassage.translation.handover;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.translation.description.CodeTable;

/**
 * How the nodes at a path become texts. Thread-safe.
 *
 * @param path names from the document element, or from the repeated element, down
 * @param form how a node is written
 * @param table from shared to national codes
 * @param wholePath the same from the document element down, for faults
 */
record Value(List<String> path, Form form, Optional<CodeTable> table, String wholePath) {

    /** How a node is written. */
    enum Form {
        TEXT,
        DATE,
        DECIMAL
    }

    /** The country's way of writing. */
    record Style(Map<String, String> absent, String datePattern, String unknownPart, String decimalSign) {
        Style {
            absent = Map.copyOf(absent);
        }

        /** The country's word for why there is no value. */
        String wordFor(String reason) {
            return absent.getOrDefault(reason, reason);
        }

        /** A date with signs in the place of what is not known. */
        String date(String year, String month, String day) {
            return datePattern
                    .replace("yyyy", year)
                    .replace("MM", month.isEmpty() ? unknownPart + unknownPart : month)
                    .replace("dd", day.isEmpty() ? unknownPart + unknownPart : day);
        }
    }

    Value {
        path = List.copyOf(path);
    }

    List<Node> nodes(Node from) {
        return from.at(path);
    }

    /** The text of a node that is not absent. */
    String text(Node node, Style style) {
        return switch (form) {
            case DATE -> date(node, style);
            case DECIMAL -> node.text().replace(".", style.decimalSign());
            case TEXT -> coded(node.text());
        };
    }

    private String coded(String text) {
        return table.map(codes -> codes.get(text).orElseThrow(() -> new Unrendered(wholePath)))
                .orElse(text);
    }

    private static String date(Node node, Style style) {
        if (node.children().isEmpty()) {
            return day(node.text(), style);
        }
        Optional<String> known = node.child("Date")
                .or(() -> node.child("YearMonth"))
                .or(() -> node.child("Year"))
                .map(part -> day(part.text(), style))
                .or(() -> node.child("YearRange")
                        .map(range -> range.children().get(0).text() + "-"
                                + range.children().get(1).text()));
        return known.orElseGet(() -> unknown(node, style));
    }

    /** A date that nobody knows keeps how its source writes that. */
    private static String unknown(Node node, Style style) {
        String word =
                style.wordFor(node.child("UnknownReasonCode").map(Node::text).orElse("UNKNOWN"));
        return node.child("OriginalText")
                .map(original -> word + " [" + original.text() + "]")
                .orElse(word);
    }

    private static String day(String iso, Style style) {
        String month = iso.length() >= 7 ? iso.substring(5, 7) : "";
        String day = iso.length() >= 10 ? iso.substring(8, 10) : "";
        return style.date(iso.substring(0, 4), month, day);
    }
}
