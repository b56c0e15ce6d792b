package org.embassage.translation.field;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A local time of a named zone, written on with its offset. Midnight may be 24:00 of the day before. A local time that
 * the clock skipped does not exist; one that it showed twice is refused unless the description says which is meant.
 */
final class DateTimeType implements FieldType {

    /** Which of the two is meant when the clock was set back. */
    enum Twice {
        REFUSE,
        EARLIER,
        LATER
    }

    private static final DateTimeFormatter OUT = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

    private final Pattern shape;
    private final int pivot;
    private final ZoneId zone;
    private final Twice twice;

    /** @param pattern of yyyy or yy, MM, dd, HH, mm, ss and literals */
    DateTimeType(String pattern, int pivot, ZoneId zone, Twice twice) {
        this.pivot = pivot;
        this.zone = zone;
        this.twice = twice;
        this.shape = Pattern.compile(Pattern.quote(pattern)
                .replace("yyyy", "\\E(?<Y>[0-9]{4})\\Q")
                .replace("yy", "\\E(?<y>[0-9]{2})\\Q")
                .replace("MM", "\\E(?<M>[0-9]{2})\\Q")
                .replace("dd", "\\E(?<d>[0-9]{2})\\Q")
                .replace("HH", "\\E(?<H>[0-9]{2})\\Q")
                .replace("mm", "\\E(?<m>[0-9]{2})\\Q")
                .replace("ss", "\\E(?<s>[0-9]{2})\\Q"));
    }

    /** Whether a pattern has every part it needs. */
    static boolean readable(String pattern) {
        String parts = pattern.replaceAll("[^yMdHms]", "");
        return List.of("yyyyMMddHHmm", "yyMMddHHmm", "ddMMyyyyHHmm", "ddMMyyHHmm", "yyyyMMddHHmmss", "ddMMyyyyHHmmss")
                .contains(parts);
    }

    @Override
    public Optional<Item> read(String text, String field) {
        Matcher matcher = shape.matcher(text);
        return matcher.matches() ? at(matcher) : Optional.empty();
    }

    private Optional<Item> at(Matcher matcher) {
        boolean wholeYear = shape.pattern().contains("?<Y>");
        int digits = Integer.parseInt(matcher.group(wholeYear ? "Y" : "y"));
        int year = wholeYear ? digits : digits + (digits <= pivot ? 2000 : 1900);
        int hour = Integer.parseInt(matcher.group("H"));
        int minute = Integer.parseInt(matcher.group("m"));
        int second = shape.pattern().contains("?<s>") ? Integer.parseInt(matcher.group("s")) : 0;
        boolean midnight = hour == 24 && minute == 0 && second == 0;
        try {
            LocalDate day =
                    LocalDate.of(year, Integer.parseInt(matcher.group("M")), Integer.parseInt(matcher.group("d")));
            LocalDateTime local = day.plusDays(midnight ? 1 : 0).atTime(midnight ? 0 : hour, minute, second);
            return offset(local).map(offset -> Item.of(OUT.format(local.atOffset(offset))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private Optional<ZoneOffset> offset(LocalDateTime local) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        if (offsets.size() == 2) {
            return switch (twice) {
                case EARLIER -> Optional.of(offsets.get(0));
                case LATER -> Optional.of(offsets.get(1));
                case REFUSE -> Optional.empty();
            };
        }
        return offsets.stream().findFirst();
    }
}
