package org.embassage.schemas;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.embassage.schemas.xml.SchemaNode;
import org.embassage.schemas.xml.SchemaTree;

/**
 * What the schema knows of the elements of a kind of document, by path. An element path is element names from the
 * document element (not included) down, {@code TravelDocument/IssueDate}; after two slashes it may start anywhere,
 * {@code //Person/AddressText}.
 */
public final class DocumentFields {

    private static final Map<DocumentKind, DocumentFields> ALL = new EnumMap<>(DocumentKind.class);

    static {
        FileSchema.Exchange.TREES.forEach((kind, tree) -> ALL.put(kind, new DocumentFields(tree)));
    }

    private final SchemaTree tree;

    private DocumentFields(SchemaTree tree) {
        this.tree = tree;
    }

    /** The elements of one kind. */
    public static DocumentFields of(DocumentKind kind) {
        return Optional.ofNullable(ALL.get(kind)).orElseThrow();
    }

    /** The full paths that an element path means; empty if the kind has no such element. */
    public List<String> resolve(String path) {
        return tree.resolve(path).stream().map(SchemaNode::path).toList();
    }

    /** Whether a rule may leave the element value-absent: it exists, and everything the path means is nillable. */
    public boolean strippable(String path) {
        List<SchemaNode> nodes = tree.resolve(path);
        return !nodes.isEmpty() && nodes.stream().allMatch(SchemaNode::nillable);
    }

    /** Whether a rule may cut the element down: it exists, and everything the path means is a partial date. */
    public boolean maskable(String path) {
        List<SchemaNode> nodes = tree.resolve(path);
        return !nodes.isEmpty()
                && nodes.stream()
                        .allMatch(node -> node.nillable() && node.type().equals("PartialDateType"));
    }

    /** Every full path, in the order of the schema. */
    public List<Field> all() {
        List<Field> fields = new ArrayList<>();
        tree.forEach(node ->
                fields.add(new Field(node.path(), node.type(), node.occurs().toString(), node.nillable())));
        return fields;
    }

    /**
     * One element at one place.
     *
     * @param path full path
     * @param type name of its type
     * @param occurs how often, for people
     * @param strippable whether it has a value-absent form
     */
    public record Field(String path, String type, String occurs, boolean strippable) {}
}
