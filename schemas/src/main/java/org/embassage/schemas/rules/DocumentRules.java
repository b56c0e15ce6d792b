package org.embassage.schemas.rules;

import java.util.List;
import org.embassage.schemas.xml.ElementRule;

/** The rules that messages and documents obey beyond their XSD. docs/formats/shared-schema.md lists them. */
public final class DocumentRules {

    private DocumentRules() {}

    /** New instances for one reading of a document that has no header yet. */
    public static List<ElementRule> forDocument() {
        return List.of(
                new ContentRule(),
                new GovernanceRule(),
                new VehicleRule(),
                new DateRule(),
                new NameRule(),
                new NarrativeRule(),
                new AttachmentRule());
    }

    /** New instances for one reading of a message. */
    public static List<ElementRule> forMessage() {
        return List.of(
                new ContentRule(),
                new GovernanceRule(),
                new VehicleRule(),
                new DateRule(),
                new NameRule(),
                new NarrativeRule(),
                new AttachmentRule(),
                new HeaderRule());
    }
}
