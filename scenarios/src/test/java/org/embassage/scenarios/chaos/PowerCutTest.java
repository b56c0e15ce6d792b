package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.embassage.scenarios.chaos.Disturbance.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Power cuts on file systems of their own (ext4 by loop mount), as root. With libeatmydata no fsync does anything: then what a
 * receipt promised is gone, and the harness must say so.
 */
@Tag("long")
class PowerCutTest {

    private static final long SEED = 7;
    private static final int CUTS = 6;

    @BeforeAll
    static void theToolsAreThere() {
        assertThat(Faults.canForgetFsync()).as("eatmydata is installed").isTrue();
    }

    @Test
    void nothingThatAReceiptPromisedIsGoneAfterPowerCuts() throws IOException {
        Chaos.Result result = run("power", Check.NONE, Duration.ofMinutes(6));

        assertThat(result.substituted()).as("what this machine could not do").isEmpty();
        assertThat(result.findings()).isEmpty();
    }

    @Test
    void withoutFsyncTheHarnessFindsTheLoss() throws IOException {
        Chaos.Result result = run("fsync", Check.FSYNC, Duration.ofSeconds(45));

        assertThat(result.substituted()).as("what this machine could not do").isEmpty();
        assertThat(result.findings()).anyMatch(PowerCutTest::isLoss);
    }

    /** A store that is damaged or behind, or a record or receipt that was promised and is not there. */
    private static boolean isLoss(String finding) {
        return Stream.of("BOOKS: ", "NOT UP: ", "ENDED BY ITSELF: ", "LOST: ", "RECEIPTS: ")
                .anyMatch(finding::startsWith);
    }

    private static Chaos.Result run(String name, Check off, Duration idle) throws IOException {
        Path folder = Path.of("target", "chaos", name).toAbsolutePath();
        Homes.clear(folder);
        EnumSet<Kind> kinds = EnumSet.of(Kind.POWER_CUT);
        try (Chaos chaos = new Chaos(
                new Chaos.Settings(folder, SEED, CUTS, kinds, off, idle, true, 1000, Duration.ofSeconds(20), false),
                new Progress(System.out, false))) {
            Chaos.Result result = chaos.run();
            Report.write(result, Plan.of(SEED, CUTS, kinds), folder);
            return result;
        }
    }
}
