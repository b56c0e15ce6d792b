package org.embassage.evidence;

import java.util.regex.Pattern;

/**
 * The name of one gateway, which is the node of one agency: the country's three letters, a hyphen, the agency's code
 * ({@code QVL-BG}). It appears in clear in addresses, receipts and logs and is no personal data.
 *
 * @param value at most 20 characters, {@code [A-Z]{3}-[A-Z0-9]{1,16}}
 */
public record GatewayId(String value) implements Comparable<GatewayId> {

    private static final Pattern SHAPE = Pattern.compile("[A-Z]{3}-[A-Z0-9]{1,16}");

    public GatewayId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("a gateway id looks like QVL-BG");
        }
    }

    /** The country's alpha-3 code. */
    public String country() {
        return value.substring(0, 3);
    }

    @Override
    public int compareTo(GatewayId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
