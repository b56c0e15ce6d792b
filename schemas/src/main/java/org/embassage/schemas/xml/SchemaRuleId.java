package org.embassage.schemas.xml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.xml.sax.SAXParseException;

/** Takes the rule's name out of a message of the schema validator and leaves the rest, which quotes values. */
final class SchemaRuleId {

    private static final Pattern NAME = Pattern.compile("(cvc-[a-z]+[A-Za-z0-9.\\-]{0,40}): ");

    private SchemaRuleId() {}

    static String of(SAXParseException error) {
        String message = error.getMessage();
        if (message == null) {
            return "cvc";
        }
        Matcher name = NAME.matcher(message);
        return name.lookingAt() ? name.group(1) : "cvc";
    }
}
