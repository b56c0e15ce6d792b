package org.embassage.exchange.wire;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells a peer that sequence numbers to it, both ends included, will never be used:
 *
 * <pre>
 * embassage-void/v1
 * 65 128
 * </pre>
 */
public record VoidNotice(long from, long to) {

    private static final Pattern FORM = Pattern.compile("embassage-void/v1\n([1-9][0-9]{0,17}) ([1-9][0-9]{0,17})\n");

    public VoidNotice {
        if (from < 1 || to < from) {
            throw new IllegalArgumentException("numbers count from 1, the first is not after the last");
        }
    }

    /** UTF-8. */
    public byte[] octets() {
        return ("embassage-void/v1\n" + from + " " + to + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** @return nothing if it is not exactly such a text */
    public static Optional<VoidNotice> parse(byte[] octets) {
        Matcher text = FORM.matcher(new String(octets, StandardCharsets.UTF_8));
        if (!text.matches()) {
            return Optional.empty();
        }
        long from = Long.parseLong(text.group(1));
        long to = Long.parseLong(text.group(2));
        return to < from ? Optional.empty() : Optional.of(new VoidNotice(from, to));
    }
}
