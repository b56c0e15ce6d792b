package org.embassage.schemas.xml;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.transform.sax.SAXSource;
import javax.xml.validation.Schema;
import javax.xml.validation.ValidatorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.ext.DefaultHandler2;

/**
 * Reads untrusted bytes once: parses, validates against one schema and runs the rules in the same pass. Thread-safe.
 *
 * <p>Guarantees: no DTD, no entity but the five of XML, nothing fetched, bounded memory and time; whatever the file does,
 * the answer is a list of coded violations and never an exception.
 */
public final class GuardedParser {

    private final Schema schema;
    private final Map<String, SchemaNode> roots;
    private final String namespace;
    private final Queue<Tools> idle = new ConcurrentLinkedQueue<>();

    /**
     * @param schema the compiled schema
     * @param trees the same schema's trees under the root elements that files may have
     * @param namespace its target namespace
     */
    public GuardedParser(Schema schema, List<SchemaTree> trees, String namespace) {
        this.schema = schema;
        this.roots = trees.stream()
                .map(SchemaTree::root)
                .collect(Collectors.toUnmodifiableMap(SchemaNode::name, Function.identity()));
        this.namespace = namespace;
    }

    /**
     * Reads a file.
     *
     * @param bytes the whole file
     * @param limits what it may cost
     * @param rules watch this reading; new instances
     * @return the violations; empty if it is valid
     */
    public List<Violation> read(byte[] bytes, Limits limits, List<? extends ElementRule> rules) {
        if (bytes.length > limits.bytes()) {
            return whole("XML-SIZE");
        }
        Optional<String> text = StrictText.of(bytes);
        return text.isEmpty() ? whole("XML-ENCODING") : parse(text.get(), limits, List.copyOf(rules));
    }

    private List<Violation> parse(String text, Limits limits, List<ElementRule> rules) {
        Tools tools = Optional.ofNullable(idle.poll()).orElseGet(this::newTools);
        Reading reading = new Reading(tools.validator(), roots, namespace, limits, rules);
        try {
            tools.parse(text, reading);
            idle.add(tools.released());
        } catch (Stop e) {
            // noted already; the tools are not used again
        } catch (SAXException | IOException | RuntimeException | StackOverflowError e) {
            reading.violates(text.contains("<!DOCTYPE") ? "XML-DTD" : "XML-MALFORMED");
        }
        return List.copyOf(reading.violations());
    }

    private static List<Violation> whole(String ruleId) {
        return List.of(new Violation(ruleId, "/", 0, 0));
    }

    private Tools newTools() {
        return new Tools(newReader(), schema.newValidatorHandler());
    }

    /** A source for other readers of bytes that were found valid; they parse it as safely. */
    public static SAXSource safeSource(byte[] valid) {
        String text = new String(valid, StandardCharsets.UTF_8);
        return new SAXSource(newReader(), new InputSource(new StringReader(text)));
    }

    private static XMLReader newReader() {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            return factory.newSAXParser().getXMLReader();
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException("this Java platform cannot read XML safely", e);
        }
    }

    /** A parser and a validator, which are costly to make and serve one reading at a time. */
    private record Tools(XMLReader reader, ValidatorHandler validator) {

        void parse(String text, Reading reading) throws SAXException, IOException {
            reader.setContentHandler(reading);
            reader.setErrorHandler(reading);
            reader.setEntityResolver(reading);
            reader.setProperty("http://xml.org/sax/properties/lexical-handler", reading);
            reader.parse(new InputSource(new StringReader(text)));
        }

        /** The same, holding nothing of the file that was read. */
        Tools released() {
            DefaultHandler2 nobody = new DefaultHandler2();
            reader.setContentHandler(nobody);
            reader.setErrorHandler(nobody);
            reader.setEntityResolver(nobody);
            validator.setErrorHandler(nobody);
            return this;
        }
    }
}
