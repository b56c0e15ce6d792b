package org.embassage.translation.mapping;

import java.util.List;
import org.embassage.translation.field.FieldValue;

/** The values of one record's fields, by position, and the item that is being repeated. Holds personal data. */
final class RecordValues {

    /** Position of the item that is being repeated. */
    static final int EACH = -1;

    private final List<FieldValue> values;
    private FieldValue each = FieldValue.EMPTY;

    RecordValues(List<FieldValue> values) {
        this.values = values;
    }

    FieldValue get(int position) {
        return position == EACH ? each : values.get(position);
    }

    void repeat(FieldValue item) {
        each = item;
    }

    @Override
    public String toString() {
        return "record values";
    }
}
