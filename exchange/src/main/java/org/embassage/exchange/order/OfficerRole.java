package org.embassage.exchange.order;

import java.util.Locale;
import java.util.Optional;

/** In what role a person gives an order. A closed list, so that no name gets into evidence. */
public enum OfficerRole {
    /** Runs the gateway. */
    OPERATOR,
    /** Answers for records of the agency. */
    OFFICER,
    /** Answers for officers. */
    SUPERVISOR,
    /** Answers for the security of the gateway. */
    SECURITY,
    /** Answers for the rights of the persons in the records. */
    DATA_PROTECTION;

    /** As in evidence, for example {@code DATA-PROTECTION}. */
    public String word() {
        return name().replace('_', '-');
    }

    /** @param text as in evidence, in any case */
    public static Optional<OfficerRole> of(String text) {
        for (OfficerRole role : values()) {
            if (role.word().equals(text.toUpperCase(Locale.ROOT))) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
