package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.embassage.scenarios.chaos.Disturbance.Kind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A short run that must hold, and the runs without one check, which must not. The long run is scenarios/chaos. */
@Tag("long")
class ChaosRunTest {

    /** Its first rounds: a forgery, a full disk, a kill, a black hole, a power cut, a reset, a slow link and a crash point. */
    private static final long SEED = 154592;

    private static final Duration PATIENT = Duration.ofMinutes(6);
    /** Without a check some things never come; nobody waits long for them. */
    private static final Duration SHORT = Duration.ofSeconds(45);

    @Test
    void nothingIsLostOrDoubledAndEveryReceiptVerifies() throws IOException {
        Chaos.Result result = run("short", SEED, 8, Plan.everything(), Check.NONE, PATIENT);

        assertThat(result.findings()).isEmpty();
        assertThat(result.handOvers()).isPositive();
        assertThat(result.receipts()).isPositive();
    }

    @Test
    void withoutTheCheckForDuplicatesTheHarnessFindsDoubles() throws IOException {
        Chaos.Result result = run("duplicates", SEED, 12, EnumSet.of(Kind.RESET), Check.DUPLICATES, SHORT);

        assertThat(result.findings()).anyMatch(finding -> finding.startsWith("DOUBLE: "));
    }

    @Test
    void withoutTheCheckOfSignaturesTheHarnessFindsARecordFromNobody() throws IOException {
        Chaos.Result result = run("signatures", SEED, 12, EnumSet.of(Kind.FORGERY), Check.SIGNATURES, SHORT);

        assertThat(result.findings()).anyMatch(finding -> finding.startsWith("FROM NOBODY: "));
    }

    @Test
    void whenWhatIsSaidLeavesBeforeItIsInTheLedgerTheHarnessFindsThatItIsNotWritten() throws IOException {
        Chaos.Result result = run("leaf-first", SEED, 6, EnumSet.of(Kind.KILL), Check.LEAF_FIRST, SHORT);

        assertThat(result.findings()).anyMatch(finding -> finding.startsWith("NOT WRITTEN: "));
    }

    private static Chaos.Result run(String name, long seed, int rounds, Set<Kind> kinds, Check off, Duration idle)
            throws IOException {
        Path folder = Path.of("target", "chaos", name).toAbsolutePath();
        Homes.clear(folder);
        try (Chaos chaos = new Chaos(
                new Chaos.Settings(folder, seed, rounds, kinds, off, idle, true, 1000, Duration.ofSeconds(20), false),
                new Progress(System.out, false))) {
            Chaos.Result result = chaos.run();
            Report.write(result, Plan.of(seed, rounds, kinds), folder);
            return result;
        }
    }
}
