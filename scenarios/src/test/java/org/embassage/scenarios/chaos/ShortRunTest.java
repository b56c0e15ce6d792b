package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.embassage.scenarios.chaos.Disturbance.Kind;
import org.junit.jupiter.api.Test;

/** The run that every build plays; {@link ChaosRunTest} has the longer ones, scenarios/chaos the long ones. */
class ShortRunTest {

    private static final Set<Kind> KINDS =
            EnumSet.of(Kind.KILL, Kind.CRASH_POINT, Kind.CUT, Kind.RESET, Kind.CLOCK, Kind.FORGERY);
    /** Its first rounds are one of each kind. */
    private static final long SEED = 16598;

    private static final int ROUNDS = 6;

    @Test
    void nothingIsLostOrDoubledAndEveryReceiptVerifies() throws IOException {
        Path folder = Path.of("target", "chaos", "every-build").toAbsolutePath();
        Homes.clear(folder);
        try (Chaos chaos = new Chaos(
                new Chaos.Settings(
                        folder,
                        SEED,
                        ROUNDS,
                        KINDS,
                        Check.NONE,
                        Duration.ofMinutes(5),
                        false,
                        1_200,
                        Duration.ofSeconds(4),
                        false),
                new Progress(System.out, false))) {
            Chaos.Result result = chaos.run();
            Report.write(result, Plan.of(SEED, ROUNDS, KINDS), folder);

            assertThat(result.findings()).isEmpty();
            assertThat(result.handOvers()).isPositive();
            assertThat(result.receipts()).isPositive();
        }
    }

    @Test
    void itHasADisturbanceOfEachKind() {
        assertThat(Plan.of(SEED, ROUNDS, KINDS).disturbances())
                .extracting(Disturbance::kind)
                .containsExactlyInAnyOrderElementsOf(KINDS);
    }
}
