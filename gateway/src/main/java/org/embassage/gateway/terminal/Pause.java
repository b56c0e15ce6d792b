package org.embassage.gateway.terminal;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits between two looks at something that another process does. */
public final class Pause {

    private Pause() {}

    /** @throws Stop 130 if interrupted */
    public static void take(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Stop(ExitCode.INTERRUPTED, "interrupted", "run the command again");
        }
    }
}
