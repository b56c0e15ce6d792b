package org.embassage.routes.tls;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.port.KeySource;

/** Makes the TLS contexts of one gateway: its own current key, and trust in pinned keys only. Thread-safe. */
public final class PinnedTls {

    private final KeySource keys;
    private final Pins pins;
    private final SecureRandom random;

    public PinnedTls(KeySource keys, Pins pins, SecureRandom random) {
        this.keys = keys;
        this.pins = pins;
        this.random = random;
    }

    /** For the own broker: any known gateway may shake hands; what it may do is decided by its name. */
    public SSLContext server() {
        return context(pins::anyone);
    }

    /** For a connection to the broker of {@code gateway}: nobody else's key is believed. */
    public SSLContext client(GatewayId gateway) {
        return context(() -> pins.of(gateway));
    }

    private SSLContext context(Supplier<Set<Digest>> trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new CurrentKey(keys)}, new TrustManager[] {new PinnedTrust(trusted)}, random);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java 17 has TLS 1.3", e);
        }
    }
}
