package org.embassage.exchange.document;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The one way a time is written in a header: UTC, always three digits of milliseconds, the letter Z. */
final class UtcText {

    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private UtcText() {}

    static String of(Instant time) {
        return FORM.format(time);
    }
}
