package org.embassage.translation.field;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Text as it is.
 *
 * @param lines whether it may have several lines
 * @param pattern that it must have, if any
 */
record TextType(boolean lines, Optional<Pattern> pattern) implements FieldType {

    @Override
    public Optional<Item> read(String text, String field) {
        if (pattern.isPresent() && !pattern.get().matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(Item.of(text)).filter(item -> text.codePoints().anyMatch(Character::isLetterOrDigit));
    }
}
