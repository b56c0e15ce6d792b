package org.embassage.gateway.timestamp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.embassage.evidence.DropId;
import org.embassage.evidence.Uuids;
import org.embassage.exchange.domestic.FeedId;
import org.embassage.exchange.domestic.Readiness;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.Fault;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.journal.Stamping;
import org.embassage.exchange.keep.GraceGate;
import org.embassage.exchange.keep.StampState;
import org.embassage.exchange.keep.StampState.Condition;
import org.embassage.exchange.port.Intake;
import org.embassage.exchange.send.GatedIntake;
import org.embassage.routes.folder.DropWatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when there are no time-stamps for long. */
class GraceTest {

    private static final FeedId FEED = new FeedId("border-guard");
    private static final Duration NEARLY = StampingGateway.GRACE.minusMinutes(2);

    @TempDir
    Path folder;

    private final List<String> taken = new ArrayList<>();
    private Path drops;

    @BeforeEach
    void dropFolder() throws IOException {
        drops = Files.createDirectories(folder.resolve("drop"));
        Files.createDirectories(drops.resolve(FEED.value()));
    }

    @Test
    void afterTheGraceDropsStayUntouchedAndAreTakenOnceTheAuthorityIsBack() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            DropWatch watch = watch(gateway);
            gateway.stampFails();
            gateway.authorityFailsAfter(0);
            gateway.receipt();
            drop("before.dat");
            gateway.clock.forward(NEARLY);
            gateway.stampFails();
            look(gateway, watch);
            assertThat(taken).containsExactly("SYNTHETIC before.dat");

            gateway.clock.forward(Duration.ofMinutes(2));
            drop("after.dat");
            look(gateway, watch);
            assertThat(taken).hasSize(1);
            assertThat(drops.resolve(FEED.value()).resolve("after.dat")).exists();
            assertThat(gateway.state().condition()).isEqualTo(Condition.ENDED);

            gateway.authorityWorks();
            assertThat(gateway.stampFails()).isFalse();
            look(gateway, watch);
            assertThat(taken).containsExactly("SYNTHETIC before.dat", "SYNTHETIC after.dat");
            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
        }
    }

    @Test
    void aRestartInBetweenKeepsTheCountdown() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            gateway.stampFails();
            gateway.authorityFailsAfter(0);
            gateway.receipt();
            gateway.clock.forward(Duration.ofHours(20));
            StampState before = gateway.state();

            gateway.restart();

            assertThat(before.condition()).isEqualTo(Condition.BEHIND);
            assertThat(gateway.state().ends()).isEqualTo(before.ends());
            assertThat(gateway.state().left(gateway.clock.instant()).orElseThrow())
                    .isBetween(Duration.ofMinutes(239), Duration.ofHours(4));
            gateway.clock.forward(Duration.ofHours(4));
            assertThat(gateway.state().condition()).isEqualTo(Condition.ENDED);
        }
    }

    @Test
    void whileTheAuthorityIsAwayTheStateIsFirstUsualThenBehindThenEnded() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            gateway.stampFails();
            assertThat(gateway.state().since()).isEmpty();
            gateway.authorityFailsAfter(0);
            gateway.receipt();

            gateway.clock.forward(Duration.ofMinutes(9));
            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
            gateway.clock.forward(Duration.ofMinutes(2));
            assertThat(gateway.state().condition()).isEqualTo(Condition.BEHIND);
            gateway.clock.forward(StampingGateway.GRACE);
            assertThat(gateway.state().condition()).isEqualTo(Condition.ENDED);
        }
    }

    @Test
    void anIdleGatewayHasNothingThatWaits() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            gateway.receipt();
            gateway.stampFails();
            gateway.authorityFailsAfter(0);
            gateway.clock.forward(Duration.ofDays(30));

            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
        }
    }

    @Test
    void aTimeThatSomebodyWroteIntoAReceiptDoesNotCount() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            gateway.stampFails();
            gateway.receipt(Instant.parse("1999-12-31T00:00:00Z"));
            gateway.checkpoint();

            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
        }
    }

    @Test
    void withAnchorsAloneTheCountdownRunsFromTheFirstLeafWithoutOne() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.ANCHORED)) {
            gateway.stampFails();
            gateway.authorityFailsAfter(0);
            gateway.receipt();

            gateway.clock.forward(Duration.ofMinutes(69));
            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
            gateway.clock.forward(Duration.ofMinutes(2));
            assertThat(gateway.state().condition()).isEqualTo(Condition.BEHIND);
            gateway.clock.forward(StampingGateway.GRACE);
            assertThat(gateway.state().condition()).isEqualTo(Condition.ENDED);

            gateway.authorityWorks();
            gateway.stampFails();
            assertThat(gateway.state().condition()).isEqualTo(Condition.CURRENT);
        }
    }

    @Test
    void aCallThatPassesTheEdgeIsStoppedAtTheGateAndItsDropStays() throws IOException {
        try (StampingGateway gateway = new StampingGateway(folder, Stamping.EACH)) {
            Intake intake = gated(gateway);
            gateway.authorityFailsAfter(0);
            gateway.receipt();
            gateway.clock.forward(StampingGateway.GRACE.plusMinutes(1));
            DropId drop = new Uuids(gateway.clock, new SecureRandom()).nextDropId();

            assertThatThrownBy(() -> intake.take(FEED, drop, new byte[1]))
                    .isInstanceOfSatisfying(
                            Broken.class,
                            broken -> assertThat(broken.fault()).isEqualTo(FaultCode.TIME_STAMP_GRACE_ENDED));
            assertThat(intake.closed()).contains(FaultCode.TIME_STAMP_GRACE_ENDED);
            assertThat(taken).isEmpty();
        }
    }

    private Intake gated(StampingGateway gateway) {
        Intake recording = new Intake() {
            @Override
            public void take(FeedId feed, DropId drop, byte[] content) {
                taken.add(new String(content, java.nio.charset.StandardCharsets.UTF_8));
            }

            @Override
            public void refuse(FeedId feed, DropId drop, Fault fault) {
                throw new AssertionError(fault);
            }
        };
        return new GatedIntake(recording, List.of(new GraceGate(gateway.grace(), gateway.clock)));
    }

    private DropWatch watch(StampingGateway gateway) {
        return new DropWatch(
                drops,
                FEED,
                1000,
                Readiness.STILL,
                Duration.ofSeconds(1),
                gated(gateway),
                new Uuids(gateway.clock, new SecureRandom()),
                gateway.clock);
    }

    private void drop(String name) throws IOException {
        Files.writeString(drops.resolve(FEED.value()).resolve(name), "SYNTHETIC " + name);
    }

    /** Several times: a file is taken once it has not changed for a while, and the gate remembers its answer for a second. */
    private static void look(StampingGateway gateway, DropWatch watch) {
        for (int i = 0; i < 3; i++) {
            boolean unused = watch.run();
            gateway.clock.forward(Duration.ofSeconds(2));
        }
    }
}
