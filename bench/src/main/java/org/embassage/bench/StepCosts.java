package org.embassage.bench;

import java.util.List;

/**
 * What the steps cost, all run by one thread in one process, without transports and timers.
 *
 * @param work what the CPU time went into, by kind of code, dearest first; shares of 1
 * @param hot own methods with all that they call, dearest first; shares of 1, which overlap
 */
record StepCosts(int exchanges, List<Cost> steps, List<Share> work, List<Share> hot) {

    StepCosts {
        steps = List.copyOf(steps);
        work = List.copyOf(work);
        hot = List.copyOf(hot);
    }

    /** CPU milliseconds of an exchange, all steps together. */
    double cpuMillisEach() {
        return steps.stream().mapToDouble(Cost::cpuMillis).sum();
    }

    /** Milliseconds for one exchange. */
    record Cost(Step step, double cpuMillis, double wallMillis) {}

    /** Share of the CPU time, 0 to 1. */
    record Share(String name, double share) {}
}
