package org.embassage.schemas;

import java.util.Arrays;
import java.util.Optional;
import javax.xml.namespace.QName;

/** The kinds of documents of this version of the shared schema. */
public enum DocumentKind {
    PERSON_ALERT("PersonAlert"),
    DOCUMENT_ALERT("DocumentAlert"),
    VEHICLE_ALERT("VehicleAlert"),
    INCIDENT_SEIZURE_REPORT("IncidentSeizureReport");

    private final String elementName;

    DocumentKind(String elementName) {
        this.elementName = elementName;
    }

    /** Local name of the document element, which is also its KindCode. */
    public String elementName() {
        return elementName;
    }

    /** Name of the document element. */
    public QName element() {
        return new QName(SharedSchema.NAMESPACE, elementName);
    }

    /** The kind whose document element has this local name. */
    public static Optional<DocumentKind> named(String elementName) {
        return Arrays.stream(values())
                .filter(kind -> kind.elementName.equals(elementName))
                .findFirst();
    }
}
