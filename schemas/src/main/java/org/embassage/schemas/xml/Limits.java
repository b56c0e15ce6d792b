package org.embassage.schemas.xml;

/**
 * How much a file may cost.
 *
 * @param bytes length of the whole file
 * @param depth nesting of elements
 * @param elements number of elements
 * @param attributes attributes of one element
 * @param violations after how many the reading ends
 */
public record Limits(int bytes, int depth, int elements, int attributes, int violations) {

    /** One mebibyte, depth 64, 20,000 elements, 16 attributes; ends at the twentieth violation. */
    public static final Limits DEFAULT = new Limits(1 << 20, 64, 20_000, 16, 20);

    public Limits {
        if (bytes < 1 || depth < 1 || elements < 1 || attributes < 1 || violations < 1) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    /** The same with another length of the whole file. */
    public Limits withBytes(int maximum) {
        return new Limits(maximum, depth, elements, attributes, violations);
    }
}
