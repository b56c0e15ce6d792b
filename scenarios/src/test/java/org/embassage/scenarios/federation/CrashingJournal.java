package org.embassage.scenarios.federation;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.journal.Journal;
import org.embassage.exchange.journal.OutboxEntry;
import org.embassage.exchange.journal.StepOutcome;
import org.embassage.exchange.journal.StepResult;
import org.embassage.exchange.port.Carrier.Transport;

/**
 * A journal under which the process dies once, just before or just after the commit that was named, or under which somebody
 * else is faster.
 */
final class CrashingJournal implements Journal {

    private final Journal journal;
    private int commitsLeft = Integer.MAX_VALUE;
    private boolean after;
    private final Deque<Runnable> faster = new ArrayDeque<>();

    CrashingJournal(Journal journal) {
        this.journal = journal;
    }

    /** @param commits that still succeed */
    void crashAt(int commits, boolean afterTheCommit) {
        this.commitsLeft = commits;
        this.after = afterTheCommit;
    }

    /** What another connection does between the judgement and the commit that are next. */
    void meanwhile(Runnable other) {
        faster.add(other);
    }

    @Override
    public List<StepResult> commit(List<StepOutcome> steps) {
        if (!faster.isEmpty()) {
            faster.remove().run();
        }
        boolean dies = commitsLeft-- == 0;
        if (dies && !after) {
            throw new Crash();
        }
        List<StepResult> results = journal.commit(steps);
        if (dies) {
            throw new Crash();
        }
        return results;
    }

    @Override
    public long reserveSequence(GatewayId peer, int count) {
        return journal.reserveSequence(peer, count);
    }

    @Override
    public List<OutboxEntry> lease(GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit) {
        return journal.lease(peer, transport, now, leaseUntil, limit);
    }

    @Override
    public List<OutboxEntry> leaseOldest(
            GatewayId peer, Transport transport, Instant now, Instant leaseUntil, int limit) {
        return journal.leaseOldest(peer, transport, now, leaseUntil, limit);
    }

    /** The end of a process: nothing that a gateway could live on with. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }
}
