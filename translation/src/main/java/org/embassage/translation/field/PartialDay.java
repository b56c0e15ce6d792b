package org.embassage.translation.field;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;

/**
 * What is known of a date. A part that is not known is 0; nothing is invented to fill it up.
 *
 * @param year 0 if not even the year is known; then {@code unknownReason} says why
 * @param month 0 if not known
 * @param day 0 if not known
 * @param toYear last year of a range that begins with {@code year}; 0 if it is no range
 * @param quality DateQualityCode of the shared schema
 * @param original how the source writes it, where that says more or other than the parts do
 * @param unknownReason DateUnknownReasonCode of the shared schema; empty if a part is known
 */
public record PartialDay(
        int year, int month, int day, int toYear, String quality, Optional<String> original, String unknownReason) {

    /** The whole day, if day, month and year are known. */
    public Optional<LocalDate> wholeDay() {
        return year > 0 && month > 0 && day > 0 ? Optional.of(LocalDate.of(year, month, day)) : Optional.empty();
    }

    /** The last day that it can be; empty if it can be any. */
    public Optional<LocalDate> latest() {
        if (year == 0) {
            return Optional.empty();
        }
        LocalDate lastOfYear = LocalDate.of(Math.max(year, toYear), 12, 31);
        if (month == 0 || toYear > 0) {
            return Optional.of(lastOfYear);
        }
        LocalDate first = LocalDate.of(year, month, 1);
        return Optional.of(day == 0 ? first.withDayOfMonth(first.lengthOfMonth()) : first.withDayOfMonth(day));
    }

    /** Whether the parts can be a date from 1500 to 2199. */
    boolean exists() {
        if (year < 1500 || year > 2199 || month > 12 || (toYear > 0 && (toYear < year || toYear > 2199))) {
            return false;
        }
        try {
            LocalDate.of(year, Math.max(month, 1), Math.max(day, 1));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Nothing: a date of birth is personal. */
    @Override
    public String toString() {
        return "partial day";
    }
}
