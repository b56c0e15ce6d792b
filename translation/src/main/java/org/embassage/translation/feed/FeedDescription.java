package org.embassage.translation.feed;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.schemas.DocumentKind;
import org.embassage.translation.description.CodeTables;
import org.embassage.translation.description.DescriptionFile;
import org.embassage.translation.description.Loading;
import org.embassage.translation.description.Problems;
import org.embassage.translation.description.Section;
import org.embassage.translation.field.Characters;
import org.embassage.translation.field.Field;
import org.embassage.translation.field.FieldReader;
import org.embassage.translation.field.StrictDecoder;
import org.embassage.translation.mapping.Mapping;
import org.embassage.translation.mapping.MappingReader;

/** A feed that a national IT team described in a YAML file, docs/mapping-guide.md. Immutable. */
public final class FeedDescription {

    private static final List<String> STATUSES = List.of("ACTUAL", "EXERCISE", "TEST");
    private static final List<String> COMPLETE_WHEN = List.of("STILL", "RENAMED", "MARKER");
    private static final String MARKER = ".done";
    private static final int MOST_DROP_BYTES = 256 << 20;

    private final Feed feed;
    private final Map<String, List<Mapping.Lineage>> lineage;

    private FeedDescription(Feed feed, Map<String, List<Mapping.Lineage>> lineage) {
        this.feed = feed;
        this.lineage = lineage;
    }

    /** The feed. */
    public Feed feed() {
        return feed;
    }

    /**
     * By kind of document: where each element comes from, a field of the record or this description. Governance values
     * that a record lacks are found here as {@code constant} or {@code lookup}.
     */
    public Map<String, List<Mapping.Lineage>> lineage() {
        return lineage;
    }

    /** Reads a description and the code tables beside it. Never throws for what is in them. */
    public static Loading<FeedDescription> load(Path file) {
        Problems problems = new Problems();
        Section top = DescriptionFile.read(file, problems);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        return problems.isEmpty()
                ? new Reading(file, top, folder).load()
                : problems.unlessAny(() -> {
                    throw new IllegalStateException("there are problems");
                });
    }

    /** One reading of a description. */
    private static final class Reading {

        private final Path file;
        private final Section top;
        private final CodeTables tables;
        private final Map<String, DescribedFeed.RecordType> types = new HashMap<>();
        private final Map<String, List<Mapping.Lineage>> lineage = new TreeMap<>();

        Reading(Path file, Section top, Path folder) {
            this.file = file;
            this.top = top;
            this.tables = CodeTables.read(top, folder);
        }

        Loading<FeedDescription> load() {
            Optional<FeedId> id = id();
            top.optionalText("description");
            String status = top.choice("status", "", STATUSES);
            long maxDropBytes = top.number("max-drop-bytes", 1000, MOST_DROP_BYTES, 16 << 20);
            Readiness readiness = readiness();
            Section form = top.section("file");
            Charset charset = FileLayouts.charset(form);
            FileLayout layout = FileLayouts.read(form, charset);
            FieldReader fields = new FieldReader(
                    tables,
                    new StrictDecoder(charset),
                    new Characters(top.pattern("alphabet")),
                    FieldReader.absentWords(top, "absent"));
            List<GatewayId> recipients = recipients(top);
            Optional<Section> governance = top.optionalSection("governance");
            List<Section> common = top.sections("common-fields");
            for (Section record : top.sections("records")) {
                record(record, common, layout, fields, governance, recipients);
            }
            if (types.isEmpty()) {
                top.problem("records", "There is no record type.", "Describe at least one.");
            }
            top.done();
            return top.problems()
                    .unlessAny(() -> new FeedDescription(
                            new DescribedFeed(
                                    id.orElseThrow(), status, maxDropBytes, layout, types, digest(), readiness),
                            Map.copyOf(lineage)));
        }

