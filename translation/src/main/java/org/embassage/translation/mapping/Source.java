package org.embassage.translation.mapping;

import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.translation.description.CodeTable;
import org.embassage.translation.field.FieldValue;
import org.embassage.translation.field.Item;
import org.embassage.translation.field.PartialDay;
import org.embassage.translation.field.RowFault;

/** Where the text of an element comes from. Thread-safe. */
interface Source {

    FieldValue get(RecordValues record);

    /** Whether it comes from the record, and not from the description alone. */
    default boolean ofRecord() {
        return true;
    }

    /** A field's place among the fields, and its name. */
    record Ref(int position, String name) {}

    /** Text of the description. */
    record Constant(FieldValue value) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            return value;
        }

        @Override
        public boolean ofRecord() {
            return false;
        }
    }

    /** A field as it is. */
    record OfField(Ref ref) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            return record.get(ref.position());
        }
    }

    /** What another code table makes of a field's own text. */
    record Lookup(Ref ref, CodeTable table) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            FieldValue value = record.get(ref.position());
            return table.get(value.original()).map(FieldValue::of).orElseGet(() -> {
                if (value.isEmpty()) {
                    return value;
                }
                throw new RowFault(FaultCode.CODE_UNKNOWN, ref.name());
            });
        }
    }

    /** Several fields with a blank between them. */
    record Join(List<Ref> refs) implements Source {
        public Join {
            refs = List.copyOf(refs);
        }

        @Override
        public FieldValue get(RecordValues record) {
            List<String> parts = new ArrayList<>();
            Optional<FieldValue> absent = Optional.empty();
            for (Ref ref : refs) {
                FieldValue value = record.get(ref.position());
                value.items().forEach(item -> parts.add(item.text()));
                absent = absent.or(
                        () -> Optional.of(value).filter(v -> v.absentReason().isPresent()));
            }
            return parts.isEmpty() ? absent.orElse(FieldValue.EMPTY) : FieldValue.of(String.join(" ", parts));
        }
    }

    /** A day and a period after it. */
    record Plus(Ref ref, Period period) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            FieldValue value = record.get(ref.position());
            if (value.items().isEmpty()) {
                return value;
            }
            LocalDate day = value.items()
                    .get(0)
                    .day()
                    .flatMap(PartialDay::wholeDay)
                    .orElseThrow(() -> new RowFault(FaultCode.FIELD_MALFORMED, ref.name()))
                    .plus(period);
            return FieldValue.of(day.toString());
        }
    }

    /** Text before each value. */
    record Prefixed(Source source, String prefix) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            return mapped(source.get(record), text -> Optional.of(prefix + text));
        }
    }

    /** Upper-case Latin letters and digits only. A number with other letters has no such form. */
    record Normalised(Source source) implements Source {
        @Override
        public FieldValue get(RecordValues record) {
            FieldValue value = source.get(record);
            FieldValue normal = mapped(value, Normalised::normal);
            return normal.items().isEmpty() && !value.items().isEmpty()
                    ? FieldValue.absent("NOT_MAPPED", value.original())
                    : normal;
        }

        private static Optional<String> normal(String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            boolean latin = upper.chars().filter(Character::isLetterOrDigit).allMatch(c -> c < 0x7F);
            String bare = upper.replaceAll("[^A-Z0-9]", "");
            return latin && !bare.isEmpty() ? Optional.of(bare) : Optional.empty();
        }
    }

    /** Whether a person born then is, or may be, under 18 on a day. */
    record Minor(Ref birth, Ref day) implements Source {
        private static final int OF_AGE = 18;

        @Override
        public FieldValue get(RecordValues record) {
            Optional<LocalDate> on = first(record.get(day.position())).flatMap(PartialDay::wholeDay);
            Optional<LocalDate> latest = first(record.get(birth.position())).flatMap(PartialDay::latest);
            boolean adult = on.isPresent()
                    && latest.isPresent()
                    && !latest.get().plusYears(OF_AGE).isAfter(on.get());
            return FieldValue.of(Boolean.toString(!adult));
        }

        private static Optional<PartialDay> first(FieldValue value) {
            return value.items().stream().findFirst().flatMap(Item::day);
        }

        @Override
        public boolean ofRecord() {
            return false;
        }
    }

    /** One word if a fixed-width field is used to its last byte, so that a name may have been cut off, else another. */
    record WhenFull(List<Ref> refs, String then, String otherwise) implements Source {
        public WhenFull {
            refs = List.copyOf(refs);
        }

        @Override
        public FieldValue get(RecordValues record) {
            boolean full =
                    refs.stream().anyMatch(ref -> record.get(ref.position()).full());
            return FieldValue.of(full ? then : otherwise);
        }

        @Override
        public boolean ofRecord() {
            return false;
        }
    }

    /** The same value with other texts; texts without a counterpart are left out. */
    private static FieldValue mapped(FieldValue value, java.util.function.Function<String, Optional<String>> change) {
        List<Item> items = value.items().stream()
                .flatMap(item -> change.apply(item.text()).stream())
                .map(Item::of)
                .toList();
        return new FieldValue(items, value.absentReason(), value.original(), value.full());
    }
}
