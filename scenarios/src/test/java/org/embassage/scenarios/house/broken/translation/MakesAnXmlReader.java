package org.embassage.scenarios.house.broken.translation;

import javax.xml.parsers.DocumentBuilderFactory;

/** An XML reader with the JDK's open defaults. */
class MakesAnXmlReader {
    DocumentBuilderFactory open() {
        return DocumentBuilderFactory.newInstance();
    }
}
