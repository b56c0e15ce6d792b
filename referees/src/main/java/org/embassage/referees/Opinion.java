package org.embassage.referees;

import java.util.List;

/**
 * What a referee says of one file.
 *
 * @param indication TOTAL_PASSED, INDETERMINATE, TOTAL_FAILED; PASSED or FAILED for an evidence record; UNREADABLE if
 *     there was nothing to judge
 * @param reason the sub-indication, or empty
 * @param level what was found, for example CAdES-BASELINE-T, or empty
 * @param messages what it holds against the file, in its own words
 */
public record Opinion(String indication, String reason, String level, List<String> messages) {

    private static final int GOOD = 0;
    private static final int OPEN = 1;
    private static final int BAD = 2;

    public Opinion {
        messages = List.copyOf(messages);
    }

    static Opinion unreadable(String reason) {
        return new Opinion("UNREADABLE", reason, "", List.of());
    }

    /** The higher, the worse. */
    int weight() {
        return switch (indication) {
            case "TOTAL_PASSED", "PASSED" -> GOOD;
            case "INDETERMINATE" -> OPEN;
            default -> BAD;
        };
    }

    @Override
    public String toString() {
        return (indication + " " + reason + " " + level).strip().replaceAll(" +", " ");
    }
}
