package org.embassage.routes.camel;

import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.embassage.exchange.fault.Broken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happens when a step of a route throws. Logged is the fault's code, or the exception's class where there is none:
 * never a text that somebody else's code made, for it may quote a record.
 */
public final class FailureHandling extends RouteConfigurationBuilder {

    /** The message stays where it came from, so the transport brings it again. */
    public static final String LEFT_WITH_TRANSPORT = "left-with-transport";

    /** The caller is told by the exception and tries again. */
    public static final String TOLD_TO_CALLER = "told-to-caller";

    private static final Logger LOG = LoggerFactory.getLogger(FailureHandling.class);

    @Override
    public void configuration() {
        routeConfiguration(LEFT_WITH_TRANSPORT)
                .errorHandler(defaultErrorHandler().logExhausted(false).logStackTrace(false))
                .onException(Exception.class)
                .handled(false)
                .process(FailureHandling::log);
        routeConfiguration(TOLD_TO_CALLER).errorHandler(noErrorHandler());
    }

    private static void log(Exchange exchange) {
        LOG.warn(
                "route={} event=LeftWithTransport fault={}",
                exchange.getFromRouteId(),
                name(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
    }

    /** The code of the fault, or the simple name of the class. */
    public static String name(@Nullable Throwable thrown) {
        if (thrown instanceof Broken broken) {
            return broken.fault().code();
        }
        return thrown == null ? "none" : thrown.getClass().getSimpleName();
    }
}
