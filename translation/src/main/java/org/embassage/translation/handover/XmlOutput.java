package org.embassage.translation.handover;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One XML file per document, with the country's own element names. Thread-safe. */
record XmlOutput(
        String root, String namespace, String absentAttribute, List<Element> elements, Value.Style style, Rest rest)
        implements Output {

    XmlOutput {
        elements = List.copyOf(elements);
    }

    /**
     * One element of the file.
     *
     * @param constant text, if it has no value and no parts
     * @param value what is written in it, once per node
     * @param each the nodes for each of which the element is written with its parts
     * @param parts elements in it
     * @param attributes by name, values relative to the node
     * @param restPart name of the elements that each name one path that was not carried
     */
    record Element(
            String name,
            Optional<String> constant,
            Optional<Value> value,
            List<String> each,
            List<Element> parts,
            Map<String, Value> attributes,
            Optional<String> restPart) {
        Element {
            each = List.copyOf(each);
            parts = List.copyOf(parts);
            attributes = Map.copyOf(attributes);
        }
    }

    @Override
    public String extension() {
        return "xml";
    }

    @Override
    public byte[] write(Node message) {
        StringBuilder out = new StringBuilder(4096)
                .append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<")
                .append(root);
        attribute(out, "xmlns", namespace);
        out.append(">\n");
        for (Element element : elements) {
            element(out, element, message, message, 1);
        }
        return out.append("</").append(root).append(">\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(StringBuilder out, Element element, Node from, Node message, int depth) {
        if (element.restPart().isPresent()) {
            rest(out, element, message, depth);
        } else if (element.constant().isPresent()) {
            text(out, element, Optional.empty(), element.constant().get(), depth);
        } else if (element.value().isPresent()) {
            Value value = element.value().get();
            for (Node node : value.nodes(from)) {
                if (node.absentReason().isPresent()) {
                    absent(out, element, node.absentReason().get(), depth);
                } else {
                    text(out, element, Optional.of(node), value.text(node, style), depth);
                }
            }
        } else {
            branches(out, element, from, message, depth);
        }
    }

    private void branches(StringBuilder out, Element element, Node from, Node message, int depth) {
        for (Node node : from.at(element.each())) {
            if (node.absentReason().isPresent()) {
                absent(out, element, node.absentReason().get(), depth);
                continue;
            }
            indent(out, depth).append('<').append(element.name());
            attributes(out, element, node);
            out.append(">\n");
            element.parts().forEach(part -> element(out, part, node, message, depth + 1));
            indent(out, depth).append("</").append(element.name()).append(">\n");
        }
    }

    private void rest(StringBuilder out, Element element, Node message, int depth) {
        for (String path : rest.of(message)) {
            text(out, element, Optional.empty(), path, depth);
        }
    }

    private void text(StringBuilder out, Element element, Optional<Node> node, String text, int depth) {
        indent(out, depth).append('<').append(element.name());
        node.ifPresent(at -> attributes(out, element, at));
        out.append('>');
        escape(out, text);
        out.append("</").append(element.name()).append(">\n");
    }

    private void absent(StringBuilder out, Element element, String reason, int depth) {
        indent(out, depth).append('<').append(element.name());
        attribute(out, absentAttribute, style.wordFor(reason));
        out.append("/>\n");
    }

    private void attributes(StringBuilder out, Element element, Node node) {
        element.attributes()
                .forEach((name, value) -> value.nodes(node).stream()
                        .findFirst()
                        .filter(found -> found.absentReason().isEmpty())
                        .ifPresent(found -> attribute(out, name, value.text(found, style))));
    }

    private static StringBuilder indent(StringBuilder out, int depth) {
        for (int i = 0; i < depth; i++) {
            out.append("  ");
        }
        return out;
    }

    private static void attribute(StringBuilder out, String name, String value) {
        out.append(' ').append(name).append("=\"");
        escape(out, value);
        out.append('"');
    }

    private static void escape(StringBuilder out, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\r' -> out.append("&#13;");
                default -> out.append(c);
            }
        }
    }
}
