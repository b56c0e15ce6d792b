package org.embassage.translation.mapping;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.embassage.schemas.DocumentKind;
import org.embassage.translation.description.CodeTables;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.Field;
import org.embassage.translation.mapping.Mapping.Lineage;

/**
 * Reads the mapping of one record type. It mirrors the document: keys with a capital letter are elements of the shared
 * schema, in any order; the others say where their content comes from. Checked against the schema while it is read.
 */
public final class MappingReader {

    private static final List<String> REASONS =
            List.of("UNKNOWN", "NOT_ASKED", "REFUSED", "NOT_APPLICABLE", "UNREADABLE", "NOT_MAPPED");

    private final DocumentKind kind;
    private final SchemaPaths schema;
    private final List<Field> fields;
    private final SourceReader sources;
    private final Map<Integer, List<Lineage>> lineage = new TreeMap<>();

    public MappingReader(DocumentKind kind, List<Field> fields, CodeTables tables) {
        this.kind = kind;
        this.schema = new SchemaPaths(kind);
        this.fields = fields;
        Map<String, Integer> positions = new HashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            positions.put(fields.get(i).name(), i);
        }
        this.sources = new SourceReader(positions, tables);
    }

    /**
     * Reads a record type.
     *
     * @param governance the feed's own governance values, which those of the record type override
     */
    public Mapping read(Section record, Optional<Section> governance) {
        Section document = record.section("document");
        Source action = record.isText("action")
                ? sources.constant(record, "action")
                : sources.read(record.section("action"), "");
        Map<Integer, ElementWriter> elements = new TreeMap<>();
        Map<String, Section> inherited = new HashMap<>();
        governance.ifPresent(section -> inherited.put("Governance", section));
        children(document, "", elements, inherited);
        document.done();
        Source origin = originRecordRef(document, governance);
        List<Lineage> all = lineage.values().stream().flatMap(List::stream).toList();
        return new Mapping(kind, fields, List.copyOf(elements.values()), action, origin, all);
    }

    /** The draft's origin record reference is what stands in the governance block. */
    private Source originRecordRef(Section document, Optional<Section> governance) {
        Optional<Section> own = document.optionalSection("Governance");
        Optional<Section> holder =
                own.filter(section -> section.has("OriginRecordRef")).or(() -> governance);
        return holder.flatMap(section -> section.optionalSection("OriginRecordRef"))
                .map(section -> sources.read(section, "OriginRecordRef"))
                .orElseGet(() -> {
                    document.problem(
                            "Governance",
                            "OriginRecordRef must come from a field.",
                            "Map it from the record's own id.");
                    return SourceReader.NOTHING;
                });
    }

    /** Reads the elements of a section into {@code written}; says whether any comes from the record. */
    private boolean children(
            Section section, String path, Map<Integer, ElementWriter> written, Map<String, Section> inherited) {
        boolean ofRecord = false;
        for (SchemaPaths.Element element : schema.in(path)) {
            String name = element.name();
            Section from = section;
            if (!section.has(name) && inherited.containsKey(path)) {
                from = inherited.getOrDefault(path, section);
            }
            if (from.has(name)) {
                ElementWriter writer = element(from, name, element, inherited);
                written.put(element.order(), writer);
                ofRecord |= writer.ofRecord();
            } else if (path.isEmpty() && inherited.containsKey(name)) {
                ElementWriter writer = branch(emptyOf(section), element, inherited);
                written.put(element.order(), writer);
            } else if (!element.optional()) {
                section.problem(name, "The shared schema requires this element here.", "Map it.");
            }
        }
        return ofRecord;
    }

    private static Section emptyOf(Section section) {
        return section.nothing("Governance");
    }

    private ElementWriter element(
            Section parent, String name, SchemaPaths.Element element, Map<String, Section> inherited) {
        if (parent.isText(name)) {
            return leaf(sources.constant(parent, name), element, parent, name);
        }
        List<ElementWriter> several = new ArrayList<>();
        if (parent.isListOfTexts(name)) {
            for (String text : parent.texts(name)) {
                several.add(leaf(sources.constant(text), element, parent, name));
            }
        } else {
            for (Section section : parent.sections(name)) {
                several.add(one(section, element, inherited));
            }
        }
        return several.size() == 1 ? several.get(0) : new Sequence(several);
    }

    private ElementWriter one(Section section, SchemaPaths.Element element, Map<String, Section> inherited) {
        boolean holdsElements = section.keys().stream().anyMatch(key -> Character.isUpperCase(key.charAt(0)));
        ElementWriter writer = holdsElements ? branch(section, element, inherited) : leaf(section, element);
        section.done();
        return writer;
    }

    private ElementWriter branch(Section section, SchemaPaths.Element element, Map<String, Section> inherited) {
        if (!element.branch()) {
            section.problem("No elements stand in this element.", "Give it a field or a constant.");
        }
        Optional<Source.Ref> each = section.has("each") ? Optional.of(sources.ref(section, "each")) : Optional.empty();
        Map<Integer, ElementWriter> elements = new TreeMap<>();
        boolean ofRecord =
                sources.within(each, () -> children(section, element.field().path(), elements, inherited));
        return new Branch(place(section, element), each, List.copyOf(elements.values()), ofRecord || each.isPresent());
    }

    private ElementWriter leaf(Section section, SchemaPaths.Element element) {
        Place place = place(section, element);
        if (element.field().type().equals("MRZType")) {
            Source.Ref ref = sources.ref(section, "mrz");
            note(element, "field " + ref.name());
            return new Leaf.Zone(place, new Source.OfField(ref));
        }
        if (element.branch() && !element.isDate()) {
            section.problem("This element holds others.", "Map them: " + names(element) + ".");
        }
        Optional<String> language = section.optionalText("lang");
        Content content = content(section, element);
        Source source = sources.read(section, element.name());
        note(element, sources.origin(section));
        return new Leaf(place, source, content, language, sources.fieldName(section));
    }

    private String names(SchemaPaths.Element element) {
        return String.join(
                ", ",
                schema.in(element.field().path()).stream()
                        .map(SchemaPaths.Element::name)
                        .toList());
    }

    private ElementWriter leaf(Source constant, SchemaPaths.Element element, Section parent, String name) {
        if (element.branch() || element.field().type().equals("ExtensionType")) {
            parent.problem(name, "This element cannot be a single text.", "Write its parts below it, indented.");
        }
        note(element, "constant");
        Place place = new Place(
                name, element.field().strippable(), element.optional(), Optional.empty(), List.of(), List.of());
        return new Leaf(place, constant, Content.TEXT, Optional.empty(), name);
    }

    private void note(SchemaPaths.Element element, String origin) {
        lineage.computeIfAbsent(element.order(), order -> new ArrayList<>())
                .add(new Lineage(element.field().path(), origin));
    }

    private Content content(Section section, SchemaPaths.Element element) {
        return switch (element.field().type()) {
            case "PartialDateType" -> Content.PARTIAL_DAY;
            case "DateType", "DateSimpleType" -> Content.DAY;
            case "ExtensionType" -> {
                String name = section.text("element");
                if (!name.matches("[A-Z][A-Za-z]{0,39}")) {
                    section.problem(
                            "element", "This is no name of an element.", "Use Latin letters, the first a capital.");
                }
                yield new Content.Foreign(name, section.text("namespace"));
            }
            default -> Content.TEXT;
        };
    }

    private Place place(Section section, SchemaPaths.Element element) {
        Optional<String> empty = section.optionalText("empty");
        if (empty.isPresent()
                && (!REASONS.contains(empty.get()) || !element.field().strippable())) {
            section.problem(
                    "empty",
                    "This element cannot be absent for this reason.",
                    "Use one of " + String.join(", ", REASONS) + ", at an element that has a value-absent form.");
            empty = Optional.empty();
        }
        return new Place(
                element.name(),
                element.field().strippable(),
                element.optional(),
                empty,
                sources.refs(section, "if"),
                sources.refs(section, "unless"));
    }

    /** Several mappings of the same element, one after the other. */
    private record Sequence(List<ElementWriter> writers) implements ElementWriter {
        Sequence {
            writers = List.copyOf(writers);
        }

        @Override
        public boolean write(RecordValues record, StringBuilder out) {
            boolean said = false;
            for (ElementWriter writer : writers) {
                said |= writer.write(record, out);
            }
            return said;
        }

        @Override
        public boolean ofRecord() {
            return writers.stream().anyMatch(ElementWriter::ofRecord);
        }
    }
}
