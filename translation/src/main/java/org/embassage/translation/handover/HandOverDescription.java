package org.embassage.translation.handover;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.schemas.DocumentFields;
import org.embassage.schemas.DocumentKind;
import org.embassage.translation.description.CodeTable;
import org.embassage.translation.description.CodeTables;
import org.embassage.translation.description.DescriptionFile;
import org.embassage.translation.description.Loading;
import org.embassage.translation.description.Problems;
import org.embassage.translation.description.Section;

/** A hand-over format that a national IT team described in a YAML file, docs/mapping-guide.md. */
public final class HandOverDescription {

    private HandOverDescription() {}

    /** Reads a description and the code tables beside it. Never throws for what is in them. */
    public static Loading<HandOverFormat> load(Path file) {
        Problems problems = new Problems();
        Section top = DescriptionFile.read(file, problems);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        if (problems.isEmpty()) {
            Map<String, Output> outputs = new Reading(top, folder).outputs();
            return problems.unlessAny(() -> new DescribedFormat(outputs));
        }
        return problems.unlessAny(() -> new DescribedFormat(Map.of()));
    }

    /** One reading of a description. */
    private static final class Reading {

        private final Section top;
        private final CodeTables tables;

        Reading(Section top, Path folder) {
            this.top = top;
            this.tables = CodeTables.read(top, folder);
        }

        Map<String, Output> outputs() {
            top.text("format");
            top.optionalText("description");
            String output = top.choice("output", "", List.of("xml", "csv"));
            Map<String, String> absent = top.pairs("absent");
            Value.Style style = new Value.Style(
                    absent,
                    top.text("date", "yyyy-MM-dd"),
                    top.text("unknown-part", "?"),
                    top.text("decimal-sign", "."));
            Section kinds = top.section("kinds");
            Map<String, Output> outputs = new HashMap<>();
            for (String name : kinds.keys()) {
                Section section = kinds.section(name);
                Optional<DocumentKind> kind = DocumentKind.named(name);
                if (kind.isEmpty()) {
                    kinds.problem(name, "There is no such kind of document.", "Use for example PersonAlert.");
                } else {
                    outputs.put(
                            name,
                            output.equals("csv") ? csv(section, kind.get(), style) : xml(section, kind.get(), style));
                    section.done();
                }
            }
            if (output.equals("csv")) {
                top.text("separator", ";");
                top.text("several", "|");
            } else {
                top.text("namespace");
                top.text("absent-attribute", "absent");
            }
            top.done();
            return outputs;
        }

        private Output csv(Section section, DocumentKind kind, Value.Style style) {
            Paths paths = new Paths(kind, tables);
            List<CsvOutput.Column> columns = new ArrayList<>();
            for (Section column : section.sections("columns")) {
                columns.add(new CsvOutput.Column(column.text("column"), cell(column, paths)));
                column.done();
            }
            String separator = top.text("separator", ";");
            if (separator.length() != 1) {
                top.problem("separator", "The separator is one sign.", "Use for example ';'.");
            }
            char sign = separator.isEmpty() ? ';' : separator.charAt(0);
            return new CsvOutput(
                    columns, style, new CsvOutput.Style(sign, top.text("several", "|")), new Rest(paths.carried()));
        }

        private static Optional<CsvOutput.Source> cell(Section column, Paths paths) {
            if (column.has("rest")) {
                column.flag("rest", true);
                return Optional.empty();
            }
            Optional<String> constant = column.optionalText("constant");
            return Optional.of(
                    constant.isPresent()
                            ? new CsvOutput.Source(constant.get(), Optional.empty())
                            : new CsvOutput.Source("", Optional.of(paths.value(column, "path", ""))));
        }

        private Output xml(Section section, DocumentKind kind, Value.Style style) {
            Paths paths = new Paths(kind, tables);
            List<XmlOutput.Element> elements = elements(section, "elements", paths, "");
            return new XmlOutput(
                    name(section, "root"),
                    top.text("namespace"),
                    top.text("absent-attribute", "absent"),
                    elements,
                    style,
                    new Rest(paths.carried()));
        }

