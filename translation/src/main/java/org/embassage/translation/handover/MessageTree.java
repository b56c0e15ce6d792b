package org.embassage.translation.handover;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a message that was validated before into nodes. It still trusts nothing: no DTD, no external entity, bounded
 * depth.
 */
final class MessageTree {

    private static final int DEEPEST = 64;

    private MessageTree() {}

    /** The message element, or nothing if the bytes are no XML that we read. */
    static Optional<Node> read(byte[] message) {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(message), "UTF-8");
            try {
                return nodes(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            return Optional.empty(); // its text may quote the message
        }
    }

    private static Optional<Node> nodes(XMLStreamReader reader) throws XMLStreamException {
        Node top = new Node("", Optional.empty());
        Deque<Node> open = new ArrayDeque<>();
        open.push(top);
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Node node = new Node(reader.getLocalName(), absentReason(reader));
                    open.element().children().add(node);
                    open.push(node);
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    Node node = open.pop();
                    if (node.children().isEmpty()) {
                        node.text(text.toString().strip());
                    }
                    text.setLength(0);
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                    return Optional.empty();
                }
                default -> {
                    // comments and processing instructions were refused by the schema check
                }
            }
            if (open.size() > DEEPEST) {
                return Optional.empty();
            }
        }
        return top.child("Message");
    }

    private static Optional<String> absentReason(XMLStreamReader reader) {
        boolean nil = "true".equals(reader.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
        return nil
                ? Optional.of(Optional.ofNullable(reader.getAttributeValue("", "absent"))
                        .or(() -> Optional.ofNullable(reader.getAttributeValue(null, "absent")))
                        .orElse("UNKNOWN"))
                : Optional.empty();
    }
}
