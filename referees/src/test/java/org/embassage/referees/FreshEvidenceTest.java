package org.embassage.referees;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The referees judge what running gateways just exported: the bundle that the journeys of {@code scenarios} leave in their
 * build folder, in the same build.
 */
@Tag("foreign")
class FreshEvidenceTest {

    private static final Path JOURNEY = Path.of("..", "scenarios", "target", "journeys", "FourKindsJourneyTest");

    private static final Path TRUST = JOURNEY.resolve("QVL-BG").resolve("trust");

    @Test
    void dssPassesEveryReceipt() {
        assertThat(Dss.judge(exported(), Trust.read(TRUST), Instant.now()))
                .hasSizeGreaterThan(5)
                .allSatisfy((place, opinion) -> assertThat(opinion.toString())
                        .as(place + opinion.messages())
                        .startsWith("TOTAL_PASSED")
                        .doesNotContain("time-stamp"));
    }

    @Test
    void opensslAndGoVerifyTheBundle() {
        assertThat(Referee.opensslSays(TRUST, "now", exported())).contains("\tVERIFIED ");
        assertThat(Referee.goSays(TRUST, exported())).contains("\tVERIFIED ");
    }

    @Test
    void opensslRefusesItWithOneByteChanged() {
        assertThat(Referee.opensslSays(TRUST, "now", JOURNEY.resolve("changed.zip")))
                .contains("\tREFUSED ");
    }

    private static Path exported() {
        Path bundle = JOURNEY.resolve("evidence.zip");
        assertThat(bundle)
                .as("the journeys of scenarios run before the referees")
                .exists();
        return bundle;
    }
}
