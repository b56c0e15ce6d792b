package org.embassage.translation.field;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.embassage.exchange.fault.FaultCode;

/** One field of a record, as the description has it. Thread-safe. */
public final class Field {

    /** How several values stand in one field. */
    record Several(String separator, int most) {
        static final String EACH_CHARACTER = "each-character";
    }

    /** A packed number instead of text. */
    record Packed(int scale, boolean zeroIsEmpty) {}

    /** Longer than any value of the shared schema, and short enough for every pattern. */
    private static final int LONGEST_TEXT = 4_000;

    private static final int LONGEST_LINES = 10_000;

    private final String name;
    private final FieldPlace place;
    private final FieldType type;
    private final Optional<Packed> packed;
    private final Map<String, String> absent;
    private final Optional<Pattern> blank;
    private final boolean required;
    private final Optional<Several> several;
    private final StrictDecoder decoder;
    private final Characters characters;

    Field(
            String name,
            FieldPlace place,
            FieldType type,
            Optional<Packed> packed,
            Map<String, String> absent,
            Optional<Pattern> blank,
            boolean required,
            Optional<Several> several,
            StrictDecoder decoder,
            Characters characters) {
        this.name = name;
        this.place = place;
        this.type = type;
        this.packed = packed;
        this.absent = Map.copyOf(absent);
        this.blank = blank;
        this.required = required;
        this.several = several;
        this.decoder = decoder;
        this.characters = characters;
    }

    /** The name that faults give. */
    public String name() {
        return name;
    }

    public FieldPlace place() {
        return place;
    }

    /**
     * Reads the field.
     *
     * @throws RowFault if it does not have the form, the characters or the presence that the description asks for
     */
    public FieldValue read(Row row) {
        byte[] octets = row.bytes(place);
        return packed.isPresent() ? number(octets, packed.get()) : text(octets);
    }

    private FieldValue text(byte[] octets) {
        String written = decoder.decode(octets).orElseThrow(() -> new RowFault(FaultCode.RECORD_WRONG_ENCODING, name));
        if (written.length() > (type.lines() ? LONGEST_LINES : LONGEST_TEXT)) {
            throw malformed();
        }
        String text = characters.clean(written, type.lines(), name);
        String reason = absent.get(text);
        if (reason != null) {
            return FieldValue.absent(reason, text);
        }
        if (text.isEmpty()
                || blank.filter(pattern -> pattern.matcher(text).matches()).isPresent()) {
            return empty();
        }
        boolean full = place.length() > 0 && written.charAt(written.length() - 1) != ' ';
        return new FieldValue(items(text), Optional.empty(), text, full);
    }

    private FieldValue empty() {
        if (required) {
            throw new RowFault(FaultCode.FIELD_MISSING, name);
        }
        return FieldValue.EMPTY;
    }

    private List<Item> items(String text) {
        if (several.isEmpty()) {
            return List.of(item(text));
        }
        List<Item> items = new ArrayList<>();
        for (String part : parts(text, several.get())) {
            if (!part.isBlank()) {
                items.add(item(part.strip()));
            } else if (!several.get().separator().equals(Several.EACH_CHARACTER)) {
                throw malformed();
            }
            if (items.size() > several.get().most()) {
                throw malformed();
            }
        }
        return items;
    }

    private static String[] parts(String text, Several several) {
        return several.separator().equals(Several.EACH_CHARACTER)
                ? text.split("", Integer.MAX_VALUE)
                : text.split(Pattern.quote(several.separator()), several.most() + 2);
    }

    private Item item(String text) {
        return type.read(text, name).orElseThrow(this::malformed);
    }

    private FieldValue number(byte[] octets, Packed form) {
        if (decoder.decode(octets).filter(String::isBlank).isPresent()) {
            return empty();
        }
        BigDecimal number = PackedDecimal.read(octets, form.scale()).orElseThrow(this::malformed);
        if (number.signum() < 0) {
            throw malformed();
        }
        return number.signum() == 0 && form.zeroIsEmpty() ? empty() : FieldValue.of(DecimalType.plain(number));
    }

    private RowFault malformed() {
        return new RowFault(FaultCode.FIELD_MALFORMED, name);
    }
}
