package org.embassage.exchange.journal;

import java.time.Instant;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * Whether a peer can be reached over one transport.
 *
 * @param open whether the breaker is open: so many attempts failed in a row that only a probe is carried now and then
 * @param since when that began, UTC
 * @param failures in a row
 * @param nextTry not before, UTC; meaningful while there were failures
 */
public record LinkState(
        GatewayId peer, Transport transport, boolean open, Instant since, int failures, Instant nextTry) {}
