package org.embassage.routes.tls;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.remoting.impl.ssl.DefaultSSLContextFactory;
import org.apache.activemq.artemis.spi.core.remoting.ssl.SSLContextConfig;

/**
 * Hands TLS contexts to Artemis without a key file: a context is registered under a name, and the acceptor or connector
 * gives that name as {@code sslContext}. Found by Artemis as a service; without the parameter it does what Artemis does
 * by default. A name that is not registered fails, it never falls back.
 */
public final class TlsContexts extends DefaultSSLContextFactory {

    private static final ConcurrentMap<String, SSLContext> REGISTERED = new ConcurrentHashMap<>();
    private static final AtomicLong NEXT = new AtomicLong();
    private static final int BEFORE_THOSE_OF_ARTEMIS = 20;

    /** @return the name, to be given to {@link #forget} at the end */
    public static String register(SSLContext context) {
        String name = "embassage-" + NEXT.getAndIncrement();
        REGISTERED.put(name, context);
        return name;
    }

    public static void forget(String name) {
        REGISTERED.remove(name);
    }

    @Override
    public SSLContext getSSLContext(SSLContextConfig config, Map<String, Object> options) throws Exception {
        Object name = options.get(TransportConstants.SSL_CONTEXT_PROP_NAME);
        if (name == null) {
            return super.getSSLContext(config, options);
        }
        SSLContext context = REGISTERED.get(name.toString());
        if (context == null) {
            throw new IllegalStateException("the TLS context is not registered");
        }
        return context;
    }

    @Override
    public int getPriority() {
        return BEFORE_THOSE_OF_ARTEMIS;
    }
}
