package org.embassage.translation.field;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.embassage.translation.description.CodeTables;
import org.embassage.translation.description.Section;

/** Reads the fields of a description. */
public final class FieldReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern MONTH_AND_DAY = Pattern.compile("(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])");
    private static final List<String> TYPES =
            List.of("text", "lines", "code", "date", "date-time", "decimal", "digits", "packed", "coordinate");
    private static final List<String> REASONS =
            List.of("UNKNOWN", "NOT_ASKED", "REFUSED", "NOT_APPLICABLE", "UNREADABLE", "NOT_MAPPED");
    private static final List<String> QUALITIES = List.of("DOCUMENTED", "CLAIMED", "ESTIMATED");

    private final CodeTables tables;
    private final StrictDecoder decoder;
    private final Characters characters;
    private final Map<String, String> absentEverywhere;

    /** @param absentEverywhere words that say of any field why there is no value */
    public FieldReader(
            CodeTables tables, StrictDecoder decoder, Characters characters, Map<String, String> absentEverywhere) {
        this.tables = tables;
        this.decoder = decoder;
        this.characters = characters;
        this.absentEverywhere = absentEverywhere;
    }

    /** Reads a table of words that say why there is no value. */
    public static Map<String, String> absentWords(Section section, String key) {
        Map<String, String> words = section.pairs(key);
        words.values().stream()
                .filter(reason -> !REASONS.contains(reason))
                .forEach(reason -> section.problem(
                        key,
                        "This is no reason for an absent value.",
                        "Use one of " + String.join(", ", REASONS) + "."));
        return words;
    }

    /** Reads one field whose place is known. */
    public Field read(Section section, FieldPlace place) {
        String name = section.text("name");
        if (section.has("name") && !NAME.matcher(name).matches()) {
            section.problem(
                    "name", "This is no field name.", "Use lower-case letters, digits and hyphens, 40 at most.");
        }
        String type = section.choice("type", "text", TYPES);
        Optional<Field.Packed> packed = type.equals("packed")
                ? Optional.of(new Field.Packed(section.number("scale", 0, 6, 0), section.flag("zero-is-empty", false)))
                : Optional.empty();
        if (packed.isPresent() && (place.length() < 1 || place.length() > 9)) {
            section.problem("type", "A packed number has 1 to 9 bytes of a fixed-width record.", "Correct its place.");
        }
        Map<String, String> absent = new HashMap<>(absentEverywhere);
        absent.putAll(absentWords(section, "absent"));
        Field field = new Field(
                name,
                place,
                type(section, type),
                packed,
                absent,
                section.pattern("blank-pattern"),
                section.flag("required", false),
                several(section),
                decoder,
                characters);
        section.done();
        return field;
    }

    private static Optional<Field.Several> several(Section section) {
        return section.optionalText("separator").map(separator -> {
            if (separator.isEmpty()) {
                section.problem("separator", "A separator is not empty.", "Use a text, or the word each-character.");
            }
            return new Field.Several(separator, section.number("most", 1, 32, 8));
        });
    }

    private FieldType type(Section section, String type) {
        return switch (type) {
            case "lines" -> new TextType(true, section.pattern("pattern"));
            case "code" ->
                new CodeType(tables.named(section, "table").orElseGet(() -> {
                    if (!section.has("table")) {
                        section.problem("table", "A code needs a code table.", "Name one.");
                    }
                    return CodeTables.EMPTY;
                }));
            case "date" -> date(section);
            case "date-time" -> dateTime(section);
            case "decimal" -> DecimalType.written(section.text("decimal-sign", ","), section.text("group-sign", ""));
            case "coordinate" -> new CoordinateType();
            case "digits" -> DecimalType.digits(section.number("scale", 0, 6, 0));
            default -> new TextType(false, section.pattern("pattern"));
        };
    }

    private static FieldType date(Section section) {
        String pattern = section.text("pattern");
        if (section.has("pattern") && !DateType.readable(pattern)) {
            section.problem(
                    "pattern", "This is no pattern of a date.", "Use yyyy or yy, MM and dd, each once, with signs.");
        }
        List<String> defaults = section.texts("administrative-defaults");
        if (!defaults.stream().allMatch(day -> MONTH_AND_DAY.matcher(day).matches())) {
            section.problem("administrative-defaults", "A day is written MM-dd here.", "Write for example 01-01.");
            defaults = List.of();
        }
        return new DateType(new DateType.Form(
                DateType.readable(pattern) ? pattern : "yyyyMMdd",
                section.number("pivot", 0, 99, 99),
                section.text("unknown-part", "?"),
                Set.copyOf(defaults),
                section.text("range-separator", ""),
                section.choice("quality", "CLAIMED", QUALITIES),
                section.flag("keep-original", false)));
    }

    private static FieldType dateTime(Section section) {
        String pattern = section.text("pattern");
        if (section.has("pattern") && !DateTimeType.readable(pattern)) {
            section.problem("pattern", "This is no pattern of a time.", "Use yyyy or yy, MM, dd, HH, mm, each once.");
        }
        String twice = section.choice("clock-set-back", "refuse", List.of("refuse", "earlier", "later"));
        return new DateTimeType(
                DateTimeType.readable(pattern) ? pattern : "yyyyMMddHHmm",
                section.number("pivot", 0, 99, 99),
                zone(section),
                DateTimeType.Twice.valueOf(twice.toUpperCase(Locale.ROOT)));
    }

    private static ZoneId zone(Section section) {
        String name = section.text("zone");
        try {
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            section.problem("zone", "There is no such time zone.", "Use a name like Europe/Prague.");
            return ZoneOffset.UTC;
        }
    }
}
