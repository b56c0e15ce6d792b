package org.embassage.verifier.paper;

/**
 * How text looks.
 *
 * @param size of the type in points
 * @param leading from one line to the next in points
 * @param bold made by stroking the outlines, for the document has one font
 */
public record Style(float size, float leading, boolean bold) {

    public static final Style TITLE = new Style(20, 26, true);
    public static final Style VERDICT = new Style(17, 22, true);
    public static final Style HEADING = new Style(12.5f, 17, true);
    public static final Style LEAD = new Style(11.5f, 16, false);
    public static final Style BODY = new Style(9.5f, 13, false);
    public static final Style STRONG = new Style(9.5f, 13, true);
    public static final Style CELL = new Style(8.3f, 10.6f, false);
    public static final Style CELL_STRONG = new Style(8.3f, 10.6f, true);
    public static final Style SMALL = new Style(7, 9, false);
}
