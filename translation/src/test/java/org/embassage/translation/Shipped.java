package org.embassage.translation;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.HandOverFormat;
import org.embassage.translation.feed.FeedDescription;
import org.embassage.translation.handover.HandOverDescription;

/** The descriptions that ship with the gateway. */
public final class Shipped {

    public static final FeedDescription QVL_DESCRIPTION =
            FeedDescription.load(file("qvl/feeds/border-guard.yaml")).orThrow();
    public static final FeedDescription QOS_DESCRIPTION =
            FeedDescription.load(file("qos/feeds/police.yaml")).orThrow();
    public static final Feed QVL = QVL_DESCRIPTION.feed();
    public static final Feed QOS = QOS_DESCRIPTION.feed();
    public static final HandOverFormat QVL_XML =
            HandOverDescription.load(file("qvl/formats/qvl-xml.yaml")).orThrow();
    public static final HandOverFormat QOS_CSV =
            HandOverDescription.load(file("qos/formats/qos-csv.yaml")).orThrow();

    private Shipped() {}

    /** The text of a file that ships beside the profiles. */
    public static String resource(String name) throws IOException {
        try (InputStream content = Shipped.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(content).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    public static Path file(String name) {
        URL url = Shipped.class.getResource("profiles/" + name);
        if (url == null) {
            throw new IllegalStateException("no such profile file: " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
