package org.embassage.translation.mapping;

import java.util.List;
import java.util.Optional;
import org.embassage.translation.field.FieldValue;
import org.embassage.translation.field.Item;
import org.embassage.translation.field.PartialDay;

/**
 * An element that holds a value.
 *
 * @param field name for a fault
 * @param language value of the attribute {@code lang}
 */
record Leaf(Place place, Source source, Content content, Optional<String> language, String field)
        implements ElementWriter {

    @Override
    public boolean write(RecordValues record, StringBuilder out) {
        if (!place.applies(record)) {
            return false;
        }
        FieldValue value = source.get(record);
        if (value.absentReason().isPresent()) {
            return content == Content.PARTIAL_DAY
                    ? unknownDay(out, value)
                    : place.writeAbsent(out, value.absentReason().get(), field);
        }
        if (value.items().isEmpty()) {
            return place.writeEmpty(out);
        }
        for (Item item : value.items()) {
            write(out, item);
        }
        return source.ofRecord();
    }

    private void write(StringBuilder out, Item item) {
        out.append('<').append(place.name());
        language.ifPresent(code -> out.append(" lang=\"").append(code).append('"'));
        out.append('>');
        content.write(out, item, field);
        XmlText.close(out, place.name());
    }

    /** A date that is not known keeps how the source writes that. */
    private boolean unknownDay(StringBuilder out, FieldValue value) {
        Optional<String> original =
                Optional.of(value.original()).filter(text -> text.codePoints().anyMatch(Character::isLetterOrDigit));
        String reason = value.absentReason().orElse("UNKNOWN");
        write(out, new Item("", Optional.of(new PartialDay(0, 0, 0, 0, "", original, reason))));
        return true;
    }

    @Override
    public boolean ofRecord() {
        return source.ofRecord();
    }

    /** The lines of a machine-readable zone and what their check digits say. */
    record Zone(Place place, Source source) implements ElementWriter {
        @Override
        public boolean write(RecordValues record, StringBuilder out) {
            FieldValue value = source.get(record);
            if (value.items().isEmpty() || !place.applies(record)) {
                return value.absentReason()
                        .map(reason -> place.writeAbsent(out, reason, "mrz"))
                        .orElseGet(() -> place.writeEmpty(out));
            }
            List<String> lines = value.items().stream().map(Item::text).toList();
            XmlText.open(out, place.name());
            lines.forEach(line -> XmlText.element(out, "LineText", line));
            Mrz.writeChecks(out, lines);
            XmlText.close(out, place.name());
            return true;
        }

        @Override
        public boolean ofRecord() {
            return true;
        }
    }
}
