package org.embassage.exchange.order;

import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.evidence.receipt.Evidence.Act;

/**
 * Who gives an order: a role and a random pseudonym, never a name. Whose pseudonym it is, is known to the agency alone.
 *
 * @param pseudonym {@code p-} and 16 random hexadecimal digits
 */
public record Officer(OfficerRole role, String pseudonym) {

    private static final Pattern PSEUDONYM = Pattern.compile("p-[0-9a-f]{16}");

    /** @throws IllegalArgumentException if the pseudonym is not of its form */
    public Officer {
        if (!isPseudonym(pseudonym)) {
            throw new IllegalArgumentException("a pseudonym is p- and 16 random hexadecimal digits");
        }
    }

    /** Whether the text has the form of a pseudonym. */
    public static boolean isPseudonym(String text) {
        return PSEUDONYM.matcher(text).matches();
    }

    /** The act of this person, for evidence. */
    public Act act(String word, Optional<String> item) {
        return new Act(word, role.word(), Optional.of(pseudonym), item);
    }

    /** Role and pseudonym as one line, as a leaf names them. */
    @Override
    public String toString() {
        return role.word() + " " + pseudonym;
    }
}
