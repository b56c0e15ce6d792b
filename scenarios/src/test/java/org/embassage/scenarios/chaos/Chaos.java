package org.embassage.scenarios.chaos;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.embassage.evidence.GatewayId;
import org.embassage.gateway.homes.DevelopmentHomes;
import org.embassage.gateway.homes.HomePlan;
import org.embassage.scenarios.chaos.Disturbance.Door;
import org.embassage.scenarios.chaos.Disturbance.Kind;

/** One run: two gateways, a load, the disturbances of a plan, and the reconciliation. */
final class Chaos implements AutoCloseable {

    static final List<String> GATEWAYS = List.of("QVL-BG", "QOS-POL");

    private static final int CONTENT_DAYS = 365;
    private static final int MOST_SECONDS_AHEAD = 60;
    /** libfaketime looks once in a second where its clock is to be. */
    private static final int SEEN_WITHIN_MILLIS = 1500;

    private static final Duration POINT_WITHIN = Duration.ofSeconds(5);
    private static final String BRISK = """

            timers:
              rounds-millis: 150
              checkpoint-seconds: 1
              settle-millis: 400
            disk:
              floor-mebibytes: 8
            """;

    private final Settings settings;
    private final Plan plan;
    private final Findings findings = new Findings();
    private final Progress progress;
    private final List<ChaosGateway> gateways = new ArrayList<>();
    private final List<Collector> collectors = new CopyOnWriteArrayList<>();
    private final List<Timeline.Event> events = new ArrayList<>();
    private final Map<Kind, Integer> done = new TreeMap<>();
    private final Map<String, Integer> substituted = new TreeMap<>();
    private final Map<String, Integer> points = new TreeMap<>();
    private final AtomicInteger round = new AtomicInteger();
    private final long begun = System.nanoTime();
    private Optional<Load> load = Optional.empty();
    private int itself;

    /**
     * @param folder made anew; must not be there
     * @param idle how long it may take after the last round until all is done
     * @param disks whether each home gets a disk of its own, where this machine lets us
     * @param pauseMillis about the time between two drops
     * @param again after how long without an answer a message is carried again; the second time after twice as long
     */
    record Settings(
            Path folder,
            long seed,
            int rounds,
            Set<Kind> kinds,
            Check off,
            Duration idle,
            boolean disks,
            int pauseMillis,
            Duration again,
            boolean keep) {}

    Chaos(Settings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
        this.plan = Plan.of(settings.seed(), settings.rounds(), settings.kinds());
    }

    /** @return what came of it; its findings are empty only if nothing was lost or doubled and everything verified */
    Result run() throws IOException {
        Files.createDirectories(settings.folder());
        progress.say("making two homes in " + settings.folder());
        make();
        for (int at = 0; at < gateways.size(); at++) {
            gateways.get(at).start();
        }
        for (ChaosGateway gateway : gateways) {
            if (!gateway.awaitReady()) {
                findings.add("NOT UP: " + gateway.id() + " at the beginning: " + gateway.lastWords());
                return result(Optional.empty());
            }
        }
        Load writing = new Load(
                gateways,
                settings.seed(),
                settings.pauseMillis(),
                settings.off(),
                () -> collectors.stream().mapToInt(it -> it.taken().size()).sum());
        load = Optional.of(writing);
        for (int at = 0; at < gateways.size(); at++) {
            collectors.add(new Collector(gateways.get(at).handOverFolder(), writing.quiet(at), round::get));
        }
        writing.start();
        for (Disturbance next : plan.disturbances()) {
            round.set(next.round());
            progress.round(next, GATEWAYS.get(next.gateway()), settings.rounds());
            Reconciliation.pause(next.before());
            disturb(next);
            recover(next);
        }
        heal();
        Reconciliation reconciliation = new Reconciliation(gateways, writing.dropped(), collectors, findings);
        writing.close();
        if (awaitIdle(reconciliation)) {
            progress.say("reconciling " + writing.dropped().size() + " drops");
        }
        reconciliation.judge();
        if (findings.isEmpty()) {
            progress.say("verifying both ledgers and all evidence");
            reconciliation.verify(settings.folder());
        }
        return result(Optional.of(reconciliation));
    }

    // ---- the homes

