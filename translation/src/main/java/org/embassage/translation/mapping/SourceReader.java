package org.embassage.translation.mapping;

import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.embassage.translation.description.CodeTable;
import org.embassage.translation.description.CodeTables;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.FieldValue;

/** Reads where the content of elements comes from. */
final class SourceReader {

    static final Source NOTHING = new Source.Constant(FieldValue.EMPTY);

    private static final String EACH = "each";
    private static final List<String> KINDS = List.of("constant", "field", "join", "minor-by", "when-full");

    private final Map<String, Integer> positions;
    private final CodeTables tables;
    private boolean repeating;

    SourceReader(Map<String, Integer> positions, CodeTables tables) {
        this.positions = positions;
        this.tables = tables;
    }

    /** Reads something inside an element that is repeated, where {@code each} names the value. */
    boolean within(Optional<Source.Ref> each, BooleanSupplier reading) {
        boolean before = repeating;
        repeating |= each.isPresent();
        boolean result = reading.getAsBoolean();
        repeating = before;
        return result;
    }

    Source constant(Section section, String key) {
        return constant(section.text(key));
    }

    Source constant(String text) {
        return new Source.Constant(FieldValue.of(text));
    }

    Source read(Section section, String element) {
        List<String> given = KINDS.stream().filter(section::has).toList();
        if (given.size() != 1) {
            section.problem(
                    "It must be said where the content comes from, once.",
                    "Give one of " + String.join(", ", KINDS) + ".");
            return NOTHING;
        }
        Source source = switch (given.get(0)) {
            case "constant" -> constant(section, "constant");
            case "join" -> new Source.Join(refs(section, "join"));
            case "minor-by" -> new Source.Minor(ref(section, "minor-by"), ref(section, "on"));
            case "when-full" ->
                new Source.WhenFull(refs(section, "when-full"), section.text("then"), section.text("otherwise"));
            default -> field(section);
        };
        Optional<String> prefix = section.optionalText("prefix");
        Source whole = prefix.isPresent() ? new Source.Prefixed(source, prefix.get()) : source;
        boolean normalised = section.has("as")
                && section.choice("as", "", List.of("normalised-id")).equals("normalised-id");
        return normalised ? new Source.Normalised(whole) : whole;
    }

    private Source field(Section section) {
        Source.Ref ref = ref(section, "field");
        if (section.has("lookup")) {
            CodeTable table = tables.named(section, "lookup").orElse(CodeTables.EMPTY);
            return new Source.Lookup(ref, table);
        }
        if (section.has("plus")) {
            try {
                return new Source.Plus(ref, Period.parse(section.text("plus")));
            } catch (DateTimeParseException e) {
                section.problem("plus", "This is no period.", "Write for example P3Y or P90D.");
            }
        }
        return new Source.OfField(ref);
    }

    List<Source.Ref> refs(Section section, String key) {
        return section.texts(key).stream().map(name -> ref(section, key, name)).toList();
    }

    Source.Ref ref(Section section, String key) {
        return ref(section, key, section.text(key));
    }

    private Source.Ref ref(Section section, String key, String name) {
        if (name.equals(EACH) && repeating) {
            return new Source.Ref(RecordValues.EACH, EACH);
        }
        Integer position = positions.get(name);
        if (position == null) {
            if (section.has(key)) {
                section.problem(key, "There is no such field in this record type.", "Name one of its fields.");
            }
            return new Source.Ref(0, name);
        }
        return new Source.Ref(position, name);
    }

    /** Where a section's content comes from, for the lineage. */
    String origin(Section section) {
        if (section.has("constant")) {
            return "constant";
        }
        if (section.has("lookup")) {
            return "lookup " + section.text("lookup", "") + " by field " + section.text("field", "");
        }
        String plus =
                section.optionalText("plus").map(period -> " plus " + period).orElse("");
        return KINDS.stream()
                .filter(section::has)
                .findFirst()
                .map(kind -> kind + " " + String.join(", ", section.texts(kind)) + plus)
                .orElse("");
    }

    /** The field to blame. */
    String fieldName(Section section) {
        return KINDS.stream()
                .filter(section::has)
                .filter(kind -> !kind.equals("constant"))
                .findFirst()
                .map(kind -> String.join(",", section.texts(kind)))
                .orElse("");
    }
}
