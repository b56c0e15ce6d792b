package org.embassage.translation.field;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** A number that is not negative: with a decimal sign and groups of three, or bare digits with an implied point. */
final class DecimalType implements FieldType {

    private final Pattern shape;
    private final String decimalSign;
    private final String groupSign;
    private final int scale;

    private DecimalType(Pattern shape, String decimalSign, String groupSign, int scale) {
        this.shape = shape;
        this.decimalSign = decimalSign;
        this.groupSign = groupSign;
        this.scale = scale;
    }

    /** {@code 1.234,56}. Groups may be left out, but not be of another size. */
    static DecimalType written(String decimalSign, String groupSign) {
        String group = Pattern.quote(groupSign);
        String whole = groupSign.isEmpty() ? "[0-9]{1,15}" : "([0-9]{1,15}|[0-9]{1,3}(" + group + "[0-9]{3}){1,4})";
        return new DecimalType(
                Pattern.compile(whole + "(" + Pattern.quote(decimalSign) + "[0-9]{1,6})?"), decimalSign, groupSign, 0);
    }

    /** Bare digits of which the last {@code scale} come after the point. */
    static DecimalType digits(int scale) {
        return new DecimalType(Pattern.compile("[0-9]{1,18}"), "", "", scale);
    }

    @Override
    public Optional<Item> read(String text, String field) {
        if (!shape.matcher(text).matches()) {
            return Optional.empty();
        }
        String bare = groupSign.isEmpty() ? text : text.replace(groupSign, "");
        String pointed = decimalSign.isEmpty() ? bare : bare.replace(decimalSign, ".");
        return Optional.of(Item.of(plain(new BigDecimal(pointed).movePointLeft(scale))));
    }

    /** As XML Schema writes it: no exponent, no needless zeros. */
    static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
