package org.embassage.schemas.rules;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/** PD-1: a range of years does not run backwards. PD-2: nor does a range of times. */
final class DateRule implements ElementRule {

    private String from = "";

    @Override
    public void end(ReadElement element) {
        switch (element.node().name()) {
            case "FromYear", "StartDateTime" -> from = element.text();
            case "ToYear" -> {
                if (element.text().compareTo(from) < 0) {
                    element.violates("PD-1");
                }
            }
            case "EndDateTime" -> {
                if (backwards(from, element.text())) {
                    element.violates("PD-2");
                }
            }
            default -> {
                // no end of a range
            }
        }
    }

    private static boolean backwards(String start, String end) {
        try {
            return OffsetDateTime.parse(end).isBefore(OffsetDateTime.parse(start));
        } catch (DateTimeException e) {
            return false; // the XSD tells that it is no time at all
        }
    }
}
