package org.embassage.translation.field;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A date written by a pattern of {@code yyyy} or {@code yy}, {@code MM}, {@code dd} and literals. A part made only of
 * the {@code unknownPart} characters is not known.
 */
final class DateType implements FieldType {

    /**
     * @param pivot two-digit years up to this are of this century, later ones of the last
     * @param unknownPart characters that stand for digits nobody knows
     * @param administrativeDefaults days as MM-dd that a source writes when it knows only the year
     * @param rangeSeparator what stands between two years of a range; empty if there are no ranges
     */
    record Form(
            String pattern,
            int pivot,
            String unknownPart,
            Set<String> administrativeDefaults,
            String rangeSeparator,
            String quality,
            boolean keepOriginal) {}

    /** No month and no day: a 00 that does not stand for "unknown" is an error. */
    private static final int NO_SUCH_PART = 99;

    private final Form form;
    private final Pattern shape;
    private final List<Character> parts = new ArrayList<>();
    private final Optional<Pattern> range;
    private final Set<Integer> administrativeDefaults;

    DateType(Form form) {
        this.form = form;
        this.administrativeDefaults = form.administrativeDefaults().stream()
                .map(day -> Integer.parseInt(day.replace("-", "")))
                .collect(Collectors.toUnmodifiableSet());
        this.shape = Pattern.compile(shapeOf(form.pattern()));
        this.range = form.rangeSeparator().isEmpty()
                ? Optional.empty()
                : Optional.of(Pattern.compile("([0-9]{4})" + Pattern.quote(form.rangeSeparator()) + "([0-9]{4})"));
    }

    /** Whether a pattern can be read: each part once, each of two digits or four for the year. */
    static boolean readable(String pattern) {
        String parts = pattern.replaceAll("[^yMdHm]", "");
        return Set.of(
                        "yyyyMMdd",
                        "yyMMdd",
                        "ddMMyyyy",
                        "ddMMyy",
                        "MMddyyyy",
                        "MMddyy",
                        "yyyyMM",
                        "MMyyyy",
                        "yyyy",
                        "yy")
                .contains(parts);
    }

    private String shapeOf(String pattern) {
        String unknown = form.unknownPart().isEmpty() ? "" : "|[" + quoted(form.unknownPart()) + "]{%1$d}";
        StringBuilder regex = new StringBuilder();
        int i = 0;
        while (i < pattern.length()) {
            char c = pattern.charAt(i);
            int run = 1;
            while (i + run < pattern.length() && pattern.charAt(i + run) == c) {
                run++;
            }
            if (c == 'y' || c == 'M' || c == 'd') {
                parts.add(c);
                regex.append('(')
                        .append(("[0-9]{%1$d}" + unknown).replace("%1$d", Integer.toString(run)))
                        .append(')');
            } else {
                regex.append(Pattern.quote(pattern.substring(i, i + run)));
            }
            i += run;
        }
        return regex.toString();
    }

    private static String quoted(String characters) {
        StringBuilder quoted = new StringBuilder();
        characters
                .chars()
                .forEach(c ->
                        quoted.append("\\x{").append(Integer.toHexString(c)).append('}'));
        return quoted.toString();
    }

    @Override
    public Optional<Item> read(String text, String field) {
        Matcher matcher = shape.matcher(text);
        if (matcher.matches()) {
            int year = 0;
            int month = 0;
            int day = 0;
            boolean known = false;
            for (int i = 0; i < parts.size(); i++) {
                String digits = matcher.group(i + 1);
                known |= !isUnknown(digits);
                switch (parts.get(i)) {
                    case 'y' -> year = year(digits);
                    case 'M' -> month = part(digits);
                    default -> day = part(digits);
                }
            }
            return known ? day(year, month, day, text) : day(0, 0, 0, text);
        }
        return range.map(pattern -> pattern.matcher(text))
                .filter(Matcher::matches)
                .map(years -> new PartialDay(
                        Integer.parseInt(years.group(1)),
                        0,
                        0,
                        Integer.parseInt(years.group(2)),
                        "ESTIMATED",
                        Optional.empty(),
                        ""))
                .filter(PartialDay::exists)
                .map(day -> new Item(text, Optional.of(day)));
    }

    private Optional<Item> day(int year, int month, int day, String text) {
        if (year == 0) {
            // A month or a day without a year cannot be said in the shared schema: the original says it.
            String reason = month == 0 && day == 0 ? "UNKNOWN" : "NOT_MAPPED";
            return Optional.of(
                    new Item(text, Optional.of(new PartialDay(0, 0, 0, 0, "", original(text, true), reason))));
        }
        boolean makeshift = month > 0 && day > 0 && administrativeDefaults.contains(month * 100 + day);
        boolean monthless = month == 0 || makeshift;
        boolean partial = monthless || day == 0;
        PartialDay found = new PartialDay(
                year,
                monthless ? 0 : month,
                partial ? 0 : day,
                0,
                makeshift ? "ADMINISTRATIVE_DEFAULT" : form.quality(),
                original(text, partial),
                "");
        boolean real = new PartialDay(year, month, day, 0, "", Optional.empty(), "").exists();
        return real ? Optional.of(new Item(text, Optional.of(found))) : Optional.empty();
    }

    private Optional<String> original(String text, boolean partial) {
        boolean sayable = text.chars().anyMatch(Character::isLetterOrDigit);
        return sayable && (partial || form.keepOriginal()) ? Optional.of(text) : Optional.empty();
    }

    private boolean isUnknown(String digits) {
        return digits.chars().allMatch(c -> form.unknownPart().indexOf(c) >= 0);
    }

    private int part(String digits) {
        if (isUnknown(digits)) {
            return 0;
        }
        int number = Integer.parseInt(digits);
        return number == 0 ? NO_SUCH_PART : number;
    }

    /** A two-digit year 00 is a year unless the whole date says that nothing is known. */
    private int year(String digits) {
        if (digits.length() == 4) {
            return isUnknown(digits) ? 0 : Integer.parseInt(digits);
        }
        if (!digits.chars().allMatch(Character::isDigit)) {
            return 0;
        }
        int year = Integer.parseInt(digits);
        return year <= form.pivot() ? 2000 + year : 1900 + year;
    }
}
