package org.embassage.translation.field;

import java.util.Optional;

/** How the text of a field becomes a value. Thread-safe. */
interface FieldType {

    /**
     * The value.
     *
     * @param text not empty, clean, without blanks at the ends
     * @return empty if the text does not have the form
     * @throws RowFault with a more precise reason
     */
    Optional<Item> read(String text, String field);

    /** Whether it may have several lines. */
    default boolean lines() {
        return false;
    }
}
