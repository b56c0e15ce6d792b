package org.embassage.exchange.send;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.LinkState;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * The breaker of one transport to one peer. It is closed while the peer can be reached. After three failures in a row it is
 * open: then nothing is tried but a probe, after pauses that double up to a minute, each with jitter. A probe that arrives
 * closes it. Thread-safe.
 */
public final class Link {

    private static final int FAILURES_TO_OPEN = 3;

    private final GatewayId peer;
    private final Transport transport;
    private final RetryPlan retries;
    private final SplittableRandom random = new SplittableRandom();
    private boolean open;
    private Instant since = Instant.EPOCH;
    private int failures;
    private Instant nextTry = Instant.EPOCH;

    Link(GatewayId peer, Transport transport, RetryPlan retries) {
        this.peer = peer;
        this.transport = transport;
        this.retries = retries;
    }

    /** What may be done over a link now. */
    enum Turn {
        /** Carry what waits. */
        CARRY,
        /** It failed before: carry one item, to find out whether it works. */
        PROBE,
        /** Wait. */
        WAIT
    }

    synchronized Turn turn(Instant now) {
        if (waits(now)) {
            return Turn.WAIT;
        }
        return failures == 0 ? Turn.CARRY : Turn.PROBE;
    }

    /** A clock that was set back does not make it wait for longer than any pause. */
    private boolean waits(Instant now) {
        return now.isBefore(nextTry) && !nextTry.isAfter(now.plus(retries.longestFailure()));
    }

    synchronized boolean open() {
        return open;
    }

    /** Whether it has been open for this long; since a time that is still to come, as after a clock was set back, counts as long. */
    synchronized boolean openFor(Duration time, Instant now) {
        return open && (now.isBefore(since) || !now.isBefore(since.plus(time)));
    }

    /** Goes on where the process before this one stopped: what was open is probed at once. */
    synchronized void restore(LinkState before) {
        open = before.open();
        since = before.since();
        failures = before.failures();
    }

    /** A carry failed. @return whether that opened the breaker */
    synchronized boolean failed(Instant now) {
        nextTry = retries.afterFailure(now, failures, random);
        failures++;
        boolean opens = !open && failures >= FAILURES_TO_OPEN;
        if (opens) {
            open = true;
            since = now;
        }
        return opens;
    }

    /** A carry arrived. @return whether that closed the breaker */
    synchronized boolean carried(Instant now) {
        boolean closes = open;
        if (closes) {
            open = false;
            since = now;
        }
        failures = 0;
        nextTry = now;
        return closes;
    }

    /** When an item may go again that failed by itself, after so many attempts. */
    synchronized Instant again(Instant now, int attemptsBefore) {
        return retries.afterFailure(now, attemptsBefore, random);
    }

    /** The next attempt is due at once. */
    synchronized void hurry(Instant now) {
        nextTry = now;
    }

    synchronized LinkState state() {
        return new LinkState(peer, transport, open, since, failures, nextTry);
    }
}
