package org.embassage.schemas.xml;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.validation.ValidatorHandler;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.ext.DefaultHandler2;

/**
 * One reading of one file: counts what it costs, keeps the place in the schema, refuses what may not be there, and
 * passes everything on to the schema validator and the rules.
 */
final class Reading extends DefaultHandler2 implements ReadElement, ErrorHandler {

    private static final String NO_REASON = "";

    private final ValidatorHandler validator;
    private final Map<String, SchemaNode> roots;
    private final String namespace;
    private final Limits limits;
    private final List<ElementRule> rules;
    private final Place place;
    private final List<Violation> violations = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int elements;
    private @Nullable Locator locator;

    Reading(
            ValidatorHandler validator,
            Map<String, SchemaNode> roots,
            String namespace,
            Limits limits,
            List<ElementRule> rules) {
        this.validator = validator;
        this.roots = roots;
        this.namespace = namespace;
        this.limits = limits;
        this.rules = rules;
        this.place = new Place(limits.depth());
        validator.setErrorHandler(this);
    }

    List<Violation> violations() {
        return violations;
    }

    @Override
    public void setDocumentLocator(Locator theLocator) {
        this.locator = theLocator;
        validator.setDocumentLocator(theLocator);
    }

    @Override
    public void startDocument() throws SAXException {
        validator.startDocument();
    }

    @Override
    public void endDocument() throws SAXException {
        validator.endDocument();
    }

    @Override
    public void startPrefixMapping(String prefix, String uri) throws SAXException {
        validator.startPrefixMapping(prefix, uri);
    }

    @Override
    public void endPrefixMapping(String prefix) throws SAXException {
        validator.endPrefixMapping(prefix);
    }

    @Override
    public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
        if (place.depth() == limits.depth()) {
            throw stop("XML-DEPTH");
        }
        boolean root = place.depth() == 0;
        place.enter(known(uri, name));
        if (root && place.node() == null) {
            throw stop("XML-ROOT");
        }
        if (++elements > limits.elements()) {
            throw stop("XML-ELEMENTS");
        }
        if (attributes.getLength() > limits.attributes()) {
            throw stop("XML-ATTRIBUTES");
        }
        place.nil(readNil(attributes));
        text.setLength(0);
        if (place.node() != null) {
            for (ElementRule rule : rules) {
                rule.start(this);
            }
        }
        validator.startElement(uri, name, qualified, attributes);
    }

    private @Nullable SchemaNode known(String uri, String name) {
        if (!namespace.equals(uri)) {
            return null;
        }
        if (place.depth() == 0) {
            return roots.get(name);
        }
        SchemaNode parent = place.node();
        return parent == null ? null : parent.child(name);
    }

    /** Of the attributes of XML Schema instance only nil may stand here, only as true, and only with its reason. */
    private boolean readNil(Attributes attributes) throws SAXException {
        boolean nil = false;
        String reason = NO_REASON;
        for (int i = 0; i < attributes.getLength(); i++) {
            if (XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI.equals(attributes.getURI(i))) {
                if (!"nil".equals(attributes.getLocalName(i))) {
                    throw stop("XML-XSI");
                }
                nil = "true".equals(attributes.getValue(i));
                if (!nil) {
                    violates("NIL-1");
                }
            } else if ("absent".equals(attributes.getLocalName(i))) {
                reason = attributes.getValue(i);
            }
        }
        if (nil == reason.isEmpty() && place.node() != null) {
            violates("NIL-1");
        }
        return nil;
    }

    @Override
    public void endElement(String uri, String name, String qualified) throws SAXException {
        validator.endElement(uri, name, qualified);
        if (place.node() != null) {
            for (ElementRule rule : rules) {
                rule.end(this);
            }
        }
        text.setLength(0);
        place.leave();
    }

    @Override
    public void characters(char[] characters, int start, int length) throws SAXException {
        text.append(characters, start, length);
        validator.characters(characters, start, length);
    }

    @Override
    public void ignorableWhitespace(char[] characters, int start, int length) throws SAXException {
        validator.ignorableWhitespace(characters, start, length);
    }

    @Override
    public void processingInstruction(String target, String data) throws SAXException {
        throw stop("XML-PI");
    }

    @Override
    public void comment(char[] characters, int start, int length) throws SAXException {
        throw stop("XML-COMMENT");
    }

    @Override
    public SchemaNode node() {
        SchemaNode node = place.node();
        if (node == null) {
            throw new IllegalStateException("rules see known elements only");
        }
        return node;
    }

    @Override
    public boolean nil() {
        return place.nil();
    }

    @Override
    public String text() {
        return node().hasChildren() ? "" : text.toString().strip();
    }

    @Override
    public int childCount() {
        return place.childCount();
    }

    @Override
    public void violates(String ruleId) {
        int line = locator == null ? 0 : locator.getLineNumber();
        int column = locator == null ? 0 : locator.getColumnNumber();
        violations.add(new Violation(ruleId, place.path(), line, column));
    }

    private boolean lastWasHere() {
        return !violations.isEmpty()
                && violations.get(violations.size() - 1).path().equals(place.path());
    }

    private Stop stop(String ruleId) {
        violates(ruleId);
        return new Stop();
    }

    @Override
    public void warning(SAXParseException warning) {
        // nothing that the validator only warns of makes a file invalid
    }

    @Override
    public void error(SAXParseException error) throws SAXException {
        String ruleId = SchemaRuleId.of(error);
        if (SchemaRuleId.isConsequence(ruleId) && lastWasHere()) {
            return;
        }
        violates(ruleId);
        if (violations.size() >= limits.violations()) {
            throw new Stop();
        }
    }

    @Override
    public void fatalError(SAXParseException error) throws SAXException {
        throw error;
    }

    @Override
    public InputSource resolveEntity(
            @Nullable String name, @Nullable String publicId, @Nullable String baseUri, String systemId)
            throws SAXException {
        throw stop("XML-EXTERNAL");
    }
}
