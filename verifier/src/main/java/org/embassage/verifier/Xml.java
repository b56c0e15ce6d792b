package org.embassage.verifier;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes XML, indented. What it is given must be fit for XML 1.0, as {@link Plain} makes it. */
final class Xml {

    private final StringBuilder text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private final Deque<String> open = new ArrayDeque<>();

    String document() {
        return text.toString();
    }

    Xml open(String name, String... attributes) {
        start(name, attributes).append(">\n");
        open.push(name);
        return this;
    }

    Xml close() {
        String name = open.pop();
        text.append("  ".repeat(open.size())).append("</").append(name).append(">\n");
        return this;
    }

    Xml empty(String name, String... attributes) {
        start(name, attributes).append("/>\n");
        return this;
    }

    Xml text(String name, String content) {
        start(name)
                .append('>')
                .append(escaped(content))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    private StringBuilder start(String name, String... attributes) {
        text.append("  ".repeat(open.size())).append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            text.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(escaped(attributes[i + 1]))
                    .append('"');
        }
        return text;
    }

    private static String escaped(String content) {
        return content.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
