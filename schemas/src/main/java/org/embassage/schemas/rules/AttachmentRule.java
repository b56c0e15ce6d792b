package org.embassage.schemas.rules;

import java.util.HashSet;
import java.util.Set;
import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/**
 * AT-1: no two attachments share an id. AT-2: an ImageRef names an attachment of the same document, unless the manifest
 * is withheld.
 */
final class AttachmentRule implements ElementRule {

    private final Set<String> references = new HashSet<>();
    private final Set<String> attachments = new HashSet<>();
    private boolean withheld;

    @Override
    public void end(ReadElement element) {
        switch (element.node().name()) {
            case "ImageRef" -> {
                if (!element.nil()) {
                    references.add(element.text());
                }
            }
            case "AttachmentID" -> {
                if (!attachments.add(element.text())) {
                    element.violates("AT-1");
                }
            }
            case "AttachmentManifest" -> withheld = element.nil();
            case "PersonAlert", "DocumentAlert", "VehicleAlert", "IncidentSeizureReport" -> {
                if (!withheld && !attachments.containsAll(references)) {
                    element.violates("AT-2");
                }
            }
            default -> {
                // has nothing to do with attachments
            }
        }
    }
}
