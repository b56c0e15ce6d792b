package org.embassage.gateway.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Whether the gateway can accept drops: each part is asked anew. A peer that is down does not make it unready. */
public final class Health {

    private final Map<String, Supplier<State>> parts = new LinkedHashMap<>();

    /** How a part is. */
    public enum State {
        OK,
        /** It works, but somebody should look before it does not. */
        DEGRADED,
        DOWN
    }

    /** Adds a part. @param works must not block; an exception counts as no */
    public Health with(String part, BooleanSupplier works) {
        return judged(part, () -> works.getAsBoolean() ? State.OK : State.DOWN);
    }

    /** Adds a part that can be degraded. @param state must not block; an exception counts as down */
    public Health judged(String part, Supplier<State> state) {
        parts.put(part, state);
        return this;
    }

    /** Each part and how it is. */
    Map<String, State> ask() {
        Map<String, State> answers = new LinkedHashMap<>();
        parts.forEach((part, state) -> answers.put(part, state(state)));
        return answers;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever fails, the part does not work
    private static State state(Supplier<State> state) {
        try {
            return state.get();
        } catch (RuntimeException failed) {
            return State.DOWN;
        }
    }
}
