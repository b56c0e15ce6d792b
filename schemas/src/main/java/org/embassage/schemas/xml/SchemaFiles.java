package org.embassage.schemas.xml;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.w3c.dom.Element;
import org.w3c.dom.ls.LSInput;
import org.xml.sax.SAXException;

/**
 * Our own schema files, from this jar and from nowhere else: nothing is fetched, and a file that is not in the list
 * cannot be included.
 */
public final class SchemaFiles {

    /** A protocol of our own, the only one that an include may use. */
    private static final String PROTOCOL = "embassage";

    private static final String FOLDER = "/org/embassage/schemas/";

    private final List<String> names;

    /** @param names file names; the first includes the others */
    public SchemaFiles(String... names) {
        this.names = List.of(names);
    }

    /** Compiles the files. */
    public Schema compile() {
        SchemaFactory factory = SchemaFactory.newDefaultInstance();
        try (InputStream main = open(names.get(0))) {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, PROTOCOL);
            factory.setResourceResolver((type, namespace, publicId, systemId, base) -> resolve(systemId));
            return factory.newSchema(new StreamSource(main, PROTOCOL + ":" + names.get(0)));
        } catch (SAXException | IOException e) {
            throw new IllegalStateException("the schema files of this build are broken", e);
        }
    }

    /** The tree of elements under {@code rootElement}. */
    public SchemaTree tree(String rootElement) {
        List<Element> schemas = new ArrayList<>();
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            for (String name : names) {
                try (InputStream file = open(name)) {
                    schemas.add(factory.newDocumentBuilder().parse(file).getDocumentElement());
                }
            }
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new IllegalStateException("the schema files of this build are broken", e);
        }
        return SchemaTree.read(schemas, rootElement);
    }

    private LSInput resolve(String systemId) {
        String name = systemId.substring(systemId.lastIndexOf('/') + 1);
        if (!names.contains(name)) {
            throw new IllegalStateException("not one of our schema files: " + name);
        }
        try (InputStream file = open(name)) {
            return new SchemaInput(PROTOCOL + ":" + name, file.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read our own schema file " + name, e);
        }
    }

    private static InputStream open(String name) {
        InputStream file = SchemaFiles.class.getResourceAsStream(FOLDER + name);
        if (file == null) {
            throw new IllegalStateException("the jar lacks " + name);
        }
        return file;
    }
}
