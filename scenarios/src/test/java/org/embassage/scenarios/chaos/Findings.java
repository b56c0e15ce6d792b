package org.embassage.scenarios.chaos;

import java.util.ArrayList;
import java.util.List;

/** What is not as it must be. */
final class Findings {

    private static final int MOST = 2000;

    private final List<String> lines = new ArrayList<>();
    private int more;

    synchronized void add(String line) {
        if (lines.size() < MOST) {
            lines.add(line);
        } else {
            more++;
        }
    }

    synchronized boolean isEmpty() {
        return lines.isEmpty();
    }

    synchronized List<String> lines() {
        List<String> all = new ArrayList<>(lines);
        if (more > 0) {
            all.add("and " + more + " more");
        }
        return all;
    }
}
