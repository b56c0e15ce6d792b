package org.embassage.routes.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StillnessTest {

    private static final Duration QUIET = Duration.ofSeconds(2);

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2031-06-01T12:00:00Z");
    private final Stillness stillness = new Stillness(
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            QUIET);

    private boolean stillAfter(Duration time) throws IOException {
        Path file = folder.resolve("drop");
        if (!Files.exists(file)) {
            Files.writeString(file, "SYNTHETIC");
        }
        now = now.plus(time);
        return stillness.isStill(file, Files.readAttributes(file, BasicFileAttributes.class));
    }

    @Test
    void aFileIsStillOnceItHasNotChangedForLongEnough() throws IOException {
        assertThat(stillAfter(Duration.ZERO)).isFalse();
        assertThat(stillAfter(QUIET.minusMillis(1))).isFalse();
        assertThat(stillAfter(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void aClockThatIsSetBackBeginsTheWaitAgainAndMakesItNoLonger() throws IOException {
        assertThat(stillAfter(Duration.ZERO)).isFalse();
        assertThat(stillAfter(Duration.ofDays(-1))).isFalse();
        assertThat(stillAfter(QUIET)).isTrue();
    }
}
