package org.embassage.scenarios.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The tables of docs/formats/shared-schema.md are made from the schema files. */
class SchemaPageTest {

    private static final String XS = XMLConstants.W3C_XML_SCHEMA_NS_URI;
    private static final String BEGIN = "<!-- made from the schema files: begin -->\n";
    private static final String END = "<!-- made from the schema files: end -->\n";
    private static final String REGENERATE =
            "./mvnw -pl scenarios -am verify -Dtest=SchemaPageTest -Dsurefire.failIfNoSpecifiedTests=false -Dhouse.write=true";

    private static final List<String> FILES = List.of(
            "message-1.xsd",
            "person-alert-1.xsd",
            "document-alert-1.xsd",
            "vehicle-alert-1.xsd",
            "incident-seizure-1.xsd",
            "common-1.xsd",
            "codes-1.xsd");

    @Test
    void thePageSaysWhatTheSchemaFilesSay() throws Exception {
        Path page = Tree.root().resolve("docs/formats/shared-schema.md");
        String text = Tree.text(page);
        String made = tables();
        if (Boolean.getBoolean("house.write")) {
            text = text.substring(0, text.indexOf(BEGIN) + BEGIN.length()) + made + text.substring(text.indexOf(END));
            Files.writeString(page, text);
        }

        boolean same = text.substring(text.indexOf(BEGIN) + BEGIN.length(), text.indexOf(END))
                .equals(made);

        assertThat(same)
                .as("docs/formats/shared-schema.md differs from the schema files; make its tables anew with: "
                        + REGENERATE)
                .isTrue();
    }

    @Test
    void everyTypeThatIsNotAnonymousNamesItsNiemCounterpartOrIsAPartOfOne() throws Exception {
        assertThat(tables()).contains("| `PersonAlertType` |", "`nc:PersonNameTextType`", "| `PurposeCode");
    }

    private static String tables() throws Exception {
        StringBuilder types = new StringBuilder(
                "\n### Types\n\n| type | what | NIEM 6.0 counterpart | elements |\n|---|---|---|---|\n");
        StringBuilder lists = new StringBuilder("\n### Code lists\n\n| list | what | codes |\n|---|---|---|\n");
        for (String file : FILES) {
            for (Element type : children(parse(file).getDocumentElement())) {
                String name = type.getAttribute("name");
                boolean isType = type.getLocalName().endsWith("Type") && !name.isEmpty();
                if (isType && !values(type).isEmpty()) {
                    lists.append("| `%s` | %s | %s |\n"
                            .formatted(name, documentation(type), String.join(", ", values(type))));
                } else if (isType && niem(type).isPresent()) {
                    types.append("| `%s` | %s | `%s` | %s |\n"
                            .formatted(name, documentation(type), niem(type).get(), elements(type)));
                }
            }
        }
        return types.append(lists).append('\n').toString();
    }

    private static Document parse(String file) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        return factory.newDocumentBuilder()
                .parse(Tree.root()
                        .resolve("schemas/src/main/resources/org/embassage/schemas")
                        .resolve(file)
                        .toFile());
    }

    private static String elements(Element type) {
        return all(type, XS, "element").stream()
                .map(element -> (element.getAttribute("name") + element.getAttribute("ref")) + occurrence(element))
                .collect(Collectors.joining(", "));
    }

    private static String occurrence(Element element) {
        boolean optional = element.getAttribute("minOccurs").equals("0");
        boolean many = element.hasAttribute("maxOccurs");
        String count = many ? (optional ? "0" : "1") + "–" + element.getAttribute("maxOccurs") : optional ? "0–1" : "";
        String nil = element.getAttribute("nillable").equals("true") ? "nil" : "";
        String both = (count + " " + nil).strip();
        return both.isEmpty() ? "" : " (" + both + ")";
    }

    private static List<String> values(Element type) {
        return all(type, XS, "enumeration").stream()
                .map(value -> "`" + value.getAttribute("value") + "`")
                .toList();
    }

    private static Optional<String> niem(Element type) {
        return all(type, "urn:embassage:mapping:1", "niem").stream().findFirst().map(Element::getTextContent);
    }

    private static String documentation(Element type) {
        return children(type).stream()
                .filter(child -> child.getLocalName().equals("annotation"))
                .flatMap(annotation -> all(annotation, XS, "documentation").stream())
                .findFirst()
                .map(text -> text.getTextContent().strip().replaceAll("\\s+", " "))
                .orElse("");
    }

    private static List<Element> children(Element parent) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < parent.getChildNodes().getLength(); i++) {
            if (parent.getChildNodes().item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static List<Element> all(Element below, String namespace, String name) {
        NodeList found = below.getElementsByTagNameNS(namespace, name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
