package org.embassage.schemas.xml;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.SAXParseException;

/** Takes the rule's name out of a message of the schema validator and leaves the rest, which quotes values. */
final class SchemaRuleId {

    private static final Pattern NAME = Pattern.compile("(cvc-[a-z]+[A-Za-z0-9.\\-]{0,40}): ");

    private static final Set<String> CONSEQUENCES = Set.of("cvc-type.3.1.3", "cvc-complex-type.2.2", "cvc-attribute.3");

    private SchemaRuleId() {}

    /** Whether the rule only says that the type is not met because of the violation told just before. */
    static boolean isConsequence(String ruleId) {
        return CONSEQUENCES.contains(ruleId);
    }

    static String of(SAXParseException error) {
        String message = error.getMessage();
        if (message == null) {
            return "cvc";
        }
        Matcher name = NAME.matcher(message);
        return name.lookingAt() ? name.group(1) : "cvc";
    }
}
