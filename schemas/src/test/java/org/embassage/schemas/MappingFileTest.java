package org.embassage.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** schemas/mapping.csv is made from the XSDs; run with {@code EMBASSAGE_WRITE=mapping} in the environment to make it anew. */
class MappingFileTest {

    private static final Path FILE = Path.of("mapping.csv");
    private static final Pattern TYPE =
            Pattern.compile("<xs:(?:complexType|simpleType) name=\"([A-Za-z0-9]+)\"|<map:niem>([^<]+)</map:niem>");

    @Test
    void theMappingFileListsEveryElementWithItsNiemCounterpart() throws IOException {
        String made = make();
        if ("mapping".equals(System.getenv("EMBASSAGE_WRITE"))) {
            Files.writeString(FILE, made);
        }

        assertThat(Files.readString(FILE).equals(made))
                .as("mapping.csv is as made from the XSDs; EMBASSAGE_WRITE=mapping makes it anew")
                .isTrue();
    }

    @Test
    void everyTypeNamesItsNiemCounterpart() throws IOException {
        Map<String, String> niem = niemNames();

        for (DocumentKind kind : DocumentKind.values()) {
            assertThat(DocumentFields.of(kind).all())
                    .filteredOn(field -> niem(niem, field.type()).isEmpty())
                    .as(kind.elementName())
                    .isEmpty();
        }
    }

    private static String make() throws IOException {
        Map<String, String> niem = niemNames();
        StringBuilder csv = new StringBuilder("kind,path,type,occurs,strippable,niem\n");
        for (DocumentKind kind : DocumentKind.values()) {
            for (DocumentFields.Field field : DocumentFields.of(kind).all()) {
                csv.append(String.join(
                                ",",
                                List.of(
                                        kind.elementName(),
                                        field.path(),
                                        field.type(),
                                        field.occurs(),
                                        field.strippable() ? "yes" : "no",
                                        niem(niem, field.type()))))
                        .append('\n');
            }
        }
        return csv.toString();
    }

    /** A strippable code is a complex type around the simple one that holds the list. */
    private static String niem(Map<String, String> names, String type) {
        String simple = type.replaceAll("Type$", "SimpleType");
        String builtIn = type.startsWith("xs:") ? "niem-" + type : "";
        return names.getOrDefault(type, names.getOrDefault(simple, builtIn));
    }

    private static Map<String, String> niemNames() throws IOException {
        Map<String, String> names = new HashMap<>();
        try (Stream<Path> files = Files.list(Path.of("src", "main", "resources", "org", "embassage", "schemas"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xsd")).toList()) {
                String type = "";
                Matcher found = TYPE.matcher(Files.readString(file, StandardCharsets.UTF_8));
                while (found.find()) {
                    if (found.group(1) != null) {
                        type = found.group(1);
                    } else {
                        names.putIfAbsent(type, found.group(2));
                    }
                }
            }
        }
        return names;
    }
}
