package org.embassage.verifier;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes JSON (RFC 8259) in ASCII, indented or each object in one line. */
final class JsonWriter {

    private final boolean indented;
    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean first = true;

    JsonWriter() {
        this(true);
    }

    private JsonWriter(boolean indented) {
        this.indented = indented;
    }

    /** A writer that puts all into one line. */
    static JsonWriter ofLines() {
        return new JsonWriter(false);
    }

    String text() {
        return text + "\n";
    }

    void object(Runnable members) {
        nest('{', '}', members);
    }

    void object(String name, Runnable members) {
        name(name);
        nest('{', '}', members);
    }

    <T> void array(String name, List<T> values, Consumer<T> write) {
        name(name);
        nest(
                '[',
                ']',
                () -> values.forEach(value -> {
                    separate();
                    write.accept(value);
                }));
    }

    /** @param write writes one value */
    void member(String name, Runnable write) {
        name(name);
        write.run();
    }

    void member(String name, List<String> values) {
        array(name, values, this::string);
    }

    void member(String name, String value) {
        name(name);
        string(value);
    }

    void member(String name, long value) {
        name(name);
        text.append(value);
    }

    void member(String name, boolean value) {
        name(name);
        text.append(value);
    }

    private void nest(char open, char close, Runnable content) {
        text.append(open);
        depth++;
        first = true;
        content.run();
        depth--;
        if (!first) {
            newLine();
        }
        text.append(close);
        first = false;
    }

    private void name(String name) {
        separate();
        string(name);
        text.append(indented ? ": " : ":");
    }

    private void separate() {
        if (!first) {
            text.append(',');
        }
        first = false;
        newLine();
    }

    private void newLine() {
        if (!indented) {
            return;
        }
        text.append('\n').append("  ".repeat(depth));
    }

    private void string(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
    }
}
