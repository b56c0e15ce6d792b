package org.embassage.routes.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.WrappedFile;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Reception;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the bytes out of a file on the own SFTP server, up to the limit, whatever size the listing said. */
public final class SftpArrivals {

    private static final Logger LOG = LoggerFactory.getLogger(SftpArrivals.class);

    private final Reception reception;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final int MOST_DOUBLINGS = 5;

    private final int maxBytes;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile long pausedSince;

    public SftpArrivals(Reception reception, int maxBytes) {
        this.reception = reception;
        this.maxBytes = maxBytes;
    }

    int maxBytes() {
        return maxBytes;
    }

    /** Whether our side failed a moment ago; then no file is looked at. The pause doubles with each failure, up to 32 s. */
    boolean pausing() {
        int failed = failures.get();
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(Math.max(failed - 1, 0), MOST_DOUBLINGS));
        return failed > 0 && System.nanoTime() - pausedSince < pause.toNanos();
    }

    /** @throws IOException if the file cannot be read; it stays */
    void accept(GatewayId peer, @Nullable Object name, @Nullable Object file) throws IOException {
        Object body = file instanceof WrappedFile<?> wrapped ? wrapped.getBody() : file;
        if (!(body instanceof InputStream stream)) {
            throw new IOException("the file did not come as a stream");
        }
        if (name instanceof String text && BundleNames.isUnfinished(text)) {
            stream.close();
            LOG.info("peer={} transport=SFTP event=UnfinishedRemoved", peer);
            return;
        }
        byte[] bundle;
        try (stream) {
            bundle = stream.readNBytes(maxBytes + 1);
        }
        if (bundle.length > maxBytes) {
            LOG.error(
                    "peer={} transport=SFTP event=BundleRefused alarm=true fault={}",
                    peer,
                    FaultCode.MESSAGE_TOO_LARGE.code());
            return;
        }
        try {
            reception.accept(new Arrival(peer, Transport.SFTP, bundle));
            failures.set(0);
        } catch (RuntimeException | Error e) {
            pausedSince = System.nanoTime();
            failures.incrementAndGet();
            throw e;
        }
    }
}
