package org.embassage.translation.mapping;

import java.time.LocalDate;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.field.Item;
import org.embassage.translation.field.PartialDay;
import org.embassage.translation.field.RowFault;

/** How an item is written inside its element. Thread-safe. */
interface Content {

    /** @param field name for a fault */
    void write(StringBuilder out, Item item, String field);

    /** Text. */
    Content TEXT = (out, item, field) -> XmlText.escape(out, item.text());

    /** A whole day; anything less is refused, because nothing may be invented. */
    Content DAY = (out, item, field) -> {
        if (item.day().isEmpty()) {
            XmlText.escape(out, item.text());
            return;
        }
        LocalDate day = item.day()
                .flatMap(PartialDay::wholeDay)
                .orElseThrow(() -> new RowFault(FaultCode.FIELD_MALFORMED, field));
        out.append(day);
    };

    /** What is known of a date. */
    Content PARTIAL_DAY = (out, item, field) ->
            partial(out, item.day().orElseThrow(() -> new RowFault(FaultCode.FIELD_MALFORMED, field)));

    private static void partial(StringBuilder out, PartialDay day) {
        if (day.year() == 0) {
            XmlText.element(out, "UnknownReasonCode", day.unknownReason());
        } else {
            known(out, day);
            XmlText.element(out, "DateQualityCode", day.quality());
        }
        day.original().ifPresent(original -> XmlText.element(out, "OriginalText", original));
    }

    private static void known(StringBuilder out, PartialDay day) {
        if (day.toYear() > 0) {
            XmlText.open(out, "YearRange");
            XmlText.element(out, "FromYear", Integer.toString(day.year()));
            XmlText.element(out, "ToYear", Integer.toString(day.toYear()));
            XmlText.close(out, "YearRange");
        } else if (day.month() == 0) {
            XmlText.element(out, "Year", Integer.toString(day.year()));
        } else if (day.day() == 0) {
            String month = day.month() < 10 ? "0" + day.month() : Integer.toString(day.month());
            XmlText.element(out, "YearMonth", day.year() + "-" + month);
        } else {
            XmlText.element(
                    out,
                    "Date",
                    LocalDate.of(day.year(), day.month(), day.day()).toString());
        }
    }

    /** Content of another namespace that two parties agreed on. */
    record Foreign(String element, String namespace) implements Content {
        @Override
        public void write(StringBuilder out, Item item, String field) {
            out.append("<x:").append(element).append(" xmlns:x=\"");
            XmlText.escape(out, namespace);
            out.append("\">");
            XmlText.escape(out, item.text());
            out.append("</x:").append(element).append('>');
        }
    }
}
