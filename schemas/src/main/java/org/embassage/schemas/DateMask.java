package org.embassage.schemas;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.embassage.schemas.Minimisation.Mask;
import org.embassage.schemas.xml.TagScanner;

/** Cuts a partial date down. */
final class DateMask {

    private static final Pattern DAY_OR_MONTH = Pattern.compile("\\s*([0-9]{4})(-[0-9]{2})(-[0-9]{2})?\\s*");

    private DateMask() {}

    /**
     * The element with less in it.
     *
     * @param element text of a valid element of type PartialDateType
     * @param mask what to leave
     * @return nothing if the date is written in a way that cannot be cut, for example with character references
     */
    static Optional<String> apply(String element, Mask mask) {
        TagScanner tags = new TagScanner(element);
        StringBuilder out = new StringBuilder(element.length());
        int copied = 0;
        while (tags.next()) {
            String name = tags.closes() ? "" : tags.name();
            boolean cut = name.equals("Date") || (name.equals("YearMonth") && mask == Mask.YEAR);
            if (cut || name.equals("OriginalText")) {
                out.append(element, copied, tags.start());
                if (cut) {
                    Optional<String> less = less(element, tags, mask);
                    if (less.isEmpty()) {
                        return Optional.empty();
                    }
                    out.append(less.get());
                } else {
                    tags.toEndTag();
                }
                copied = tags.end();
            }
        }
        return Optional.of(out.append(element, copied, element.length()).toString());
    }

    private static Optional<String> less(String element, TagScanner tags, Mask mask) {
        String qualified = tags.qualifiedName();
        String prefix = qualified.substring(0, qualified.indexOf(':') + 1);
        String declarations = tags.namespaceDeclarations();
        int from = tags.end();
        tags.toEndTag();
        Matcher value = DAY_OR_MONTH.matcher(element.substring(from, tags.start()));
        if (!value.matches()) {
            return Optional.empty();
        }
        boolean year = mask == Mask.YEAR;
        String name = prefix + (year ? "Year" : "YearMonth");
        String left = year ? value.group(1) : value.group(1) + value.group(2);
        return Optional.of("<" + name + declarations + ">" + left + "</" + name + ">");
    }
}
