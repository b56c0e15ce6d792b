package org.embassage.scenarios.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import org.embassage.scenarios.chaos.Disturbance.Kind;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void theSameSeedMakesTheSamePlanAndAnotherSeedAnother() {
        List<String> one = lines(42, 200);

        assertThat(lines(42, 200)).isEqualTo(one);
        assertThat(lines(43, 200)).isNotEqualTo(one);
    }

    @Test
    void aShorterPlanIsTheBeginningOfALongerOne() {
        assertThat(lines(42, 200)).startsWith(lines(42, 50).toArray(String[]::new));
    }

    @Test
    void aLongPlanHasEveryKindAndEveryCrashPoint() {
        List<Disturbance> plan = Plan.of(1, 5000, Plan.everything()).disturbances();

        assertThat(plan).extracting(Disturbance::kind).contains(Kind.values());
        assertThat(plan)
                .filteredOn(one -> one.kind() == Kind.CRASH_POINT)
                .extracting(Disturbance::point)
                .containsAll(Plan.POINTS);
    }

    @Test
    void aPlanOfSomeKindsHasNoOther() {
        assertThat(Plan.of(1, 300, EnumSet.of(Kind.KILL, Kind.CUT)).disturbances())
                .extracting(Disturbance::kind)
                .containsOnly(Kind.KILL, Kind.CUT);
    }

    private static List<String> lines(long seed, int rounds) {
        return Plan.of(seed, rounds, Plan.everything()).lines(Chaos.GATEWAYS);
    }
}
