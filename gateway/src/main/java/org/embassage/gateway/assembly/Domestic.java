package org.embassage.gateway.assembly;

import java.util.Map;
import org.embassage.exchange.domestic.Feed;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.HandOverFormat;

/**
 * How this gateway speaks with its own side.
 *
 * @param feeds by name
 * @param format of what is handed over
 */
public record Domestic(Map<FeedId, Feed> feeds, HandOverFormat format) {
    public Domestic {
        feeds = Map.copyOf(feeds);
    }
}
