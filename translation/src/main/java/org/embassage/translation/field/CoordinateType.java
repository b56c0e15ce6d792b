package org.embassage.translation.field;

import java.util.Optional;
import java.util.regex.Pattern;

/** Decimal degrees of WGS 84 with a decimal comma or point, at most seven digits after it. */
record CoordinateType() implements FieldType {

    private static final Pattern SHAPE = Pattern.compile("-?[0-9]{1,3}([.,][0-9]{1,7})?");

    @Override
    public Optional<Item> read(String text, String field) {
        return SHAPE.matcher(text).matches() ? Optional.of(Item.of(text.replace(',', '.'))) : Optional.empty();
    }
}
