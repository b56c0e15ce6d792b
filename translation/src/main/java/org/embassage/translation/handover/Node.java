package org.embassage.translation.handover;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One element of a received message. Holds personal data. Written by {@link MessageTree} only. */
final class Node {

    private final String name;
    private final Optional<String> absentReason;
    private final List<Node> children = new ArrayList<>();
    private String text = "";

    Node(String name, Optional<String> absentReason) {
        this.name = name;
        this.absentReason = absentReason;
    }

    String name() {
        return name;
    }

    /** Why there is no value, if the element is in its value-absent form. */
    Optional<String> absentReason() {
        return absentReason;
    }

    List<Node> children() {
        return children;
    }

    Optional<Node> child(String childName) {
        for (Node child : children) {
            if (child.name.equals(childName)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    void text(String content) {
        text = content;
    }

    /** Its own text, or for an element that holds others the texts of all of them. */
    String text() {
        if (children.isEmpty()) {
            return text;
        }
        List<String> parts = new ArrayList<>();
        children.forEach(child -> parts.add(child.text()));
        return String.join(" ", parts);
    }

    /**
     * The nodes at a path below this one. An element in its value-absent form stands for everything below it.
     *
     * @param path names
     */
    List<Node> at(List<String> path) {
        List<Node> found = new ArrayList<>();
        collect(path, 0, found);
        return found;
    }

    private void collect(List<String> path, int depth, List<Node> found) {
        if (depth == path.size() || absentReason.isPresent()) {
            found.add(this);
            return;
        }
        for (Node child : children) {
            if (child.name.equals(path.get(depth))) {
                child.collect(path, depth + 1, found);
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
