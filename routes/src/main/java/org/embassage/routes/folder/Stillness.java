package org.embassage.routes.folder;

import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Remembers since when files have not changed. Not thread-safe. */
final class Stillness {

    private final Clock clock;
    private final Duration quiet;
    private final Map<Path, Seen> seen = new HashMap<>();

    Stillness(Clock clock, Duration quiet) {
        this.clock = clock;
        this.quiet = quiet;
    }

    /** Whether size and time of change have been the same for as long as is wanted. */
    boolean isStill(Path file, BasicFileAttributes now) {
        Seen fresh = new Seen(now.size(), now.lastModifiedTime(), clock.instant());
        Seen known = seen.get(file);
        // Seen at a time that is still to come: the clock was set back meanwhile, and the wait begins again.
        if (known == null || !known.sameAs(fresh) || fresh.since().isBefore(known.since())) {
            seen.put(file, fresh);
            return quiet.isZero();
        }
        return !known.since().plus(quiet).isAfter(fresh.since());
    }

    /** Forgets all files that are not there any more. */
    void keepOnly(Set<Path> present) {
        seen.keySet().retainAll(present);
    }

    private record Seen(long size, FileTime changed, Instant since) {
        boolean sameAs(Seen other) {
            return size == other.size && changed.equals(other.changed);
        }
    }
}
