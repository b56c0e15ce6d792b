package org.embassage.translation.field;

import java.util.List;
import java.util.Optional;

/**
 * What a field of a record says: nothing, that there is no value and why, or one or more values. Holds personal data.
 *
 * @param items empty if there is no value
 * @param absentReason ValueAbsentReasonCode, if the source says that there is no value
 * @param original the source's text, stripped
 * @param full whether a fixed-width field is used to its last byte, so that the value may have been cut off
 */
public record FieldValue(List<Item> items, Optional<String> absentReason, String original, boolean full) {

    /** The field is blank. */
    public static final FieldValue EMPTY = new FieldValue(List.of(), Optional.empty(), "", false);

    public FieldValue {
        items = List.copyOf(items);
    }

    public static FieldValue of(String text) {
        return new FieldValue(List.of(Item.of(text)), Optional.empty(), text, false);
    }

    /** There is no value, and the source says why. */
    public static FieldValue absent(String reason, String original) {
        return new FieldValue(List.of(), Optional.of(reason), original, false);
    }

    /** Whether the source says nothing at all. */
    public boolean isEmpty() {
        return items.isEmpty() && absentReason.isEmpty();
    }

    @Override
    public String toString() {
        return "field value";
    }
}
