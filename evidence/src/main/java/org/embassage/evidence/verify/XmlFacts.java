package org.embassage.evidence.verify;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the elements of a signed XML file without its schema: what is beyond the few that are asked for is not the
 * verifier's business. No DTD, no entities, bounded in size and depth.
 */
final class XmlFacts {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int MAX_DEPTH = 64;
    private static final XMLInputFactory FACTORY = hardened();

    private XmlFacts() {}

    /** An element: its local name, its attributes, and its own text. */
    static final class Element {
        final String name;
        final Map<String, String> attributes = new HashMap<>();
        final StringBuilder text = new StringBuilder();

        Element(String name) {
            this.name = name;
        }

        /** @throws IllegalArgumentException if it has no such attribute */
        String attribute(String key) {
            return Optional.ofNullable(attributes.get(key))
                    .orElseThrow(() -> new IllegalArgumentException("an attribute is missing"));
        }
    }

    /** @return all elements in the order of the file; nothing if it is not well-formed or not of the namespace */
    static Optional<List<Element>> read(byte[] xml, String namespace) {
        if (xml.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return walk(FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml), "UTF-8"), namespace);
        } catch (XMLStreamException | RuntimeException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<List<Element>> walk(XMLStreamReader reader, String namespace) throws XMLStreamException {
        List<Element> elements = new ArrayList<>();
        Deque<Element> open = new ArrayDeque<>();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                return Optional.empty();
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!namespace.equals(reader.getNamespaceURI()) || open.size() == MAX_DEPTH) {
                    return Optional.empty();
                }
                Element element = new Element(reader.getLocalName());
                for (int i = 0; i < reader.getAttributeCount(); i++) {
                    element.attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
                }
                elements.add(element);
                open.push(element);
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                open.pop();
            } else if (reader.isCharacters() && !open.isEmpty()) {
                open.peek().text.append(reader.getText());
            }
        }
        return Optional.of(elements);
    }

    private static XMLInputFactory hardened() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }
}
