package org.embassage.gateway.demo;

import java.util.ArrayList;
import java.util.List;

/** A sequence between two gateways, drawn in characters: what each does, and what goes from one to the other. */
final class Figure {

    private static final int WIDTH = 66;

    private final List<String> lines = new ArrayList<>();

    Figure(String left, String right) {
        lines.add(left + " ".repeat(Math.max(1, WIDTH + 2 - left.length())) + right);
    }

    /** The left one does something. */
    Figure left(String text) {
        return between(" " + text);
    }

    /** The right one does something. */
    Figure right(String text) {
        return between(" ".repeat(Math.max(0, WIDTH - text.length() - 1)) + text);
    }

    /** Something goes to the right. */
    Figure toRight(String text) {
        String words = " ── " + text + " ";
        return between(words + "─".repeat(Math.max(0, WIDTH - words.length() - 1)) + "▶");
    }

    /** Something goes to the left. */
    Figure toLeft(String text) {
        String words = "◀── " + text + " ";
        return between(words + "─".repeat(Math.max(0, WIDTH - words.length() - 1)));
    }

    private Figure between(String text) {
        lines.add("  │" + text + " ".repeat(Math.max(0, WIDTH - text.length())) + "│");
        return this;
    }

    List<String> lines() {
        return lines;
    }
}
