package org.embassage.gateway.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the gateway can accept drops: each part is asked anew. A peer that is down does not make it unready. */
public final class Health {

    private final Map<String, BooleanSupplier> parts = new LinkedHashMap<>();

    /** Adds a part. @param works must not block; an exception counts as no */
    public Health with(String part, BooleanSupplier works) {
        parts.put(part, works);
        return this;
    }

    /** Each part and whether it works. */
    Map<String, Boolean> ask() {
        Map<String, Boolean> answers = new LinkedHashMap<>();
        parts.forEach((part, works) -> answers.put(part, works(works)));
        return answers;
    }

    @SuppressWarnings("CatchingUnchecked") // whatever fails, the part does not work
    private static boolean works(BooleanSupplier works) {
        try {
            return works.getAsBoolean();
        } catch (RuntimeException failed) {
            return false;
        }
    }
}
