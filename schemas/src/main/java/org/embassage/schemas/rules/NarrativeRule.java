package org.embassage.schemas.rules;

import org.embassage.schemas.xml.ElementRule;
import org.embassage.schemas.xml.ReadElement;

/**
 * TX-1: a narrative holds a letter or digit, and neither a C1 control nor U+FFFD, the marks of a wrong character set. Said
 * here and not by a pattern of the XSD, because the JDK's validator takes quadratic time for it over long text.
 */
final class NarrativeRule implements ElementRule {

    @Override
    public void end(ReadElement element) {
        if (element.node().type().startsWith("Narrative") && !element.nil() && !isReadable(element.text())) {
            element.violates("TX-1");
        }
    }

    private static boolean isReadable(String text) {
        boolean letter = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= 0x7f && c <= 0x9f || c == 0xfffd) {
                return false;
            }
            letter = letter || Character.isLetter(c) || isNumber(c);
            i += Character.charCount(c);
        }
        return letter;
    }

    private static boolean isNumber(int c) {
        int type = Character.getType(c);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }
}
