package org.embassage.translation.handover;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * What a document says beyond what its format carries, so that nothing is dropped in silence: paths of elements, never
 * their content. Thread-safe.
 *
 * @param carried paths that the format writes, each with all that is below it
 */
record Rest(Set<String> carried) {

    Rest {
        carried = Set.copyOf(carried);
    }

    /** Paths of the elements with a value that are not carried, in the order of the document. */
    Set<String> of(Node root) {
        Set<String> rest = new LinkedHashSet<>();
        for (Node part : root.children()) {
            if (!part.name().equals("Header")) {
                collect(part, part.name(), rest);
            }
        }
        return rest;
    }

    private void collect(Node node, String path, Set<String> rest) {
        if (carried.contains(path)) {
            return;
        }
        if (node.children().isEmpty()) {
            rest.add(path);
        }
        for (Node child : node.children()) {
            collect(child, path + "/" + child.name(), rest);
        }
    }
}