    private void make() throws IOException {
        List<HomePlan> plans = new ArrayList<>();
        List<Optional<Disk>> disks = new ArrayList<>();
        List<List<Integer>> doors = new ArrayList<>();
        for (String name : GATEWAYS) {
            GatewayId id = new GatewayId(name);
            Path home = settings.folder().toAbsolutePath().resolve(name);
            List<Integer> ports = freePorts(5);
            disks.add(settings.disks() ? Disk.make(home) : Optional.empty());
            // the cards name the relays
            plans.add(new HomePlan(
                    id, home, HomePlan.descriptionsOf(id), ports.get(0), ports.get(1), ports.get(2), CONTENT_DAYS));
            doors.add(ports.subList(3, 5));
        }
        new DevelopmentHomes(Clock.systemUTC(), new SecureRandom()).make(plans);
        for (int at = 0; at < plans.size(); at++) {
            HomePlan home = plans.get(at);
            Path yaml = home.home().resolve("gateway.yaml");
            int jms = doors.get(at).get(0);
            int sftp = doors.get(at).get(1);
            String behind = Files.readString(yaml)
                    .replace("port: " + home.jms() + "\n", "port: " + jms + "\n")
                    .replace("port: " + home.sftp() + "\n", "port: " + sftp + "\n");
            Files.writeString(yaml, behind + BRISK, StandardOpenOption.TRUNCATE_EXISTING);
            Load.synchronise(yaml);
            disks.get(at).ifPresent(Disk::sync);
            gateways.add(new ChaosGateway(
                    home,
                    disks.get(at),
                    new Relay(home.jms(), jms),
                    new Relay(home.sftp(), sftp),
                    settings.off(),
                    settings.again()));
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            List<Integer> ports = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                held.add(socket);
                ports.add(socket.getLocalPort());
            }
            return ports;
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    // ---- the rounds

    private void disturb(Disturbance next) {
        ChaosGateway victim = gateways.get(next.gateway());
        victim.start(); // a round before may have left it down
        Relay link = victim.door(next.door());
        long from = System.nanoTime();
        Kind kind = able(next.kind(), victim);
        switch (kind) {
            case KILL -> victim.kill();
            case CRASH_POINT -> crash(victim, next);
            case POWER_CUT -> powerCut(next.gateway(), victim);
            case RESTART -> victim.stop();
            case SUSPEND -> lasting(next, victim::suspend, victim::resume);
            case CUT -> lasting(next, () -> link.mode(Relay.Mode.CUT), () -> link.mode(Relay.Mode.OPEN));
            case RESET -> link.reset();
            case BLACK_HOLE -> lasting(next, () -> link.mode(Relay.Mode.BLACK_HOLE), () -> link.mode(Relay.Mode.OPEN));
            case DELAY -> lasting(next, () -> link.mode(Relay.Mode.DELAY), () -> link.mode(Relay.Mode.OPEN));
            case SLOW -> lasting(next, () -> link.mode(Relay.Mode.SLOW), () -> link.mode(Relay.Mode.OPEN));
            case DISK_FULL -> {
                Disk disk = victim.disk.orElseThrow();
                lasting(next, disk::fill, disk::free);
            }
            case FSYNC_FAILS ->
                lasting(
                        next,
                        () -> victim.faults().failFsync(victim.pid()),
                        () -> victim.faults().heal(victim.pid()));
            case WRITES_FAIL ->
                lasting(
                        next,
                        () -> victim.faults().failWrites(victim.pid()),
                        () -> victim.faults().heal(victim.pid()));
            case CLOCK ->
                lasting(
                        next.lasts() + SEEN_WITHIN_MILLIS,
                        () -> victim.faults().moveClock(1 + next.lasts() % MOST_SECONDS_AHEAD),
                        () -> victim.faults().moveClock(0));
            case FORGERY -> Control.write(victim.control, "forge", "");
        }
        done.merge(kind, 1, Integer::sum);
        events.add(new Timeline.Event(next.gateway(), kind, next.door(), from - begun, System.nanoTime() - begun));
    }

    /** What this machine cannot do is a kill instead, and is counted. */
    private Kind able(Kind kind, ChaosGateway victim) {
        boolean able = switch (kind) {
            case POWER_CUT, DISK_FULL -> victim.disk.isPresent();
            case FSYNC_FAILS, WRITES_FAIL -> Faults.canFail() && settings.off() != Check.FSYNC;
            case CLOCK -> Faults.canMoveClock() && settings.off() != Check.FSYNC;
            default -> true;
        };
        if (!able) {
            substituted.merge(kind + " was a KILL: not on this machine", 1, Integer::sum);
        }
        return able ? kind : Kind.KILL;
    }

    private static void lasting(Disturbance next, Runnable begins, Runnable ends) {
        lasting(next.lasts(), begins, ends);
    }

    private static void lasting(int millis, Runnable begins, Runnable ends) {
        begins.run();
        try {
            Reconciliation.pause(millis);
        } finally {
            ends.run();
        }
    }

    private void crash(ChaosGateway victim, Disturbance next) {
        victim.awaitReady();
        boolean hit = victim.crashAt(next.point(), next.nth(), POINT_WITHIN);
        points.merge(next.point() + (hit ? "" : " not passed in time: killed"), 1, Integer::sum);
        if (!hit) {
            victim.kill();
        }
    }

    private void powerCut(int at, ChaosGateway victim) {
        ReentrantLock quiet = load.orElseThrow().quiet(at);
        Disk disk = victim.disk.orElseThrow();
        quiet.lock();
        try {
            victim.suspend();
            disk.freeze();
            victim.kill();
            disk.lose();
        } finally {
            quiet.unlock();
        }
    }

    /** A supervisor starts what has ended. What ended by itself, with nothing wrong with its disk, is a finding. */
    private void recover(Disturbance next) {
        for (ChaosGateway gateway : gateways) {
            if (gateway.endedByItself()) {
                itself++;
                boolean excused = switch (next.kind()) {
                    case DISK_FULL, FSYNC_FAILS, WRITES_FAIL -> true;
                    default -> false;
                };
                if (!excused) {
                    findings.add("ENDED BY ITSELF: " + gateway.id() + " in round " + next.round() + " with "
                            + gateway.exit() + ": " + gateway.lastWords());
                }
            }
            gateway.start();
        }
        if (next.awaitUp()) {
            gateways.forEach(gateway -> up(gateway, next.round()));
        }
    }

    private void up(ChaosGateway gateway, int now) {
        if (!gateway.awaitReady()) {
            boolean ran = gateway.running();
            gateway.start();
            if (ran || !gateway.awaitReady()) {
                findings.add("NOT UP: " + gateway.id() + " after round " + now + ": " + gateway.lastWords());
            }
        }
    }

    private void heal() {
        for (ChaosGateway gateway : gateways) {
            for (Door door : Door.values()) {
                gateway.door(door).mode(Relay.Mode.OPEN);
            }
            gateway.disk.ifPresent(Disk::free);
            gateway.start();
            up(gateway, settings.rounds());
        }
    }

    private boolean awaitIdle(Reconciliation reconciliation) {
        long end = System.nanoTime() + settings.idle().toNanos();
        List<String> why = reconciliation.waiting();
        while (!why.isEmpty() && System.nanoTime() < end) {
            progress.idle(why);
            Reconciliation.pause(1000);
            why = reconciliation.waiting();
        }
        if (why.isEmpty()) {
            // what is done stays done, and a double has its time to come
            Reconciliation.pause(2000);
        }
        why.forEach(line -> findings.add("NOT IDLE after " + settings.idle().toSeconds() + " s: " + line));
        return why.isEmpty();
    }

    // ---- the end

    private Result result(Optional<Reconciliation> reconciliation) {
        return new Result(
                settings,
                findings.lines(),
                load.map(it -> it.dropped().size()).orElse(0),
                load.map(it -> it.dropped().stream()
                                .mapToInt(Load.Dropped::records)
                                .sum())
                        .orElse(0),
                collectors.stream().mapToInt(it -> it.taken().size()).sum(),
                reconciliation.map(Reconciliation::receipts).orElse(0),
                reconciliation.map(Reconciliation::entries).orElse(0),
                gateways.stream().mapToInt(ChaosGateway::starts).sum(),
                itself,
                Map.copyOf(done),
                new TreeMap<>(substituted),
                new TreeMap<>(points),
                Duration.ofNanos(System.nanoTime() - begun),
                List.copyOf(events),
                collectors.stream()
                        .flatMap(it -> it.taken().stream())
                        .map(it -> it.nanos() - begun)
                        .sorted()
                        .toList());
    }

    /** What came of a run. */
    record Result(
            Settings settings,
            List<String> findings,
            int drops,
            int records,
            int handOvers,
            int receipts,
            int entries,
            int starts,
            int endedByThemselves,
            Map<Kind, Integer> done,
            Map<String, Integer> substituted,
            Map<String, Integer> points,
            Duration took,
            List<Timeline.Event> events,
            List<Long> handedOverAt) {

        boolean held() {
            return findings.isEmpty();
        }
    }

    /** Ends all processes. The homes stay if they are to be kept or something was found. */
    @Override
    public void close() {
        load.ifPresent(Load::close);
        collectors.forEach(Collector::close);
        gateways.forEach(gateway -> gateway.close(settings.keep() || !findings.isEmpty()));
    }
}
