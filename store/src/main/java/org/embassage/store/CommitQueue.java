package org.embassage.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.journal.StepResult;

/**
 * Lets callers who come while a commit is under way share the next one, and so its fsync. Each waits for its own result.
 * Thread-safe.
 */
final class CommitQueue {

    private static final int MAX_STEPS = 256;

    private final Database database;
    private final ReentrantLock turn = new ReentrantLock();
    private final Queue<Request> waiting = new ArrayDeque<>();

    CommitQueue(Database database) {
        this.database = database;
    }

    private static final class Request {
        private final List<StepPlan> plans;
        private final CompletableFuture<List<StepResult>> result = new CompletableFuture<>();

        Request(List<StepPlan> plans) {
            this.plans = plans;
        }
    }

    List<StepResult> commit(List<StepPlan> plans) {
        Request mine = new Request(plans);
        synchronized (waiting) {
            waiting.add(mine);
        }
        turn.lock();
        try {
            while (!mine.result.isDone()) {
                commit(next());
            }
        } finally {
            turn.unlock();
        }
        return result(mine);
    }

    private static List<StepResult> result(Request request) {
        try {
            return request.result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw failed;
        }
    }

    /** The longest waiting requests; one at least, for the caller's own is among them. */
    private Queue<Request> next() {
        Queue<Request> group = new ArrayDeque<>();
        int steps = 0;
        synchronized (waiting) {
            while (!waiting.isEmpty()
                    && (group.isEmpty() || steps + waiting.element().plans.size() <= MAX_STEPS)) {
                steps += waiting.element().plans.size();
                group.add(waiting.remove());
            }
        }
        return group;
    }

    private void commit(Queue<Request> group) {
        List<StepPlan> plans = new ArrayList<>();
        group.forEach(request -> plans.addAll(request.plans));
        try {
            List<StepResult> results = database.write(session -> StepWriter.write(session, plans));
            int from = 0;
            for (Request request : group) {
                int to = from + request.plans.size();
                request.result.complete(List.copyOf(results.subList(from, to)));
                from = to;
            }
        } catch (Broken failed) {
            fail(group, failed);
        } catch (RuntimeException | Error bug) {
            group.forEach(request -> request.result.completeExceptionally(bug));
        }
    }

    /** One caller's bad step must not fail the others: each gets a commit of its own. */
    private void fail(Queue<Request> group, Broken failed) {
        if (group.size() == 1) {
            group.element().result.completeExceptionally(failed);
            return;
        }
        for (Request request : group) {
            commit(new ArrayDeque<>(List.of(request)));
        }
    }
}
