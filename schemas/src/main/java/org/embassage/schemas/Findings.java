package org.embassage.schemas;

import java.util.ArrayList;
import java.util.List;
import org.embassage.schemas.xml.Violation;

/** Violations found in a file after it was read, when lines are no longer known. */
final class Findings {

    private final List<Violation> violations = new ArrayList<>();

    /** Notes a violation at {@code path} if {@code broken}. */
    void add(boolean broken, String ruleId, String path) {
        if (broken) {
            violations.add(new Violation(ruleId, path, 0, 0));
        }
    }

    List<Violation> all() {
        return List.copyOf(violations);
    }
}
