package org.embassage.exchange.domestic;

import java.util.regex.Pattern;

/**
 * The name of a feed, which is also the name of its folder in the drop tree.
 *
 * @param value {@code [a-z0-9][a-z0-9-]{0,39}}
 */
public record FeedId(String value) {
    private static final Pattern SHAPE = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    public FeedId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a feed id has lower-case letters, digits and hyphens, 40 at most");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
