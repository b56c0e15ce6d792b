package org.embassage.schemas;

import javax.xml.XMLConstants;
import org.embassage.schemas.xml.TagScanner;

/** The value-absent form of an element. */
final class ValueAbsent {

    private static final String WITHHELD = " xmlns:xsi=\"" + XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI
            + "\" xsi:nil=\"true\" absent=\"WITHHELD_BY_POLICY\"/>";

    private ValueAbsent() {}

    /** The form that takes the place of the element whose start tag this is. */
    static String form(TagScanner startTag) {
        return "<" + startTag.qualifiedName() + startTag.namespaceDeclarations() + WITHHELD;
    }
}
