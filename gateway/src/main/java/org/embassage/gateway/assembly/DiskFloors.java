package org.embassage.gateway.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.embassage.exchange.fault.Broken;
import org.embassage.exchange.fault.FaultCode;
import org.embassage.exchange.port.Reception;
import org.embassage.exchange.port.Round;
import org.embassage.gateway.config.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what needs more room before evidence of what is under way cannot be written any more. Below its floor a volume is
 * low until a tenth more than the floor is free: drops stay where they are, what peers bring is not acknowledged, sealing and
 * hand-over wait. Receipts, closings and dispatch go on in what is left. Everything goes on by itself. Thread-safe.
 */
public final class DiskFloors {

    private static final Logger LOG = LoggerFactory.getLogger(DiskFloors.class);
    private static final Duration LOOKED_AT = Duration.ofSeconds(1);

    private final Map<Volume, Path> folders;
    private final long floor;
    private final Space space;
    private final Clock clock;
    private final Map<Volume, Look> looks = new EnumMap<>(Volume.class);

    /** What has a floor. */
    public enum Volume {
        DATA,
        DROP,
        HANDOVER
    }

    /** Asks a file system. */
    interface Space {
        long free(Path folder) throws IOException;
    }

    /** @param floor in octets; 0: none */
    DiskFloors(Map<Volume, Path> folders, long floor, Space space, Clock clock) {
        this.folders = new EnumMap<>(folders);
        this.floor = floor;
        this.space = space;
        this.clock = clock;
    }

    /** The floors of a configuration. */
    public static DiskFloors of(Configuration configuration, Clock clock) {
        Map<Volume, Path> folders = new EnumMap<>(Volume.class);
        folders.put(Volume.DATA, data(configuration));
        folders.put(Volume.DROP, configuration.folders().drop());
        folders.put(Volume.HANDOVER, configuration.handover().folder());
        return new DiskFloors(
                folders,
                configuration.diskFloor(),
                folder -> Files.getFileStore(folder).getUsableSpace(),
                clock);
    }

    private static Path data(Configuration configuration) {
        return configuration.store() instanceof Configuration.Store.Sqlite sqlite
                ? Optional.ofNullable(sqlite.file().getParent()).orElse(configuration.home())
                : configuration.home();
    }

    /** Those that are low now. */
    public List<Volume> low() {
        return folders.keySet().stream().filter(this::isLow).toList();
    }

    /** Why no drops are taken; nothing while they are. */
    Optional<FaultCode> intake() {
        return isLow(Volume.DATA) || isLow(Volume.DROP) ? Optional.of(FaultCode.DISK_FLOOR) : Optional.empty();
    }

    /** The reception, which acknowledges nothing while there is no room for it. */
    Reception guard(Reception reception) {
        return arrival -> {
            if (isLow(Volume.DATA)) {
                throw new Broken(FaultCode.DISK_FLOOR);
            }
            reception.accept(arrival);
        };
    }

    /** The round, which waits while one of these is low. */
    Round guard(Round round, Volume... needed) {
        return () -> {
            for (Volume volume : needed) {
                if (isLow(volume)) {
                    return false;
                }
            }
            return round.run();
        };
    }

    private synchronized boolean isLow(Volume volume) {
        Instant now = clock.instant();
        Look last = looks.getOrDefault(volume, new Look(Instant.EPOCH, false));
        if (Duration.between(last.at(), now).abs().compareTo(LOOKED_AT) < 0) {
            return last.low();
        }
        boolean low = below(volume, last.low() ? floor + floor / 10 : floor).orElse(last.low());
        if (low != last.low()) {
            tell(volume, low);
        }
        looks.put(volume, new Look(now, low));
        return low;
    }

    /** Nothing if the file system does not say: then whoever writes there finds out. */
    private Optional<Boolean> below(Volume volume, long octets) {
        try {
            return Optional.of(space.free(folders.getOrDefault(volume, Path.of("."))) < octets);
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }

    private static void tell(Volume volume, boolean low) {
        String name = volume.name().toLowerCase(Locale.ROOT);
        if (low) {
            LOG.error("ALARM volume={} event=DiskLow fault={}", name, FaultCode.DISK_FLOOR.code());
        } else {
            LOG.info("volume={} event=DiskEnough", name);
        }
    }

    private record Look(Instant at, boolean low) {}
}