        private static List<XmlOutput.Element> elements(Section parent, String key, Paths paths, String from) {
            List<XmlOutput.Element> elements = new ArrayList<>();
            for (Section section : parent.sections(key)) {
                elements.add(element(section, paths, from));
                section.done();
            }
            return elements;
        }

        private static XmlOutput.Element element(Section section, Paths paths, String from) {
            String name = name(section, "element");
            if (section.has("rest")) {
                section.flag("rest", true);
                return new XmlOutput.Element(
                        name, Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of(), Optional.of(name));
            }
            Optional<String> constant = section.optionalText("constant");
            if (constant.isPresent()) {
                return new XmlOutput.Element(
                        name, constant, Optional.empty(), List.of(), List.of(), Map.of(), Optional.empty());
            }
            boolean branch = section.has("elements");
            String at = branch ? paths.branch(section, "each", from) : paths.whole(section, "path", from);
            Optional<Value> value = branch ? Optional.empty() : Optional.of(paths.value(section, "path", from));
            Map<String, Value> attributes = new LinkedHashMap<>();
            section.optionalSection("attributes").ifPresent(list -> {
                for (String attribute : list.keys()) {
                    attributes.put(attribute, paths.value(list, attribute, at));
                }
                list.done();
            });
            List<XmlOutput.Element> parts = branch ? elements(section, "elements", paths, at) : List.of();
            List<String> each = branch ? Paths.names(section.text("each")) : List.of();
            return new XmlOutput.Element(name, Optional.empty(), value, each, parts, attributes, Optional.empty());
        }

        private static String name(Section section, String key) {
            String name = section.text(key);
            if (section.has(key) && !name.matches("[\\p{L}_][\\p{L}\\p{N}_.-]{0,63}")) {
                section.problem(key, "This is no name of an element.", "Begin with a letter; use letters and digits.");
            }
            return name;
        }
    }

    /** Reads paths and checks them against the schema. */
    private static final class Paths {

        private static final Set<String> HEADER = Set.of(
                "Header/ExchangeID",
                "Header/Supersedes",
                "Header/KindCode",
                "Header/StatusCode",
                "Header/ActionCode",
                "Header/Sender",
                "Header/Recipient",
                "Header/AgreementRef/AgreementID",
                "Header/AgreementRef/AgreementVersion",
                "Header/PriorityCode",
                "Header/CreatedDateTime",
                "Header/ExpiresDateTime");

        private final Map<String, String> types = new HashMap<>();
        private final Set<String> branches = new HashSet<>();
        private final Set<String> carried = new HashSet<>();
        private final CodeTables tables;

        Paths(DocumentKind kind, CodeTables tables) {
            this.tables = tables;
            for (DocumentFields.Field field : DocumentFields.of(kind).all()) {
                types.put(field.path(), field.type());
                int slash = field.path().lastIndexOf('/');
                if (slash > 0) {
                    branches.add(field.path().substring(0, slash));
                }
            }
        }

        Set<String> carried() {
            return carried;
        }

        static List<String> names(String path) {
            return List.of(path.split("/"));
        }

        /** A path relative to another, from the document element down. */
        String whole(Section section, String key, String from) {
            String path = section.text(key);
            return from.isEmpty() ? path : from + "/" + path;
        }

        String branch(Section section, String key, String from) {
            String path = whole(section, key, from);
            if (section.has(key) && !branches.contains(path)) {
                section.problem(key, "No elements stand at this path.", "Name an element that holds others.");
            }
            return path;
        }

        Value value(Section section, String key, String from) {
            String path = whole(section, key, from);
            String type = types.getOrDefault(path, "");
            boolean date = type.startsWith("PartialDate") || type.startsWith("DateSimple") || type.equals("DateType");
            if (section.has(key) && !HEADER.contains(path) && (type.isEmpty() || (branches.contains(path) && !date))) {
                section.problem(
                        key, "There is no value at this path of this kind.", "See docs/formats/shared-schema.md.");
            }
            Optional<CodeTable> table = key.equals("path") ? tables.named(section, "table") : Optional.empty();
            carried.add(path);
            boolean decimal = path.endsWith("Decimal");
            Value.Form form = date ? Value.Form.DATE : decimal ? Value.Form.DECIMAL : Value.Form.TEXT;
            return new Value(names(section.text(key)), form, table, path);
        }
    }
}
