package org.embassage.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.embassage.bench.StepCosts.Share;

/**
 * Looks a thousand times a second at what one thread does, and books the CPU time since the last look to it. Does not
 * guarantee exactness: the JVM shows a thread at its safepoints only, so neighbours share.
 */
final class Sampler implements AutoCloseable {

    private static final String OWN = "org.embassage.";
    private static final String BENCH = "org.embassage.bench.";
    private static final long LOOK_EVERY = 1_000_000L;
    private static final int HOTTEST = 30;
    private static final double SMALLEST = 0.01;

    /** The first frame from the top whose class begins so decides; the order of the list does not matter. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("org.bouncycastle.math.", "elliptic curves"),
            Map.entry("org.bouncycastle.jcajce.provider.asymmetric.", "elliptic curves"),
            Map.entry("com.sun.crypto.provider.", "AES"),
            Map.entry("sun.security.provider.", "digests and randomness"),
            Map.entry("org.bouncycastle.asn1.", "ASN.1 and CMS"),
            Map.entry("org.bouncycastle.cms.", "ASN.1 and CMS"),
            Map.entry("org.bouncycastle.cert.", "ASN.1 and CMS"),
            Map.entry("sun.security.x509.", "certificates"),
            Map.entry("sun.security.util.", "certificates"),
            Map.entry("com.sun.org.apache.xerces.", "XML parsing and validation"),
            Map.entry("com.sun.org.apache.xalan.", "XML writing"),
            Map.entry("com.sun.org.apache.xml.", "XML writing"),
            Map.entry("org.glassfish.jaxb.", "XML binding"),
            Map.entry("com.sun.xml.", "XML binding"),
            Map.entry("java.util.zip.", "ZIP"),
            Map.entry("org.sqlite.", "database"),
            Map.entry("org.jdbi.", "database access"),
            Map.entry("com.zaxxer.", "database access"),
            Map.entry("org.embassage.store.", "database access"),
            Map.entry("sun.nio.ch.", "files"),
            Map.entry("sun.nio.fs.", "files"),
            Map.entry("ch.qos.logback.", "logging"),
            Map.entry("org.embassage.translation.", "translation"),
            Map.entry("org.embassage.evidence.", "own code: evidence"),
            Map.entry("org.embassage.schemas.", "own code: schemas"),
            Map.entry("org.embassage.sealing.", "own code: sealing"),
            Map.entry("org.embassage.exchange.", "own code: exchange"),
            Map.entry("org.embassage.routes.", "own code: routes"));

    private final Thread watched;
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Map<String, Long> work = new HashMap<>();
    private final Map<String, Long> hot = new HashMap<>();
    private final Thread looking = new Thread(this::look, "sampler");
    private volatile boolean on;
    private volatile boolean over;
    private long all;

    Sampler(Thread watched) {
        this.watched = watched;
        looking.setDaemon(true);
    }

    void begin() {
        on = true;
        looking.start();
    }

    void end() {
        over = true;
        try {
            looking.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        long before = threads.getThreadCpuTime(watched.getId());
        while (on && !over) {
            LockSupport.parkNanos(LOOK_EVERY);
            StackTraceElement[] stack = watched.getStackTrace();
            long now = threads.getThreadCpuTime(watched.getId());
            book(stack, now - before);
            before = now;
        }
    }

    private void book(StackTraceElement[] stack, long nanos) {
        all += nanos;
        work.merge(kind(stack), nanos, Long::sum);
        Set<String> seen = new HashSet<>();
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (type.startsWith(OWN) && !type.startsWith(BENCH) && seen.add(name(frame))) {
                hot.merge(name(frame), nanos, Long::sum);
            }
        }
    }

    private static String kind(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            for (Map.Entry<String, String> kind : KINDS.entrySet()) {
                if (frame.getClassName().startsWith(kind.getKey())) {
                    return kind.getValue();
                }
            }
        }
        return "other";
    }

    private static String name(StackTraceElement frame) {
        String type = frame.getClassName();
        String method = frame.getMethodName().replaceFirst("^lambda\\$(.*)\\$\\d+$", "$1");
        return type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "") + "." + method;
    }

    List<Share> work() {
        return shares(work, work.size());
    }

    List<Share> hot() {
        return shares(hot, HOTTEST);
    }

    private List<Share> shares(Map<String, Long> nanos, int most) {
        return nanos.entrySet().stream()
                .map(one -> new Share(one.getKey(), (double) one.getValue() / Math.max(1, all)))
                .filter(share -> share.share() >= SMALLEST)
                .sorted((a, b) -> Double.compare(b.share(), a.share()))
                .limit(most)
                .toList();
    }

    @Override
    public void close() {
        over = true;
    }
}
