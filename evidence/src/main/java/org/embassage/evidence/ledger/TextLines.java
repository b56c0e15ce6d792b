package org.embassage.evidence.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A text's lines, read from first to last; what is not there is read as empty or as nothing. */
final class TextLines {

    private final List<String> all;
    private int at;

    TextLines(String text) {
        this.all = Arrays.asList(text.split("\n", -1));
    }

    /** How many line feeds a text has. */
    static long count(String text) {
        return text.chars().filter(c -> c == '\n').count();
    }

    String next() {
        return at < all.size() - 1 ? all.get(at++) : "";
    }

    /** What follows the label in the next line. */
    Optional<String> value(String label) {
        String line = next();
        return line.startsWith(label) && line.length() > label.length()
                ? Optional.of(line.substring(label.length()))
                : Optional.empty();
    }

    Optional<Long> number(String label, long most) {
        return value(label).flatMap(Numbers::parse).filter(n -> n <= most);
    }

    Optional<List<String>> take(long count) {
        if (count > all.size() - 1 - at) {
            return Optional.empty();
        }
        List<String> taken = all.subList(at, at + (int) count);
        at += (int) count;
        return Optional.of(taken);
    }

    Optional<String> block(long count) {
        return take(count).map(lines -> lines.isEmpty() ? "" : String.join("\n", lines) + "\n");
    }

    boolean atEnd() {
        return at == all.size() - 1 && all.get(at).isEmpty();
    }
}
