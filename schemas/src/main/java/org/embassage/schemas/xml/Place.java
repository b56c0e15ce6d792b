package org.embassage.schemas.xml;

import org.jspecify.annotations.Nullable;

/** Where in the schema's tree a reading is. Keeps what the XPath of a violation needs and builds it only on demand. */
final class Place {

    private static final int[] NONE = {};

    private final @Nullable SchemaNode[] nodes;
    private final boolean[] nils;
    private final int[] childCounts;
    private final int[] positions;
    private final int[][] sameNamed;
    private int depth;

    Place(int deepest) {
        nodes = new SchemaNode[deepest + 1];
        nils = new boolean[deepest + 1];
        childCounts = new int[deepest + 1];
        positions = new int[deepest + 1];
        sameNamed = new int[deepest + 1][];
    }

    int depth() {
        return depth;
    }

    void enter(@Nullable SchemaNode node) {
        positions[depth + 1] = node == null || depth == 0 ? 1 : ++sameNamed[depth][node.ordinal()];
        childCounts[depth]++;
        depth++;
        nodes[depth] = node;
        nils[depth] = false;
        childCounts[depth] = 0;
        sameNamed[depth] = node == null || !node.hasChildren()
                ? NONE
                : new int[node.children().size()];
    }

    void leave() {
        nodes[depth] = null;
        depth--;
    }

    @Nullable
    SchemaNode node() {
        return nodes[depth];
    }

    boolean nil() {
        return nils[depth];
    }

    void nil(boolean nil) {
        nils[depth] = nil;
    }

    int childCount() {
        return childCounts[depth];
    }

    String path() {
        StringBuilder path = new StringBuilder();
        for (int level = 1; level <= depth; level++) {
            SchemaNode node = nodes[level];
            path.append('/').append(node == null ? "*" : node.name());
            if (node != null && node.occurs().max() > 1) {
                path.append('[').append(positions[level]).append(']');
            }
        }
        return path.length() == 0 ? "/" : path.toString();
    }
}
