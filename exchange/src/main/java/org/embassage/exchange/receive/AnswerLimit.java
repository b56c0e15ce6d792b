package org.embassage.exchange.receive;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.embassage.evidence.GatewayId;

/** How often a peer is told UNOPENABLE: so often that an honest one learns of it, too seldom for an oracle. Thread-safe. */
final class AnswerLimit {

    private static final int MOST = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Map<GatewayId, Window> windows = new HashMap<>();

    synchronized boolean allows(GatewayId peer, Instant now) {
        Window window = windows.get(peer);
        // A window that is still to come was begun by a clock that was set back since.
        if (window == null
                || now.isBefore(window.from())
                || now.isAfter(window.from().plus(WINDOW))) {
            windows.put(peer, new Window(now, 1));
            return true;
        }
        windows.put(peer, new Window(window.from(), window.count() + 1));
        return window.count() < MOST;
    }

    private record Window(Instant from, int count) {}
}
