package org.embassage.translation.mapping;

import java.util.List;
import java.util.Optional;
import org.embassage.translation.field.FieldValue;
import org.embassage.translation.field.Item;

/**
 * An element that holds others. If it could say something of the record and does not, it is left out with its
 * constants.
 *
 * @param each field for each value of which the element is written once
 */
record Branch(Place place, Optional<Source.Ref> each, List<ElementWriter> children, boolean ofRecord)
        implements ElementWriter {

    Branch {
        children = List.copyOf(children);
    }

    @Override
    public boolean write(RecordValues record, StringBuilder out) {
        if (!place.applies(record)) {
            return false;
        }
        if (each.isEmpty()) {
            return writeOnce(record, out) || (ofRecord && place.writeEmpty(out));
        }
        FieldValue value = record.get(each.get().position());
        if (value.absentReason().isPresent()) {
            return place.writeAbsent(out, value.absentReason().get(), each.get().name());
        }
        for (Item item : value.items()) {
            record.repeat(new FieldValue(List.of(item), Optional.empty(), item.text(), false));
            writeOnce(record, out);
        }
        record.repeat(FieldValue.EMPTY);
        return value.items().isEmpty() ? place.writeEmpty(out) : true;
    }

    private boolean writeOnce(RecordValues record, StringBuilder out) {
        int start = out.length();
        XmlText.open(out, place.name());
        boolean said = false;
        for (ElementWriter child : children) {
            said |= child.write(record, out);
        }
        if (ofRecord && !said) {
            out.setLength(start);
            return false;
        }
        XmlText.close(out, place.name());
        return said;
    }
}
