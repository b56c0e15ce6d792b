package org.embassage.routes.camel;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where carriers put bundles into routes: nowhere before the edge has started, nor after it was closed. Thread-safe. */
public final class Outlet {

    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);

    private final AtomicReference<@Nullable ProducerTemplate> template = new AtomicReference<>();

    public void open(ProducerTemplate opened) {
        template.set(opened);
    }

    public void close() {
        template.set(null);
    }

    /**
     * Sends the bundle through the route that starts at {@code endpoint} and waits for its end.
     *
     * @throws Broken PEER_UNREACHABLE whatever failed
     */
    public void send(String endpoint, byte[] bundle, Map<String, Object> headers) {
        ProducerTemplate open = template.get();
        if (open == null) {
            throw new Broken(FaultCode.PEER_UNREACHABLE);
        }
        try {
            open.sendBodyAndHeaders(endpoint, bundle, headers);
        } catch (CamelExecutionException | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            LOG.warn("endpoint={} event=NotCarried cause={}", endpoint, FailureHandling.name(cause));
            throw new Broken(FaultCode.PEER_UNREACHABLE);
        }
    }
}
