package org.embassage.gateway.config;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds what a mistyped word was meant to be. */
final class Likeness {

    private Likeness() {}

    /** The known word that is fewest edits away, if it is at most {@code limit} away. */
    static Optional<String> nearest(String word, List<String> known, int limit) {
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= Math.min(limit, candidate.length() / 2))
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** Levenshtein distance. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
