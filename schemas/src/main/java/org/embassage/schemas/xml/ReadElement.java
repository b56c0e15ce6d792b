package org.embassage.schemas.xml;

/**
 * The element that is being read, as rules see it. One object serves a whole reading: never keep it. Holds personal
 * data.
 */
public interface ReadElement {

    /** Where in the schema it is. */
    SchemaNode node();

    /** Whether it says {@code xsi:nil="true"}. */
    boolean nil();

    /** Its text without white space at the ends, complete only at its end; empty for elements that have children. */
    String text();

    /** How many elements stood directly in it; complete only at its end. */
    int childCount();

    /** Notes that it breaks a rule. */
    void violates(String ruleId);
}
