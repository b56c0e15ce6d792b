package org.embassage.schemas.xml;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One element of the schema at one place of the tree that documents can form. Immutable once the tree is built. */
public final class SchemaNode {

    private final String name;
    private final String type;
    private final boolean nillable;
    private final Occurs occurs;
    private final @Nullable SchemaNode parent;
    private final int ordinal;
    private final String path;
    private final Map<String, SchemaNode> children = new LinkedHashMap<>();

    /** @param global whether paths start anew here: it is a root or a document element */
    SchemaNode(String name, String type, boolean nillable, boolean global, Occurs occurs, @Nullable SchemaNode parent) {
        this.name = name;
        this.type = type;
        this.nillable = nillable;
        this.occurs = occurs;
        this.parent = parent;
        this.ordinal = parent == null ? 0 : parent.children.size();
        this.path = global ? "" : pathBelow(parent, name);
        if (parent != null) {
            parent.children.put(name, this);
        }
    }

    private static String pathBelow(@Nullable SchemaNode parent, String name) {
        if (parent == null) {
            return "";
        }
        return parent.path.isEmpty() ? name : parent.path + "/" + name;
    }

    public String name() {
        return name;
    }

    /** Name of its type in the schema. */
    public String type() {
        return type;
    }

    /** Whether it has a value-absent form, which is the same as: whether an agreement may strip it. */
    public boolean nillable() {
        return nillable;
    }

    public Occurs occurs() {
        return occurs;
    }

    /** Names from the document element (not included) down, joined by slashes; empty for the document element. */
    public String path() {
        return path;
    }

    /** The parent's name; empty for the root. */
    public String parentName() {
        return parent == null ? "" : parent.name;
    }

    /** Whether elements may stand in it. */
    public boolean hasChildren() {
        return !children.isEmpty();
    }

    public Collection<SchemaNode> children() {
        return children.values();
    }

    @Nullable
    SchemaNode child(String childName) {
        return children.get(childName);
    }

    /** Its position among its parent's children. */
    int ordinal() {
        return ordinal;
    }

    /** Whether {@code tail}, names joined by slashes, is the end of this node's path. */
    public boolean endsWith(String tail) {
        return path.equals(tail) || path.endsWith("/" + tail);
    }

    @Override
    public String toString() {
        return path;
    }

    /**
     * How often an element may stand in its place.
     *
     * @param min least
     * @param max most
     * @param alternative whether it is one of a choice, so that another may stand for it
     */
    public record Occurs(int min, int max, boolean alternative) {

        @Override
        public String toString() {
            String range = min == max ? String.valueOf(max) : min + ".." + max;
            return alternative ? range + " (choice)" : range;
        }
    }
}
