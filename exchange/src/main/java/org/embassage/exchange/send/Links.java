package org.embassage.exchange.send;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.port.Carrier.Transport;

/** All links of a gateway: each peer by each transport over which it can be reached. Thread-safe. */
public final class Links {

    private final RetryPlan retries;
    private final Duration failover;
    private final List<LinkState> before;
    private final Map<Key, Link> links = new ConcurrentHashMap<>();

    /**
     * @param failover after a link has been open for so long, what may go by another transport goes there
     * @param before what an earlier process knew
     */
    public Links(RetryPlan retries, Duration failover, List<LinkState> before) {
        this.retries = retries;
        this.failover = failover;
        this.before = List.copyOf(before);
    }

    RetryPlan retries() {
        return retries;
    }

    /** The link, which is in use from now on. */
    Link use(GatewayId peer, Transport transport) {
        return links.computeIfAbsent(new Key(peer, transport), key -> {
            Link link = new Link(peer, transport, retries);
            before.stream()
                    .filter(state -> state.peer().equals(peer) && state.transport() == transport)
                    .forEach(link::restore);
            return link;
        });
    }

    /** Where what waits for a link shall go instead, if that link has been down for long enough and another one is not. */
    Optional<Transport> instead(GatewayId peer, Transport transport, Instant now) {
        if (!use(peer, transport).openFor(failover, now)) {
            return Optional.empty();
        }
        return links.entrySet().stream()
                .filter(entry ->
                        entry.getKey().peer().equals(peer) && entry.getKey().transport() != transport)
                .filter(entry -> !entry.getValue().open())
                .map(entry -> entry.getKey().transport())
                .min(Comparator.naturalOrder());
    }

    /** Every link to the peer is tried at once. */
    public void hurry(GatewayId peer, Instant now) {
        links.forEach((key, link) -> {
            if (key.peer().equals(peer)) {
                link.hurry(now);
            }
        });
    }

    private record Key(GatewayId peer, Transport transport) {}
}
