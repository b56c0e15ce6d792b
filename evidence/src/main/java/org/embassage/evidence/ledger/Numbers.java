package org.embassage.evidence.ledger;

import java.util.Optional;

/** Decimal numbers as the C2SP formats write them. */
final class Numbers {

    private Numbers() {}

    /** ASCII digits without leading zeros or signs, at most 18. */
    static Optional<Long> parse(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean canonical = digits && (text.length() == 1 || text.charAt(0) != '0');
        return canonical ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }
}
