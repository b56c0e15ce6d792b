package org.embassage.schemas.xml;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * The tree of all elements that a file under one root element can have, read from our own schema files. It answers by
 * path what exists, what may be stripped and what may be masked, so no code is written per type.
 *
 * <p>It understands the constructs that our files use (sequence, choice, element, ref, extension) and refuses others.
 */
public final class SchemaTree {

    private final SchemaNode root;

    private SchemaTree(SchemaNode root) {
        this.root = root;
    }

    /**
     * Reads the tree.
     *
     * @param schemas the document elements of our own schema files
     * @param rootElement name of a global element
     */
    static SchemaTree read(List<Element> schemas, String rootElement) {
        Growth growth = new Growth(schemas);
        return new SchemaTree(growth.root(rootElement));
    }

    public SchemaNode root() {
        return root;
    }

    /**
     * The nodes that an element path means.
     *
     * @param path names from the root (not included) down; after two slashes it may start anywhere
     */
    public List<SchemaNode> resolve(String path) {
        boolean anywhere = path.startsWith("//");
        String names = anywhere ? path.substring(2) : path;
        List<SchemaNode> found = new ArrayList<>();
        forEach(node -> {
            if (anywhere ? node.endsWith(names) : node.path().equals(names)) {
                found.add(node);
            }
        });
        return found;
    }

    /** Visits every node but the root, parents first. */
    public void forEach(Consumer<SchemaNode> visitor) {
        visit(root, visitor);
    }

    private static void visit(SchemaNode node, Consumer<SchemaNode> visitor) {
        for (SchemaNode child : node.children()) {
            visitor.accept(child);
            visit(child, visitor);
        }
    }

    /** Grows the tree from declarations. */
    private static final class Growth {

        private static final int DEEPEST = 20;

        private final Map<String, Element> elements = new HashMap<>();
        private final Map<String, Element> types = new HashMap<>();

        Growth(List<Element> schemas) {
            for (Element schema : schemas) {
                for (Element declaration : childElements(schema)) {
                    switch (declaration.getLocalName()) {
                        case "element" -> elements.put(declaration.getAttribute("name"), declaration);
                        case "complexType" -> types.put(declaration.getAttribute("name"), declaration);
                        default -> {
                            // simple types, attribute groups, includes and annotations hold no elements
                        }
                    }
                }
            }
        }

        SchemaNode root(String name) {
            Element declaration = required(elements.get(name));
            String type = declaration.getAttribute("type");
            SchemaNode node = new SchemaNode(name, type, false, true, new SchemaNode.Occurs(1, 1, false), null);
            grow(node, 0);
            return node;
        }

        private void grow(SchemaNode node, int depth) {
            Element type = types.get(node.type());
            if (type == null) {
                return;
            }
            if (depth > DEEPEST) {
                throw new IllegalStateException("the schema contains itself at " + node);
            }
            for (Element part : childElements(type)) {
                particles(part, node, false, depth);
            }
        }

        private void particles(Element part, SchemaNode parent, boolean alternative, int depth) {
            switch (part.getLocalName()) {
                case "sequence" -> {
                    for (Element inner : childElements(part)) {
                        particles(inner, parent, alternative, depth);
                    }
                }
                case "choice" -> {
                    for (Element inner : childElements(part)) {
                        particles(inner, parent, true, depth);
                    }
                }
                case "element" -> element(part, parent, alternative, depth);
                case "annotation", "attribute", "attributeGroup", "simpleContent", "any" -> {
                    // no elements of the schema
                }
                default -> throw new IllegalStateException("construct not understood: " + part.getLocalName());
            }
        }

        private void element(Element use, SchemaNode parent, boolean alternative, int depth) {
            boolean byReference = use.hasAttribute("ref");
            Element declaration = byReference ? required(elements.get(use.getAttribute("ref"))) : use;
            SchemaNode node = new SchemaNode(
                    declaration.getAttribute("name"),
                    declaration.getAttribute("type"),
                    "true".equals(declaration.getAttribute("nillable")),
                    byReference,
                    new SchemaNode.Occurs(count(use, "minOccurs"), count(use, "maxOccurs"), alternative),
                    parent);
            grow(node, depth + 1);
        }

        private static int count(Element use, String attribute) {
            return use.hasAttribute(attribute) ? Integer.parseInt(use.getAttribute(attribute)) : 1;
        }

        private static List<Element> childElements(Element parent) {
            List<Element> children = new ArrayList<>();
            for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
                if (child instanceof Element element) {
                    children.add(element);
                }
            }
            return children;
        }

        private static Element required(@Nullable Element declaration) {
            if (declaration == null) {
                throw new IllegalStateException("a schema file refers to what no schema file declares");
            }
            return declaration;
        }
    }
}
