package org.embassage.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.embassage.evidence.GatewayId;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Arrival;
import org.embassage.exchange.port.Carrier.Transport;
import org.embassage.exchange.port.Round;
import org.embassage.gateway.assembly.DiskFloors.Volume;
import org.junit.jupiter.api.Test;

class DiskFloorsTest {

    private static final long FLOOR = 1000;
    private static final Arrival ARRIVAL = new Arrival(new GatewayId("QOS-POL"), Transport.JMS, new byte[0]);

    private final Map<Volume, Long> free = new EnumMap<>(Volume.class);
    private final List<Arrival> accepted = new ArrayList<>();
    private Instant now = Instant.parse("2031-06-01T12:00:00Z");
    private boolean silent;
    private final DiskFloors floors = new DiskFloors(
            Map.of(
                    Volume.DATA, Path.of("DATA"),
                    Volume.DROP, Path.of("DROP"),
                    Volume.HANDOVER, Path.of("HANDOVER")),
            FLOOR,
            folder -> {
                if (silent) {
                    throw new IOException("SYNTHETIC");
                }
                return free.getOrDefault(Volume.valueOf(folder.toString()), FLOOR);
            },
            new Clock() {
                @Override
                public Instant instant() {
                    return now;
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            });

    @Test
    void withTheFloorFreeEverythingIsTaken() {
        assertThat(floors.low()).isEmpty();
        assertThat(floors.intake()).isEmpty();
        floors.guard(accepted::add).accept(ARRIVAL);
        assertThat(accepted).containsExactly(ARRIVAL);
        assertThat(floors.guard(() -> true, Volume.DATA).run()).isTrue();
    }

    @Test
    void belowTheFloorOfDataNothingIsTakenFromDropsOrPeersAndNothingIsSealed() {
        set(Volume.DATA, FLOOR - 1);

        assertThat(floors.intake()).contains(FaultCode.DISK_FLOOR);
        assertThatThrownBy(() -> floors.guard(accepted::add).accept(ARRIVAL))
                .isInstanceOfSatisfying(
                        Broken.class, no -> assertThat(no.fault()).isEqualTo(FaultCode.DISK_FLOOR));
        assertThat(accepted).isEmpty();
        Round sealing = floors.guard(
                () -> {
                    throw new AssertionError("sealed");
                },
                Volume.DATA);
        assertThat(sealing.run()).isFalse();
    }

    @Test
    void aFullHandOverVolumeStopsHandOverAlone() {
        set(Volume.HANDOVER, 0);

        assertThat(floors.low()).containsExactly(Volume.HANDOVER);
        assertThat(floors.intake()).isEmpty();
        floors.guard(accepted::add).accept(ARRIVAL);
        assertThat(accepted).hasSize(1);
        assertThat(floors.guard(() -> true, Volume.DATA, Volume.HANDOVER).run()).isFalse();
    }

    @Test
    void aFullDropVolumeStopsIntakeAlone() {
        set(Volume.DROP, 0);

        assertThat(floors.intake()).contains(FaultCode.DISK_FLOOR);
        floors.guard(accepted::add).accept(ARRIVAL);
        assertThat(accepted).hasSize(1);
    }

    @Test
    void itGoesOnByItselfOnceATenthMoreThanTheFloorIsFree() {
        set(Volume.DATA, FLOOR - 1);
        assertThat(floors.intake()).isPresent();

        set(Volume.DATA, FLOOR + FLOOR / 10 - 1);
        assertThat(floors.intake()).isPresent();

        set(Volume.DATA, FLOOR + FLOOR / 10);
        assertThat(floors.intake()).isEmpty();
    }

    @Test
    void aFileSystemThatDoesNotAnswerChangesNothing() {
        silent = true;
        assertThat(floors.intake()).isEmpty();
        silent = false;
        set(Volume.DATA, 0);
        assertThat(floors.intake()).isPresent();

        silent = true;
        now = now.plus(Duration.ofSeconds(2));
        assertThat(floors.intake()).isPresent();
    }

    private void set(Volume volume, long octets) {
        free.put(volume, octets);
        now = now.plus(Duration.ofSeconds(2));
    }
}
