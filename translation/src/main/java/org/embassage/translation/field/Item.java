package org.embassage.translation.field;

import java.util.Optional;

/**
 * One value of a field.
 *
 * @param text in the writing of the shared schema, checked for characters, not escaped; for a date the source's own
 * @param day the date, if the field is one
 */
public record Item(String text, Optional<PartialDay> day) {

    public static Item of(String text) {
        return new Item(text, Optional.empty());
    }

    @Override
    public String toString() {
        return "item";
    }
}
