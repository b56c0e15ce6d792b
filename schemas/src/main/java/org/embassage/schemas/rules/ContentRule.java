package org.embassage.schemas.rules;

import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/** EM-1: an element that may hold others and is not nil holds at least one. "Nothing known" has its own form. */
final class ContentRule implements ElementRule {

    @Override
    public void end(ReadElement element) {
        if (element.childCount() == 0 && !element.nil() && element.node().hasChildren()) {
            element.violates("EM-1");
        }
    }
}
