package org.embassage.routes.camel;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
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
    /** Why each endpoint failed last: the same cause is said once, until it works again. */
    private final Map<String, String> causes = new ConcurrentHashMap<>();

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
            causes.remove(endpoint);
        } catch (CamelExecutionException | IllegalStateException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String name = FailureHandling.name(cause);
            if (!name.equals(causes.put(endpoint, name))) {
                LOG.warn("endpoint={} event=NotCarried cause={}", endpoint, name);
            }
            throw new Broken(FaultCode.PEER_UNREACHABLE);
        }
    }
}
