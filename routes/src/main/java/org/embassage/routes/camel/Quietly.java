package org.embassage.routes.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs what a consumer could not do by the exception's class or code only. The consumer tries again by itself. */
public final class Quietly implements ExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Quietly.class);

    @Override
    public void handleException(Throwable exception) {
        handleException(null, null, exception);
    }

    @Override
    public void handleException(@Nullable String message, Throwable exception) {
        handleException(message, null, exception);
    }

    @Override
    public void handleException(@Nullable String message, @Nullable Exchange exchange, Throwable exception) {
        Throwable cause = exception.getCause() == null ? exception : exception.getCause();
        LOG.warn(
                "route={} event=ConsumerFailed cause={}",
                exchange == null ? "-" : exchange.getFromRouteId(),
                FailureHandling.name(cause));
    }
}