        /** Over the description and its code tables: name, line feed, SHA-256, line feed, for each file. */
        private Digest digest() {
            StringBuilder text = new StringBuilder();
            try {
                append(text, file);
                for (String table : tables.files()) {
                    append(text, file.resolveSibling(table));
                }
            } catch (IOException gone) {
                top.problem("", "A file of the description cannot be read again.", "Load it once it is written.");
            }
            return Digest.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
        }

        private static void append(StringBuilder text, Path file) throws IOException {
            text.append(file.getFileName())
                    .append('\n')
                    .append(Digest.sha256(Files.readAllBytes(file)).hex())
                    .append('\n');
        }

        private Readiness readiness() {
            String way = top.choice("complete-when", "STILL", COMPLETE_WHEN);
            Optional<String> marker = top.optionalText("marker");
            if (marker.isPresent() && !way.equals("MARKER")) {
                top.problem("marker", "There is a marker, and it is not looked at.", "Set complete-when: MARKER.");
            }
            if (!Readiness.isMarker(marker.orElse(MARKER))) {
                top.problem(
                        "marker",
                        "This cannot mark a file.",
                        "Use a dot and up to 16 letters or digits, not .tmp, .part or .csv.");
                return Readiness.STILL;
            }
            return Stream.of(Readiness.Way.values())
                    .filter(known -> known.name().equals(way))
                    .map(known -> new Readiness(known, marker.orElse(MARKER)))
                    .findFirst()
                    .orElse(Readiness.STILL);
        }

        private Optional<FeedId> id() {
            String id = top.text("feed");
            try {
                return Optional.of(new FeedId(id));
            } catch (IllegalArgumentException e) {
                top.problem("feed", "This is no feed id.", "Use lower-case letters, digits and hyphens, 40 at most.");
                return Optional.empty();
            }
        }

        private static List<GatewayId> recipients(Section section) {
            List<GatewayId> gateways = new ArrayList<>();
            for (String text : section.texts("recipients")) {
                try {
                    gateways.add(new GatewayId(text));
                } catch (IllegalArgumentException e) {
                    section.problem("recipients", "This is no gateway id.", "Write ids like QOS-POL.");
                }
            }
            return gateways;
        }

        private void record(
                Section record,
                List<Section> common,
                FileLayout layout,
                FieldReader reader,
                Optional<Section> governance,
                List<GatewayId> feedRecipients) {
            String type = record.text("type");
            Optional<DocumentKind> kind = DocumentKind.named(record.text("kind"));
            if (kind.isEmpty()) {
                record.problem("kind", "There is no such kind of document.", "Use for example PersonAlert.");
            }
            List<GatewayId> recipients = record.has("recipients") ? recipients(record) : feedRecipients;
            if (recipients.isEmpty()) {
                record.problem(
                        "recipients", "Nobody would get these records.", "Name a gateway, here or for the feed.");
            }
            List<Field> fields = fields(record, common, layout, reader);
            DocumentKind assumed = kind.orElse(DocumentKind.PERSON_ALERT);
            if (kind.isPresent()) {
                Mapping mapping = new MappingReader(assumed, fields, tables).read(record, governance);
                lineage.put(assumed.elementName(), mapping.lineage());
                if (types.put(type, new DescribedFeed.RecordType(recipients, mapping)) != null) {
                    record.problem("type", "This record type is described twice.", "Remove one.");
                }
                record.done();
            }
        }

        private static List<Field> fields(Section record, List<Section> common, FileLayout layout, FieldReader reader) {
            Set<String> names = new HashSet<>();
            return Stream.concat(common.stream(), record.sections("fields").stream())
                    .map(section -> {
                        Field field = reader.read(section, layout.place(section));
                        if (!names.add(field.name()) || field.name().equals("each")) {
                            section.problem("name", "This name is taken.", "Give each field of a record its own name.");
                        }
                        return field;
                    })
                    .toList();
        }
    }
}
