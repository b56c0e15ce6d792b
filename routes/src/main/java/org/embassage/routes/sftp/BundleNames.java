package org.embassage.routes.sftp;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileFilter;
import org.embassage.evidence.Digest;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.document.Priority;
import org.embassage.exchange.fault.FaultCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which names a bundle may have: its SHA-256 in hex, {@code .0}, {@code .1} or {@code .3} if its priority is FLASH, URGENT or
 * BULK, and {@code .emb}, in one folder. The digit only orders what waits; nobody believes it. Asked before any remote operation, so a
 * server that lists {@code ../} or a longer path makes the consumer do nothing at all (CVE-2026-79983). The name of an unfinished
 * one is taken only when it was left so long ago that it is to be removed.
 */
final class BundleNames implements GenericFileFilter<Object> {

    private static final Logger LOG = LoggerFactory.getLogger(BundleNames.class);
    private static final Pattern FINAL = Pattern.compile("[0-9a-f]{64}(\\.[013])?\\.emb");
    private static final Pattern UNFINISHED =
            Pattern.compile("[0-9a-f]{64}(?:\\.[013])?\\.emb\\.[0-9a-f-]{1,40}\\.part");
    private static final int MOST_REMEMBERED = 1000;

    private final GatewayId peer;
    private final String folder;
    private final SftpArrivals arrivals;
    /** Longer than any upload without a byte: the server ends an idle login long before. */
    private static final Duration ABANDONED = Duration.ofHours(6);

    private final Clock clock;
    private final Set<String> tooLarge = ConcurrentHashMap.newKeySet();

    /** @param folder the polled one, relative to the login's root and without a slash at either end */
    BundleNames(GatewayId peer, String folder, SftpArrivals arrivals, Clock clock) {
        this.clock = clock;
        this.peer = peer;
        this.folder = folder;
        this.arrivals = arrivals;
    }

    static String of(byte[] bundle, Priority priority) {
        String digit = priority == Priority.ROUTINE ? "" : "." + priority.ordinal();
        return Digest.sha256(bundle).hex() + digit + ".emb";
    }

    /** What the name says of the priority, as its number; ROUTINE if it says nothing. */
    private static int urgency(String name) {
        Matcher matcher = FINAL.matcher(name);
        return matcher.matches() && matcher.group(1) != null
                ? matcher.group(1).charAt(1) - '0'
                : Priority.ROUTINE.ordinal();
    }

    /** The most urgent first, then the oldest. */
    static Comparator<GenericFile<Object>> mostUrgentFirst() {
        return Comparator.comparingInt((GenericFile<Object> file) -> urgency(file.getFileNameOnly()))
                .thenComparingLong(GenericFile::getLastModified);
    }

    static boolean isFinal(String name) {
        return FINAL.matcher(name).matches();
    }

    static boolean isUnfinished(String name) {
        return UNFINISHED.matcher(name).matches();
    }

    @Override
    public boolean accept(GenericFile<Object> file) {
        String name = file.getFileNameOnly();
        if (file.isDirectory()
                || !isFinal(name) && !isAbandoned(file, name)
                || !file.getFileName().equals(name)
                || !isHere(file, name)) {
            return false;
        }
        if (arrivals.pausing()) {
            return false;
        }
        if (isFinal(name) && file.getFileLength() > arrivals.maxBytes()) {
            refuse(name);
            return false;
        }
        return true;
    }

    /** Whether its upload was broken off so long ago that nobody goes on with it: the sender began anew under another name. */
    private boolean isAbandoned(GenericFile<Object> file, String name) {
        return isUnfinished(name)
                && Instant.ofEpochMilli(file.getLastModified()).plus(ABANDONED).isBefore(clock.instant());
    }

    private boolean isHere(GenericFile<Object> file, String name) {
        String path = file.getAbsoluteFilePath();
        return (path.startsWith("/") ? path.substring(1) : path).equals(folder + "/" + name);
    }

    /** Said once for each, as long as there are not too many. */
    private void refuse(String name) {
        if (tooLarge.size() < MOST_REMEMBERED && tooLarge.add(name)) {
            LOG.error(
                    "peer={} transport=SFTP event=BundleRefused alarm=true fault={}",
                    peer,
                    FaultCode.MESSAGE_TOO_LARGE.code());
        }
    }
}
