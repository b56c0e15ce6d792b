package org.embassage.schemas.xml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Walks over the tags of text that a {@link GuardedParser} found valid, so that parts can be replaced and every other
 * character stays as it is. It relies on that: there are no comments, no processing instructions and no DTD.
 *
 * @see #next()
 */
public final class TagScanner {

    private static final Pattern DECLARED_NAMESPACE =
            Pattern.compile("\\sxmlns(:[^\\s=]+)?\\s*=\\s*(\"[^\"]*\"|'[^']*')");

    private final String text;
    private int start;
    private int end;

    /** @param text of a valid file, or of one element of it */
    public TagScanner(String text) {
        this.text = text;
    }

    /** Goes to the next tag; false at the end of the text. */
    public boolean next() {
        int from = end;
        while (true) {
            start = text.indexOf('<', from);
            if (start < 0) {
                return false;
            }
            if (text.startsWith("<![CDATA[", start)) {
                from = after("]]>");
            } else if (text.startsWith("<?", start)) {
                from = after("?>");
            } else {
                end = endOfTag();
                return true;
            }
        }
    }

    private int after(String delimiter) {
        int at = text.indexOf(delimiter, start);
        if (at < 0) {
            throw new IllegalArgumentException("not the text of a valid file");
        }
        return at + delimiter.length();
    }

    private int endOfTag() {
        char quote = 0;
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '>') {
                return i + 1;
            }
        }
        throw new IllegalArgumentException("not the text of a valid file");
    }

    /** Goes to the end tag of the element whose start tag this is. Does nothing for an empty-element tag. */
    public void toEndTag() {
        int open = opens() ? 1 : 0;
        while (open > 0 && next()) {
            if (closes()) {
                open--;
            } else if (opens()) {
                open++;
            }
        }
        if (open > 0) {
            throw new IllegalArgumentException("not the text of a valid file");
        }
    }

    /** Whether this is a start tag whose element has an end tag of its own. */
    public boolean opens() {
        return !closes() && text.charAt(end - 2) != '/';
    }

    /** Whether this is an end tag. */
    public boolean closes() {
        return text.charAt(start + 1) == '/';
    }

    /** Where the tag begins. */
    public int start() {
        return start;
    }

    /** Where what follows the tag begins. */
    public int end() {
        return end;
    }

    /** The element's name as written, with its prefix. */
    public String qualifiedName() {
        int from = closes() ? start + 2 : start + 1;
        int to = from;
        while (" \t\r\n/>".indexOf(text.charAt(to)) < 0) {
            to++;
        }
        return text.substring(from, to);
    }

    /** The element's name without its prefix. */
    public String name() {
        String qualified = qualifiedName();
        return qualified.substring(qualified.indexOf(':') + 1);
    }

    /** The namespace declarations of a start tag, each with a space before it, without that of the prefix xsi. */
    public String namespaceDeclarations() {
        StringBuilder declarations = new StringBuilder();
        Matcher matcher = DECLARED_NAMESPACE.matcher(text.substring(start, end));
        while (matcher.find()) {
            if (!":xsi".equals(matcher.group(1))) {
                declarations.append(' ').append(matcher.group().strip());
            }
        }
        return declarations.toString();
    }
}
