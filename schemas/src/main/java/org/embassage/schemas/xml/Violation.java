package org.embassage.schemas.xml;

/**
 * A place where a file breaks a rule. It never says what is written there: no value, no text of a foreign message, and
 * of names only those that the schema itself knows.
 *
 * @param ruleId a rule of XML Schema ({@code cvc-…}), of reading ({@code XML-…}) or of docs/formats ({@code VA-1})
 * @param path XPath of element names with positions; {@code *} for a name that is not the schema's
 * @param line from 1; 0 when it is about no one place
 * @param column from 1; 0 when it is about no one place
 */
public record Violation(String ruleId, String path, int line, int column) {

    @Override
    public String toString() {
        return ruleId + " at " + path + " (" + line + ":" + column + ")";
    }
}
