package org.embassage.gateway.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.embassage.exchange.keep.StampState;

/** How time-stamping stands, for a person. */
final class StampWords {

    private StampWords() {}

    /** Behind the words "time-stamping: ". */
    static String sentence(StampState state, Instant now) {
        return switch (state.condition()) {
            case OFF -> "none";
            case CURRENT ->
                mode(state) + "; up to date"
                        + state.anchor()
                                .map(at -> ", last anchor " + Words.age(at, now) + " ago")
                                .orElse("");
            case BEHIND -> mode(state) + "; BEHIND" + since(state, now) + "; the grace ends in " + left(state, now);
            case ENDED -> mode(state) + "; GRACE ENDED" + since(state, now) + "; no new drops are taken";
        };
    }

    /** What a person must do. */
    static Optional<String> need(StampState state, Instant now) {
        return switch (state.condition()) {
            case OFF, CURRENT -> Optional.empty();
            case BEHIND ->
                Optional.of("evidence waits for time-stamps: in " + left(state, now)
                        + " no new drops will be taken; see the log for the reason");
            case ENDED ->
                Optional.of("the grace for time-stamps has ended: restore time-stamping, all goes on by itself");
        };
    }

    private static String mode(StampState state) {
        return state.mode().name().toLowerCase(Locale.ROOT);
    }

    private static String since(StampState state, Instant now) {
        return state.since()
                .map(since -> ", the oldest evidence waits for " + Words.age(since, now))
                .orElse("");
    }

    private static String left(StampState state, Instant now) {
        Duration left = state.left(now).orElse(Duration.ZERO);
        return left.toHours() + " h " + left.toMinutesPart() + " min";
    }
}
