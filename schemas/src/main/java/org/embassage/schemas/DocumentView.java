package org.embassage.schemas;

import java.util.List;
import java.util.Set;

/**
 * What a valid document says to those who judge it, without what it says about anybody.
 *
 * @param kind of the document
 * @param governance its governance block
 * @param subjects the persons it is about, in order
 * @param present paths of the elements that are there with a value, for example {@code TravelDocument/IssueDate}
 * @param withheld paths of the elements that are there in their value-absent form
 */
public record DocumentView(
        DocumentKind kind, Governance governance, List<Subject> subjects, Set<String> present, Set<String> withheld) {

    /**
     * A person as far as an agreement judges persons.
     *
     * @param category data subject category, for example SUSPECT
     * @param minor whether the person is, or may be, under 18
     */
    public record Subject(String category, boolean minor) {}

    @Override
    public String toString() {
        return kind.elementName();
    }
}
