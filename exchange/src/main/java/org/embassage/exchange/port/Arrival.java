package org.embassage.exchange.port;

import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * A dispatch bundle as it came in.
 *
 * @param from the peer that the <em>transport</em> authenticated: by client certificate or SSH key
 * @param via the transport
 * @param bundle the bytes, untrusted; at most the configured limit
 */
@SuppressWarnings("ArrayRecordComponent") // carried once from the route to the use case, never compared
public record Arrival(GatewayId from, Transport via, byte[] bundle) {
    @Override
    public String toString() {
        return "bundle of " + bundle.length + " bytes from " + from + " by " + via;
    }
}
